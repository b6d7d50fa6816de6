// Recognizes files whose fields are separated by something else than they are read by. Runs in Node and in pages.
import type {Delimiter} from "./csv-source.js";

/** Lines that are looked at: more make it no surer. */
const maxLines = 20;

/**
 * What separates the fields of a file that begins with `text`, if not the delimiter: something that its header has, as every line
 * after it does equally often, while the header has no delimiter. A file of one column whose name has a `;` in it isn't taken for one.
 */
export function otherSeparator(text: string, delimiter: Delimiter = ","): string | undefined {
  const unquoted = text.replaceAll(/"(?:[^"]|"")*"/g, "");
  // The last line may be cut.
  const [header = "", ...lines] = unquoted
    .split(/\r\n|\r|\n/)
    .filter((line, i, all) => line !== "" && (i === 0 || i < all.length - 1))
    .slice(0, maxLines);
  if (header.includes(delimiter) || lines.length === 0) return undefined;
  const count = (line: string, separator: string) => line.split(separator).length - 1;
  return [",", ";", "\t", "|"].find((separator) => {
    const expected = count(header, separator);
    return expected > 0 && lines.every((line) => count(line, separator) === expected);
  });
}

/** What to say of a file that is separated by something else than the delimiter. */
export function whyOtherSeparator(separator: string, delimiter: Delimiter = ","): string {
  const fix = delimiter === "," ? "commas, and numbers with a decimal point" : "tabs";
  return `the data is separated by ${words[separator] ?? JSON.stringify(separator)}, not by ${words[delimiter]}: write it with ${fix}`;
}

const words: Record<string, string> = {",": "commas", "\t": "tabs"};
