// A Python interpreter that tests talk to, one block of code after another (session.py is its other end).
import {spawn, type ChildProcess} from "node:child_process";
import {join} from "node:path";
import {createInterface, type Interface} from "node:readline";
import type {Shape} from "./shape.js";

/** What running a block of code came to. */
export interface Outcome {
  /** What it printed, and a last expression's value as a notebook shows it. */
  printed: string;
  /** What it wrote to stderr: progress bars, warnings. */
  warned: string;
  /** The last expression's value, as JSON. */
  value: unknown;
  error: {type: string; message: string; traceback: string} | null;
}

const script = join(import.meta.dirname, "session.py");

export class PythonSession {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string, undefined>;
  readonly #reader: Interface;
  #stderr = "";
  #turn: Promise<unknown> = Promise.resolve();

  /** @param python the interpreter's path */
  constructor(python: string) {
    // Requests to the platform must not go to a proxy that the environment names.
    const env = {...process.env, NO_PROXY: "127.0.0.1", PYTHONIOENCODING: "utf-8"};
    this.#child = spawn(python, [script], {stdio: "pipe", env});
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => (this.#stderr += text));
    this.#reader = createInterface({input: this.#child.stdout!});
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  run(code: string): Promise<Outcome> {
    return this.#ask({do: "run", code});
  }

  /** What a printed text is made of, null where it isn't in Python's notation. */
  shape(text: string): Promise<Shape | null> {
    return this.#ask({do: "shape", text});
  }

  /** The public functions of these modules' classes that nothing has called so far, as "Class.function". */
  unused(modules: string[]): Promise<string[]> {
    return this.#ask({do: "unused", modules});
  }

  close(): void {
    this.#reader.close();
    this.#child.stdin!.end();
    this.#child.kill();
  }

  #ask<Answer>(request: object): Promise<Answer> {
    const answer = this.#turn.then(async () => {
      this.#child.stdin!.write(`${JSON.stringify(request)}\n`);
      const line = await this.#lines.next();
      if (line.done) throw new Error(`Python ended before it answered: ${this.#stderr}`);
      return JSON.parse(line.value) as Answer;
    });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }
}
