// How a question ends that isn't answered.

/** The user ended a prompt, which is no failure to explain. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  constructor() {
    super("Nothing was written.");
  }
}
