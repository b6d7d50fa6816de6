// Calls to the gateway that serves this page.
import type {Refusal} from "../gateway-api/index.js";
// Not from the index, which would bring zod into every page, ten times this module's size. A page trusts its own gateway, so answers aren't parsed.
import {gatewayPath, pageHeader} from "../gateway-api/page.js";
import {TriggerError} from "./error.js";

export {gatewayPath};

interface Request {
  method?: "GET" | "POST" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/**
 * Calls the gateway. Throws `TriggerError`: with the gateway's message when it refuses, `network` when no gateway answers,
 * and `static` when the page has none.
 */
export async function call<T>(
  path: string,
  {method = "GET", body, headers, signal}: Request = {}
): Promise<{status: number; answer: T}> {
  const base = gatewayPath();
  if (base === undefined) {
    throw new TriggerError("static", "this page is served without a gateway, so it can't start a flow");
  }
  const response = await fetch(`${base}/${path}`, {
    method,
    cache: "no-store",
    headers: {
      accept: "application/json",
      [pageHeader]: "1",
      ...(body !== undefined && {"content-type": "application/json"}),
      ...headers
    },
    ...(body !== undefined && {body: JSON.stringify(body)}),
    ...(signal && {signal})
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new TriggerError("network", "the gateway can't be reached: check your connection, and try again", {
      cause
    });
  });
  const {status} = response;
  const answer = await response.json().then(
    (value: unknown) => value,
    () => undefined // not JSON
  );
  signal?.throwIfAborted();
  const isAnswer = status === 204 || (typeof answer === "object" && answer !== null);
  if (response.ok && isAnswer) return {status, answer: answer as T};
  throw refused(status, answer);
}

function refused(status: number, answer: unknown): TriggerError {
  const error = (answer as Partial<Refusal> | undefined)?.error;
  if (typeof error?.message === "string") {
    return new TriggerError(error.code, error.message, {...(error.faults && {faults: error.faults})});
  }
  // A proxy's own page, such as its 502 while the gateway starts again.
  return new TriggerError(
    "network",
    `something other than the gateway answered (status ${status}): try again in a moment, and check whether a proxy is in between`
  );
}
