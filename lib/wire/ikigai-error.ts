// What every error of the client and the flow builder has in common.

/** Where an error comes from, as far as it is known. */
export interface ErrorDetails {
  /** The call that failed, such as `GET /component/get-dataset`. */
  call?: string;
  /** The HTTP status of the answer, when there was one. */
  status?: number;
  cause?: unknown;
}

/** The base class of every error of the client and the flow builder. */
export class IkigaiError extends Error {
  override readonly name: string = "IkigaiError";
  readonly call?: string;
  readonly status?: number;

  constructor(message: string, {call, status, cause}: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : {cause});
    if (call !== undefined) this.call = call;
    if (status !== undefined) this.status = status;
  }
}
