// The error for input that can't be right, found before anything is sent.

/** Thrown when names or values don't fit the platform's specs, or facets don't make a flow. Nothing has changed then. */
export class ValidationError extends Error {
  override readonly name = "ValidationError";
  /** `problems`: a sentence for each, naming the thing, what was expected and what came. */
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}
