// docs/python-to-typescript.md: its samples in TypeScript, as the one program that they are.
import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {sections, type Block} from "./markdown.js";

export interface Sample {
  section: string;
  code: Block;
  /** What stands below the code; "" where it prints nothing. */
  output: string;
}

const path = resolve(import.meta.dirname, "../../docs/python-to-typescript.md");
const markdown = readFileSync(path, "utf8");

export const page = sections(markdown);

export const samples: Sample[] = page.flatMap(({title, blocks}) =>
  blocks.flatMap((code, i) => {
    if (code.language !== "ts") return [];
    const next = blocks[i + 1];
    return [{section: title, code, output: next?.language === "text" ? next.text : ""}];
  })
);

/** What the page shows below the nth sample of a section. */
export function outputOf(section: string, nth = 0): string {
  const sample = samples.filter((one) => one.section === section)[nth];
  if (!sample) throw new Error(`The page has no sample ${nth} in "${section}"`);
  return sample.output;
}

/** Called by the program, which is one function, at the end of each sample. */
export const ended = "sampleEnded";

/**
 * All samples as one TypeScript program, each in a block within the one before: it sees what those before have made, and may
 * give a name again. Every line stands where it stands on the page; imports come first.
 */
export function program(): string {
  const lines = markdown.split("\n").map(() => "");
  const imports: string[] = [];
  for (const {code} of samples) {
    lines[code.line - 2] = "{";
    const text = code.text.replace(/^import .*?;$/gms, (statement) => {
      imports.push(statement.replaceAll("\n", " "));
      return statement.replace(/[^\n]/g, "");
    });
    for (const [i, line] of text.split("\n").entries()) lines[code.line - 1 + i] = line;
    lines[code.line - 1 + text.split("\n").length] = `${ended}();`;
  }
  lines[0] = imports.join(" ");
  return `${lines.join("\n")}${"}".repeat(samples.length)}\n`;
}
