// The error for a file of a program's state that can't be read.

/** Says where the damage is and how to fix it. Nothing was changed. */
export class DamagedError extends Error {
  override readonly name = "DamagedError";

  /** `withoutCopy` is what to do without a copy: it completes the sentence "Restore the file from a copy, or". */
  constructor(file: string, where: string, problem: string, withoutCopy: string) {
    super(
      `${file}, ${where}: ${problem}. Nothing was changed. Restore the file from a copy, or ${withoutCopy}.`
    );
  }
}
