// The error for a CSV file that can't be read.
import {IkigaiError} from "../wire/ikigai-error.js";

/** A dataset's CSV can't be read. */
export class CsvError extends IkigaiError {
  override readonly name = "CsvError";
  /** The line where reading stopped, counted from 1, when it is known. */
  readonly line?: number;

  constructor(message: string, {line, cause}: {line?: number; cause?: unknown} = {}) {
    super(message, {cause});
    if (line !== undefined) this.line = line;
  }
}
