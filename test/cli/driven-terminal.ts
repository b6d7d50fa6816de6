// A terminal at which a test sits: it waits until it reads a question, and types an answer.
import {PassThrough, Writable} from "node:stream";
import {stripVTControlCharacters} from "node:util";
import {expect} from "vitest";
import type {Terminal} from "../../lib/cli/prompts.js";

export const keys = {enter: "\r", down: "\u001B[B", ctrlC: "\u0003", escape: "\u001B", clearLine: "\u0015"};

export class DrivenTerminal implements Terminal {
  readonly input = new PassThrough();
  /** All that was shown, without colors. */
  text = "";
  readonly output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      this.text += stripVTControlCharacters(chunk.toString());
      done();
    }
  });
  /** How much of the text was waited for already. */
  #seen = 0;

  /** Types once a text is shown that wasn't before the last answer. */
  async answer(question: string, ...typed: string[]): Promise<void> {
    await expect.poll(() => this.text.slice(this.#seen), {timeout: 30_000}).toContain(question);
    this.#seen = this.text.length;
    for (const part of typed) this.input.write(part);
  }
}
