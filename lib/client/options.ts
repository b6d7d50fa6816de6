// The client's options: account, address, TLS, timeout and retries.
import {readFileSync} from "node:fs";
import type {Agent} from "undici";
import {ValidationError} from "./errors.js";
import {checkRetry, type RetryOptions, type RetryPolicy} from "./retry.js";

/** Options of the client. */
export interface IkigaiOptions {
  /** The email address of your Ikigai account. */
  userEmail: string;
  /** Your account's key, from Profile > Account > Keys. It is sent only to the platform, and never shown. */
  apiKey: string;
  /** Where the platform's API is. */
  baseUrl?: string;
  /**
   * How the platform's certificate is checked: `false` turns the check off (unsafe); `ca` is a PEM file to check against;
   * `cert` and `key` are PEM files of a client certificate.
   */
  ssl?: false | {ca?: string; cert?: string; key?: string};
  /**
   * Milliseconds to wait for the platform before a call fails: until its answer begins, and between two pieces of it.
   */
  timeout?: number;
  /**
   * When a call that only reads is sent again after a broken connection or a failure of the platform; a number is how often. If left
   * out, a platform that restarts is waited for: a minute or two.
   */
  retry?: number | RetryOptions;
  /** Called with what the user should know, such as that a list was cut short. By default it is printed as Node's own warnings. */
  onWarning?: (warning: string) => void;
}

/** Options of every method that calls the platform. */
export interface CallOptions {
  /** Stops the call; the method then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Options of what waits for the platform to have data ready. */
export interface ReadyOptions {
  /**
   * Milliseconds that the platform may take to have the data ready: to prepare a large dataset for its download, or to read what was
   * uploaded. 30 minutes if left out. The method then throws `TimeoutError`.
   */
  readyTimeout?: number;
}

/** See `ReadyOptions`. */
export const usualReadyTimeout = 1_800_000;

/** The options, checked, with defaults. */
export interface CheckedOptions extends Required<Omit<IkigaiOptions, "ssl" | "baseUrl" | "retry">> {
  retry: RetryPolicy;
  baseUrl: URL;
  tls: NonNullable<Exclude<Agent.Options["connect"], (...options: never) => unknown>>;
}

/** Throws `ValidationError` naming the invalid option, and never the key. */
export function checkOptions({
  userEmail,
  apiKey,
  baseUrl = "https://api.ikigailabs.io",
  ssl,
  timeout = 60_000,
  retry,
  onWarning = (warning) => process.emitWarning(warning, "IkigaiWarning")
}: IkigaiOptions): CheckedOptions {
  if (!isHeader(userEmail) || !userEmail.includes("@")) {
    throw new ValidationError(
      "userEmail must be the email address of your Ikigai account (IKIGAI_USER_EMAIL)"
    );
  }
  if (!isHeader(apiKey)) {
    throw new ValidationError(
      "apiKey must be the key of your Ikigai account, without spaces or line breaks (IKIGAI_API_KEY): " +
        "see Profile > Account > Keys on the platform"
    );
  }
  return {
    userEmail,
    apiKey,
    baseUrl: checkBaseUrl(baseUrl),
    tls: readTls(ssl),
    timeout: checkNumber("timeout", timeout),
    retry: checkRetry(retry),
    onWarning
  };
}

/** A header can't have line breaks, and a key that was pasted with a blank at its end should be reported. */
const isHeader = (value: unknown): value is string =>
  typeof value === "string" && /^[\x21-\x7e]+$/.test(value);

function checkNumber(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new ValidationError(`${name} must be a number, 0 or more, but is ${value}`);
}

function checkBaseUrl(baseUrl: string): URL {
  const example = "such as https://api.ikigailabs.io (IKIGAI_BASE_URL)";
  if (!URL.canParse(baseUrl)) {
    throw new ValidationError(`baseUrl must be a URL, ${example}, but is ${JSON.stringify(baseUrl)}`);
  }
  const url = new URL(baseUrl);
  if (!["http:", "https:"].includes(url.protocol) || url.search || url.hash || url.username) {
    // The value isn't repeated: it may hold a password.
    throw new ValidationError(
      `baseUrl must be an http or https URL with nothing but a host and a path, ${example}`
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url;
}

function readTls(ssl: IkigaiOptions["ssl"]): CheckedOptions["tls"] {
  if (ssl === false) return {rejectUnauthorized: false};
  if (ssl && Boolean(ssl.cert) !== Boolean(ssl.key)) {
    throw new ValidationError("ssl needs both cert and key for a client certificate");
  }
  const files = Object.entries(ssl ?? {}).filter(([, path]) => path);
  return Object.fromEntries(files.map(([name, path]) => [name, readPem(`ssl.${name}`, path)]));
}

function readPem(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ValidationError(`${option}: can't read the PEM file ${path}: ${(cause as Error).message}`);
  }
}
