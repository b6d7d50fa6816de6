// The first record of a CSV file: what its columns are called, and what we call them.
import {open} from "node:fs/promises";
import {CsvError} from "./csv-error.js";

/** A column's name in the file, and a name that no other column has. */
export interface HeaderColumn {
  inFile: string;
  name: string;
}

/** The columns in order, and what ends the header's line: "" when the file ends with it. */
export interface Header {
  columns: HeaderColumn[];
  lineEnd: string;
}

/** A header longer than this is not a header but a file with a quote that never closes. */
const maxHeaderBytes = 1 << 22;

/**
 * The columns that a CSV file's header names, in order. A column without a name becomes `column_<position>`; of several
 * with one name (in any casing: SQL doesn't tell `Id` from `id`) all but the first get `_2`, `_3`, …. A NUL in a name, which no
 * SQL can hold, becomes U+FFFD.
 *
 * Throws `CsvError` when the file is empty, or when a quote of the header isn't closed.
 */
export async function readHeader(path: string): Promise<Header> {
  const file = await open(path);
  try {
    for (let size = 1 << 16; ; size *= 4) {
      const {buffer, bytesRead} = await file.read(Buffer.alloc(size), 0, size, 0);
      const isWholeFile = bytesRead < size;
      const text = buffer.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
      if (text.trim() === "" && isWholeFile) {
        throw new CsvError(
          "the dataset is empty: there isn't even a header in its CSV. Upload data with a header line"
        );
      }
      const record = firstRecord(text, isWholeFile);
      if (record) return {columns: nameApart(record.fields), lineEnd: record.lineEnd};
      if (isWholeFile || size >= maxHeaderBytes) {
        throw new CsvError(
          "line 1: a quote in the CSV's header is opened and never closed. Mend the header's quotes",
          {line: 1}
        );
      }
    }
  } finally {
    await file.close();
  }
}

/** The first record of RFC 4180 text and what ends it; undefined when `text` ends before the record does. */
function firstRecord(text: string, isWhole: boolean): {fields: string[]; lineEnd: string} | undefined {
  const field = /(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r\n|\r|\n|$)/y;
  const fields: string[] = [];
  for (;;) {
    const match = field.exec(text);
    if (!match) return undefined;
    const [, quoted, plain = "", end = ""] = match;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    // A line end may be cut in two.
    const isCut = match.index + match[0].length === text.length && end !== "\n";
    return isCut && !isWhole ? undefined : {fields, lineEnd: end};
  }
}

function nameApart(fields: string[]): HeaderColumn[] {
  const taken = new Set(fields.map((name) => name.toLowerCase()));
  const given = new Set<string>();
  return fields.map((inFile, index) => {
    const wanted = inFile === "" ? `column_${index + 1}` : inFile.replaceAll("\0", "\ufffd");
    const name =
      inFile !== "" && !given.has(wanted.toLowerCase()) ? wanted : firstFree(wanted, inFile === "", taken);
    given.add(name.toLowerCase());
    taken.add(name.toLowerCase());
    return {inFile, name};
  });
}

function firstFree(wanted: string, plainWillDo: boolean, taken: Set<string>): string {
  if (plainWillDo && !taken.has(wanted.toLowerCase())) return wanted;
  for (let n = 2; ; n++) {
    const name = `${wanted}_${n}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
