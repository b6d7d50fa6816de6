// The client's errors, one class for each kind. Every message says what to do; none has the API key or a URL's signature.
import {IkigaiError, type ErrorDetails as Details} from "../wire/ikigai-error.js";
import type {RunLog} from "../wire/index.js";

export {CsvError} from "../tabular/csv-error.js";
export {IkigaiError} from "../wire/ikigai-error.js";
export {ValidationError} from "../wire/validation-error.js";

/** The platform doesn't know this user and key, or this user has no permission. */
export class AuthenticationError extends IkigaiError {
  override readonly name = "AuthenticationError";
}

/** This user sees nothing with this name or id. */
export class NotFoundError extends IkigaiError {
  override readonly name = "NotFoundError";
}

/** Several things have this name, so it isn't clear which one is meant. */
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

/** A dataset couldn't be downloaded completely. No file was left under its name. */
export class DownloadError extends IkigaiError {
  override readonly name = "DownloadError";
}

/** Data couldn't be uploaded completely. A new dataset is deleted again, an old one is unchanged. */
export class UploadError extends IkigaiError {
  override readonly name = "UploadError";
}

/** A run of a flow failed, was stopped, or left nothing in the log. */
export class FlowError extends IkigaiError {
  override readonly name = "FlowError";
  /** The run's log entry, if there is one. */
  readonly log?: RunLog;

  constructor(message: string, {log, ...details}: Details & {log?: RunLog} = {}) {
    super(message, details);
    if (log !== undefined) this.log = log;
  }
}
