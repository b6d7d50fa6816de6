// Carries calls to the platform: one pool of connections with the user's headers, timeouts, retries and checked answers.
import type {Readable} from "node:stream";
import {EnvHttpProxyAgent, interceptors, type Dispatcher} from "undici";
import {
  decodeAnswer,
  encodeRequest,
  rejectionMessage,
  WireError,
  type Call,
  type Problem
} from "../wire/index.js";
import {IkigaiError, ValidationError} from "./errors.js";
import {connectionFailure, rejection} from "./failure.js";
import type {CallOptions, CheckedOptions} from "./options.js";
import {repeat, retryAfter, type RetryPolicy} from "./retry.js";
import {withoutSecret} from "./secret.js";

/** Milliseconds to connect in; a host that is there needs far less. */
const connectTimeout = 10_000;

/** How often an object store may send a request on to another. */
export const maxRedirections = 3;

/** More unknown words than this tell nothing more. */
const shownWords = 5;

/** At the retry with this number a call has taken some seconds, and its caller gets a warning that says why. */
const toldRetry = 5;

/** Everything that a client sends goes through its transport, which alone knows the key. */
export class Transport {
  readonly #options: CheckedOptions;
  readonly #dispatcher: Dispatcher;
  /** For GETs from the object store, which may be sent on to another: a bucket that is new or elsewhere answers 307. */
  readonly #objects: Dispatcher;
  readonly #warned = new Set<string>();
  /** Takes the key out of a text: a proxy may show in its error page what it was sent. */
  readonly withoutKey: (text: string) => string;

