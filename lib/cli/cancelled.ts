// The error of a question that the user cancels.

/** The user cancelled a prompt. That is no fault, so no cause is printed. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  constructor() {
    super("Nothing was written.");
  }
}
