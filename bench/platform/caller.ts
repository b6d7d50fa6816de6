// One user's HTTP: JSON calls to the platform and bytes to and from its object store, each timed.
import {type Agent, request} from "undici";

export type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

export interface Answer {
  status: number;
  body: Json;
}

/** Gets what was called, and how many milliseconds the answer took to its last byte. */
export type OnCall = (name: string, milliseconds: number) => void;

export class Caller {
  readonly #headers: Record<string, string>;

  constructor(
    private readonly baseUrl: string,
    {userEmail, apiKey}: {userEmail: string; apiKey: string},
    private readonly agent: Agent,
    private readonly onCall: OnCall = () => undefined
  ) {
    this.#headers = {user: userEmail, "api-key": apiKey};
  }

  async get(call: string, query: Record<string, string>): Promise<Answer> {
    const url = `${this.baseUrl}${pathOf(call)}?${new URLSearchParams(query).toString()}`;
    const {status, text} = await this.#send(call, url, {headers: this.#headers});
    return {status, body: JSON.parse(text) as Json};
  }

  async post(call: string, body: Json): Promise<Answer> {
    const {status, text} = await this.#send(call, this.baseUrl + pathOf(call), {
      method: "POST",
      headers: {...this.#headers, "content-type": "application/json"},
      body: JSON.stringify(body)
    });
    return {status, body: JSON.parse(text) as Json};
  }

  /** Puts bytes at a signed URL; the ETag, or "". */
  async put(url: string, bytes: string, contentType: string): Promise<string> {
    const headers = {"content-type": contentType, "cache-control": "no-cache"};
    const {headers: answered} = await this.#send("PUT", url, {method: "PUT", headers, body: bytes});
    return String(answered.etag ?? "");
  }

  /** What a signed URL gives. */
  async download(url: string): Promise<string> {
    return (await this.#send("GET", url)).text;
  }

  async #send(name: string, url: string, options: Parameters<typeof request>[1] = {}) {
    const start = performance.now();
    const {statusCode: status, headers, body} = await request(url, {...options, dispatcher: this.agent});
    const text = await body.text();
    this.onCall(name, performance.now() - start);
    return {status, headers, text};
  }
}

const pathOf = (call: string) => (call.startsWith("search-") ? `/search/${call}` : `/component/${call}`);
