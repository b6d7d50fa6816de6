// The error for what can't be right: found before anything is sent, or in the answer.
import {IkigaiError, type ErrorDetails} from "./ikigai-error.js";

/**
 * Thrown when an option, a name, a value or a graph of facets isn't what it has to be, and then nothing has changed; or when
 * the platform's answer isn't.
 */
export class ValidationError extends IkigaiError {
  override readonly name = "ValidationError";
  /** A sentence for each thing that is wrong: what it is, what was expected and what was given. */
  readonly problems: readonly string[];

  constructor(problems: string | readonly string[], details?: ErrorDetails) {
    const list = typeof problems === "string" ? [problems] : problems;
    super(list.join("\n"), details);
    this.problems = list;
  }
}
