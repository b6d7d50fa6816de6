// What can go wrong, one class a kind. Every message says what to do; none holds the API key or a URL's signature.
import {IkigaiError, type ErrorDetails as Details} from "../wire/ikigai-error.js";
import type {RunLog} from "../wire/index.js";

export {CsvError} from "../tabular/csv-error.js";
export {IkigaiError} from "../wire/ikigai-error.js";
export {ValidationError} from "../wire/validation-error.js";

/** The platform doesn't know this user and key, or they may not do this. */
export class AuthenticationError extends IkigaiError {
  override readonly name = "AuthenticationError";
}

/** There is nothing of this name or id, for this user. */
export class NotFoundError extends IkigaiError {
  override readonly name = "NotFoundError";
}

/** Several things have this name, so it doesn't say which one is meant. */
export class AmbiguousNameError extends IkigaiError {
  override readonly name = "AmbiguousNameError";
}

/** The platform refused the request (4xx): sending it again won't help. */
export class RequestError extends IkigaiError {
  override readonly name = "RequestError";
}

/** The platform failed or is too busy (5xx, 429): trying later may help. */
export class PlatformError extends IkigaiError {
  override readonly name = "PlatformError";
  /** How many milliseconds the platform asked to wait, if it did. */
  readonly retryAfter?: number;

  constructor(message: string, {retryAfter, ...details}: Details & {retryAfter?: number} = {}) {
    super(message, details);
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

/** No answer came: the host wasn't found, refused the connection, or broke it. */
export class NetworkError extends IkigaiError {
  override readonly name = "NetworkError";
}

/** No answer came in time. */
export class TimeoutError extends IkigaiError {
  override readonly name = "TimeoutError";
}

/** A dataset couldn't be downloaded whole. Nothing was left under the name it was to have. */
export class DownloadError extends IkigaiError {
  override readonly name = "DownloadError";
}

/** Data couldn't be uploaded whole. A new dataset is gone again, an old one is as it was. */
export class UploadError extends IkigaiError {
  override readonly name = "UploadError";
}

/** A run of a flow failed, was stopped, or left nothing in the log. */
export class FlowError extends IkigaiError {
  override readonly name = "FlowError";
  /** What the log says of the run, when it says something. */
  readonly log?: RunLog;

  constructor(message: string, {log, ...details}: Details & {log?: RunLog} = {}) {
    super(message, details);
    if (log !== undefined) this.log = log;
  }
}
