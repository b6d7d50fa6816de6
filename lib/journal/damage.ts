// The error for a file of a program's state that doesn't read back.

/** Says where the damage is and what mends it. Nothing was changed. */
export class DamagedError extends Error {
  override readonly name = "DamagedError";

  /** `afresh` is the way out without a copy: it goes on from "Restore the file from a copy, or". */
  constructor(file: string, where: string, fault: string, afresh: string) {
    super(`${file}, ${where}: ${fault}. Nothing was changed. Restore the file from a copy, or ${afresh}.`);
  }
}
