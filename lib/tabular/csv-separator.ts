// Recognizes files whose fields are separated by something else than commas. Runs in Node and in pages.

const separators = [";", "\t", "|"];

/** Lines that are looked at: more make it no surer. */
const maxLines = 20;

/**
 * What separates the fields of a file that begins with `text`, if not a comma: something that its header has, as every line after
 * it does equally often, while the header has no comma. A file of one column whose name has a `;` in it isn't taken for one.
 */
export function otherSeparator(text: string): string | undefined {
  const unquoted = text.replaceAll(/"(?:[^"]|"")*"/g, "");
  // The last line may be cut.
  const [header = "", ...lines] = unquoted
    .split(/\r\n|\r|\n/)
    .filter((line, i, all) => line !== "" && (i === 0 || i < all.length - 1))
    .slice(0, maxLines);
  if (header.includes(",") || lines.length === 0) return undefined;
  const count = (line: string, separator: string) => line.split(separator).length - 1;
  return separators.find((separator) => {
    const expected = count(header, separator);
    return expected > 0 && lines.every((line) => count(line, separator) === expected);
  });
}

/** What to say of a file that is separated so. */
export const whyNotCommas = (separator: string) =>
  `the data is separated by ${separator === "\t" ? "tabs" : JSON.stringify(separator)}, not by commas: ` +
  "write it with commas, and numbers with a decimal point";
