// A CSV file as a relation of texts in DuckDB, and the first record of one. Runs in Node and in pages.
import {literal} from "./quote.js";

/** A record of CSV and what ends it: "" at the end of the file. */
export interface CsvRecord {
  fields: string[];
  lineEnd: "\n" | "\r\n" | "\r" | "";
}

/** What ends the lines of a file: what ends its header, or "mixed" where others end in another way. */
export type LineEnd = CsvRecord["lineEnd"] | "mixed";

/** What stands between the fields of a line. */
export type Delimiter = "," | "\t";

const field = (delimiter: Delimiter) =>
  new RegExp(`(?:"((?:[^"]|"")*)"|((?!")[^${delimiter}\\r\\n]*))(${delimiter}|\\r\\n|\\r|\\n|$)`, "y");

/** The first record of RFC 4180 text; undefined when `text` ends before the record does. */
export function firstRecord(
  text: string,
  isWhole: boolean,
  delimiter: Delimiter = ","
): CsvRecord | undefined {
  const next = field(delimiter);
  const fields: string[] = [];
  for (;;) {
    const match = next.exec(text);
    if (!match) return undefined;
    const [, quoted, plain = ""] = match;
    const end = (match[3] ?? "") as Delimiter | CsvRecord["lineEnd"];
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "," || end === "\t") continue;
    // A line end may be cut in two.
    const isCut = match.index + match[0].length === text.length && end !== "\n";
    return isCut && !isWhole ? undefined : {fields, lineEnd: end};
  }
}

/** Bytes of the longest row that is read, four times what DuckDB takes by itself; its buffers stay as large as they are. */
export const maxLine = 2 ** 23;

/** The names under which `csvSource` gives its columns: `c0`, `c1`, …. */
export const sourceColumn = (i: number) => `c${i}`;

/**
 * SQL for the file's rows, after its header and so many lines before that, every column a text called `c0`, `c1`, …: names from the
 * file could clash with each other or with SQL. A quoted empty field is an empty text, another one is NULL. Blank lines are no rows,
 * as in pandas. Of a file with `mixed` line ends it must be known that it keeps CSV's other rules: see line-ends.ts.
 */
export function csvSource(
  path: string,
  columns: number,
  lineEnd: LineEnd,
  {header = true, skip = 0, delimiter = ","}: {header?: boolean; skip?: number; delimiter?: Delimiter} = {}
): string {
  const types = Array.from({length: columns}, (_, i) => `${sourceColumn(i)}: 'VARCHAR'`).join(", ");
  // DuckDB takes the first line end for what ends lines, one in a quoted name too, and then finds no rows: so it is told.
  const newLine =
    lineEnd === "mixed"
      ? "strict_mode = false, new_line = '\\n', "
      : lineEnd && `new_line = '${lineEnd.replace("\r", "\\r").replace("\n", "\\n")}', `;
  const rows =
    `read_csv(${literal(path)}, auto_detect = false, header = ${header}, skip = ${skip}, ` +
    `delim = ${literal(delimiter)}, quote = '"', escape = '"', ${newLine}` +
    `allow_quoted_nulls = false, max_line_size = ${maxLine}, buffer_size = ${2 * maxLine}, columns = {${types}})`;
  return columns === 1 ? `(FROM ${rows} WHERE ${sourceColumn(0)} IS NOT NULL)` : rows;
}
