// Command lines in the README and docs, as a shell would split them.
import {pages} from "./pages.js";

export interface CommandLine {
  where: string;
  line: string;
  /** `npx`, `npm` or `ikigai-kit`, and what follows it. */
  words: string[];
}

/** Blocks of shell, and spans of code that begin with one of our commands. */
export const commandLines: CommandLine[] = [...pages]
  .filter(([path]) => !path.startsWith("docs/api/"))
  .flatMap(([path, text]) =>
    [
      ...Array.from(text.matchAll(/^```(?:sh|)\n([^]*?)^```$/gm), ([, block]) => block!.split("\n")).flat(),
      ...Array.from(text.matchAll(/`((?:npx |npm run )?[^`\n]+)`/g), ([, span]) => span!)
    ].flatMap((line) =>
      line.split(/ && /).flatMap((one) => {
        const words = wordsOf(one);
        return isOurs(words) ? [{where: path, line: one.trim(), words}] : [];
      })
    )
  );

function isOurs([first, second]: string[]): boolean {
  return first === "ikigai-kit"
    ? /^[a-z]+$/.test(second ?? "")
    : (first === "npx" && second === "ikigai-kit") || (first === "npm" && second === "run");
}

/** Without variables before it, a prompt and a comment behind it. */
function wordsOf(line: string): string[] {
  const words = Array.from(line.matchAll(/"([^"]*)"|(#.*)|(\S+)/g), ([, quoted, comment, plain]) =>
    comment === undefined ? (quoted ?? plain!) : undefined
  ).filter((word) => word !== undefined);
  return words.slice(words.findIndex((word) => word !== "$" && !/^[A-Z_]+=/.test(word)));
}