  constructor(options: CheckedOptions) {
    const {tls, timeout} = options;
    this.#options = options;
    this.withoutKey = withoutSecret(options.apiKey);
    // It follows HTTP_PROXY, HTTPS_PROXY and NO_PROXY, as the platform's own client does.
    this.#dispatcher = new EnvHttpProxyAgent({
      connect: {...tls, timeout: Math.min(timeout || connectTimeout, connectTimeout)},
      requestTls: tls,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      keepAliveTimeout: 10_000
    });
    this.#objects = this.#dispatcher.compose(interceptors.redirect({maxRedirections}));
  }

  /** When and how often something that is safe to repeat is repeated. */
  get retry(): RetryPolicy {
    return this.#options.retry;
  }

  /**
   * Makes a call and gives its answer, checked. One that only reads is sent again as the option `retry` says; one that changes
   * something never is, since it may have been carried out.
   */
  async call<Request, Answer>(
    call: Call<Request, Answer>,
    request: Request,
    {signal}: CallOptions = {}
  ): Promise<Answer> {
    const send = () => this.#send(call, request, signal);
    const text = await (call.method === "GET"
      ? repeat(send, this.retry, {signal, onRetry: (error, attempt) => this.#tellRetry(error, attempt)})
      : send());
    try {
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      return decodeAnswer(call, body, (words) => this.#warnOfWords(call.name, words));
    } catch (error) {
      throw this.#unreadable(call, text, error);
    }
  }

  /** Once for each answer: a status is asked for again and again. */
  #warnOfWords(call: string, words: Problem[]): void {
    const shown = words.slice(0, shownWords).map(({path, message}) => `${path} ${message}`);
    const rest = words.length - shown.length;
    const warning =
      `${call}: the answer has words that this version of ikigai-kit doesn't know, and keeps as they are: ` +
      `${shown.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}. Look for a newer version`;
    if (this.#warned.has(warning)) return;
    this.#warned.add(warning);
    this.warn(warning);
  }

  /** The reason that the body of a refusal gives. */
  reasonIn(body: string): string {
    return this.withoutKey(rejectionMessage(this.withoutKey(body)));
  }

  /** Passes on what the platform says about an answer. */
  warn(warning: string | undefined): void {
    if (warning) this.#options.onWarning(this.withoutKey(warning));
  }

  #tellRetry(error: unknown, attempt: number): void {
    if (attempt !== toldRetry) return;
    const left = this.retry.limit - attempt + 1;
    this.warn(`${(error as Error).message}. Trying again, up to ${left} more times`);
  }

  /** A request to the object store as errors name it: without what the URL is signed with. */
  objectCall(method: "GET" | "PUT", {host, pathname}: URL): string {
    return this.withoutKey(`${method} ${host}${pathname}`);
  }

  /** A GET from the object store. The URL carries its own permission, so the user's headers stay here. */
  async getObject(
    {origin, pathname, search}: URL,
    headers: Record<string, string>,
    signal?: AbortSignal
  ): Promise<Dispatcher.ResponseData> {
    return this.#objects.request({
      origin,
      path: pathname + search,
      method: "GET",
      // Ranges and lengths then speak of the data itself.
      headers: {"accept-encoding": "identity", ...headers},
      signal
    });
  }

  /** A PUT to the object store, with as little of the user as a GET. */
  async putObject(
    {origin, pathname, search}: URL,
    headers: Record<string, string>,
    body: Readable,
    signal: AbortSignal
  ): Promise<Dispatcher.ResponseData> {
    return this.#dispatcher.request({
      origin,
      path: pathname + search,
      method: "PUT",
      headers,
      body,
      signal
    });
  }

  /** Breaks all connections. */
  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  /** One request; the text of its answer. */
  async #send<Request, Answer>(
    call: Call<Request, Answer>,
    request: Request,
    signal?: AbortSignal
  ): Promise<string> {
    const {baseUrl, userEmail, apiKey} = this.#options;
    const {path, body} = this.#encode(call, request);
    signal?.throwIfAborted();
    try {
      const answer = await this.#dispatcher.request({
        origin: baseUrl.origin,
        path: baseUrl.pathname.replace(/\/$/, "") + path,
        method: call.method,
        headers: {
          user: userEmail,
          "api-key": apiKey,
          accept: "application/json",
          ...(body !== undefined && {"content-type": "application/json"})
        },
        body,
        signal
      });
      const text = await answer.body.text();
      if (answer.statusCode < 400) return text;
      const wait = retryAfter(answer.headers["retry-after"]?.toString());
      throw rejection({call: call.name}, answer.statusCode, this.reasonIn(text), wait);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof IkigaiError) throw error;
      throw connectionFailure({call: call.name}, baseUrl.host, this.#withoutAnswer(error));
    }
  }

  #encode<Request, Answer>(call: Call<Request, Answer>, request: Request) {
    try {
      return encodeRequest(call, request);
    } catch (error) {
      throw error instanceof WireError ? new ValidationError(error.message, {call: call.name}) : error;
    }
  }

  #unreadable<Request, Answer>(call: Call<Request, Answer>, text: string, error: unknown): unknown {
    const {name} = call;
    const clean = this.withoutKey(text);
    if (error instanceof WireError) {
      // Its message shows the beginning of a value, which may be the beginning of the key.
      const message =
        clean === text ? error.message : (faultOf(call, clean) ?? `${name}: the answer is not as expected`);
      const advice = "Look for a newer version of ikigai-kit, and report it if there is none";
      return new ValidationError(this.withoutKey(`${message}. ${advice}`), {call: name});
    }
    if (!(error instanceof SyntaxError)) return error;
    const start = JSON.stringify(clean.slice(0, 60));
    return new ValidationError(
      `${name}: the answer isn't JSON but begins ${start}. Check that the base URL is the platform's API`,
      {call: name}
    );
  }

  /** undici's error for an answer that isn't HTTP has the answer. */
  #withoutAnswer(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    error.message = this.withoutKey(error.message);
    error.stack &&= this.withoutKey(error.stack);
    if ("data" in error) delete error.data;
    return error;
  }
}

/** What is wrong with an answer, or undefined. */
function faultOf<Request, Answer>(call: Call<Request, Answer>, text: string): string | undefined {
  try {
    decodeAnswer(call, JSON.parse(text), () => {});
    return undefined;
  } catch (error) {
    return error instanceof WireError ? error.message : undefined;
  }
}
