// Runs the page's program in this process, and notes what each sample prints.
import {Console} from "node:console";
import {Writable} from "node:stream";
import ts from "typescript";
import {ended, program} from "./page.js";

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

export interface Outcome {
  /** What each sample printed that came to its end. */
  printed: string[];
  error?: unknown;
}

/**
 * What each sample prints, in order, on either stream.
 * @param modules what the program imports, by specifier
 */
export async function run(modules: Record<string, object>): Promise<Outcome> {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      done();
    }
  });
  const printed: string[] = [];
  const given = {
    modules,
    console: new Console({stdout: stream, stderr: stream, colorMode: false}),
    [ended]: () => {
      printed.push(text.trimEnd());
      text = "";
    }
  };
  const code = ts
    .transpile(program(), {target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022})
    .replace(/^import (\{.*?\}) from (".*?");/gm, "const $1 = modules[$2];");
  try {
    await new AsyncFunction(...Object.keys(given), code)(...Object.values(given));
    return {printed};
  } catch (error) {
    return {printed, error};
  }
}
