// A request that the gateway turns down, and what it answers then.
import type {Refusal, RefusalCode} from "../gateway-api/index.js";

const statuses: Record<RefusalCode, number> = {
  signin: 401,
  forbidden: 403,
  origin: 403,
  unknown: 404,
  variables: 422,
  definition: 422,
  invalid: 400,
  conflict: 409,
  toolarge: 413,
  toomany: 429,
  statement: 422,
  limit: 422,
  busy: 503,
  preview: 404,
  platform: 502,
  internal: 500
};

/** Thrown anywhere in a request, it becomes the answer. The message says what is wrong and how to fix it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly statusCode: number;

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly faults?: Record<string, string>,
    options?: ErrorOptions
  ) {
    super(message, options);
    this.statusCode = statuses[code];
  }

  /** The answer's body. */
  get body(): Refusal {
    const {code, message, faults} = this;
    return {error: {code, message, ...(faults && {faults})}};
  }
}
