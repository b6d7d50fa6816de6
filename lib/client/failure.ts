// Turns a failed request into one of the client's errors: a failed connection, or an answer of 400 or above.
import {
  AuthenticationError,
  NetworkError,
  NotFoundError,
  PlatformError,
  RequestError,
  TimeoutError,
  type IkigaiError
} from "./errors.js";

/** Codes of connection errors that a retry doesn't fix. */
const permanentCodes = [
  "ENOTFOUND",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
];

/** The code that Node or undici gives an error of a connection, such as ECONNREFUSED. */
function connectionCode(error: unknown): string {
  const {code, errors} = (error ?? {}) as {code?: string; errors?: {code?: string}[]};
  // Several addresses of one host were tried: the first failure stands for all.
  return code ?? errors?.[0]?.code ?? "";
}

/** Whether a connection failed in a way that stays, such as a wrong name or certificate. */
export function isPermanent({cause}: NetworkError): boolean {
  const code = connectionCode(cause);
  return permanentCodes.includes(code) || /^ERR_(SSL|TLS)_/.test(code);
}
/** What an error is about: the call, and what it was for if that tells more. */
interface Failed {
  call: string;
  about?: string;
}

/** The error for a request without a complete answer. `where` names the host. */
export function connectionFailure({call, about = call}: Failed, where: string, cause: unknown): IkigaiError {
  const code = connectionCode(cause);
  if (["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"].includes(code)) {
    return new TimeoutError(
      `${about}: ${where} didn't answer in time. Try again later, or allow more time with the option timeout`,
      {call, cause}
    );
  }
  const detail = cause instanceof Error && cause.message ? cause.message : "no detail";
  return new NetworkError(
    `${about}: can't reach ${where} (${code && !detail.includes(code) ? `${code}: ${detail}` : detail}). ` +
      "Check the base URL, your internet connection and SSL configuration",
    {call, cause}
  );
}

/** The error for an answer of 400 or above, with the reason that it gives. `retryAfter` is the pause that it asks for, in milliseconds. */
export function rejection(
  {call, about: what = call}: Failed,
  status: number,
  reason: string,
  retryAfter?: number
): IkigaiError {
  const about = `${what}: ${reason || "no reason was given"} [${status}]`;
  const details = {call, status};
  if (/missing authentication token/i.test(reason)) {
    return new AuthenticationError(
      `${about}. The platform got no user and key that it knows: check userEmail and apiKey ` +
        "(IKIGAI_USER_EMAIL, IKIGAI_API_KEY), and that the base URL is the platform's API",
      details
    );
  }
  if (status === 401 || status === 403) {
    return new AuthenticationError(
      `${about}. Check userEmail and apiKey (IKIGAI_USER_EMAIL, IKIGAI_API_KEY), and that this user has the permission`,
      details
    );
  }
  if (status === 404 || (status < 500 && /\bnot found\b/i.test(reason))) {
    return new NotFoundError(
      `${about}. Check the name or id, this user's permissions, and the base URL`,
      details
    );
  }
  if (status < 500 && status !== 429) {
    return new RequestError(`${about}. The platform refused the request: check its values`, details);
  }
  const wait = retryAfter === undefined ? "later" : `in ${Math.ceil(retryAfter / 1000)} s`;
  const advice =
    status === 429
      ? `The platform gets too many requests: try again ${wait}`
      : `The platform failed: try again ${wait}, and if it keeps failing, contact Ikigai's support`;
  return new PlatformError(`${about}. ${advice}`, {...details, retryAfter});
}
