// The first record of a CSV file, read off the disk.
import {isUtf8} from "node:buffer";
import {open} from "node:fs/promises";
import {CsvError} from "./csv-error.js";
import {otherSeparator, whyOtherSeparator} from "./csv-separator.js";
import {firstRecord, type CsvRecord} from "./csv-source.js";
import {whyNotText} from "./file-kind.js";

/** A header longer than this is not a header but a file without line ends, or with a quote that never closes. */
const maxHeaderBytes = 1 << 22;

/** A CSV file's header. */
export interface Header extends CsvRecord {
  /** What the file's fields seem to be separated by, if it isn't the comma that we read by. */
  separator?: string;
}

/**
 * A CSV file's header. Throws `CsvError` when the file is empty or is no text in UTF-8, and when the header doesn't end or a quote
 * of it isn't closed.
 */
export async function readHeader(path: string): Promise<Header> {
  const file = await open(path);
  try {
    for (let size = 1 << 16; ; size *= 4) {
      const {buffer, bytesRead} = await file.read(Buffer.alloc(size), 0, size, 0);
      const fault = whyNotText(buffer.subarray(0, bytesRead));
      if (fault) throw new CsvError(fault);
      const isWholeFile = bytesRead < size;
      // Byte for byte, so that a character that is cut or isn't UTF-8 changes nothing: what parts fields is ASCII.
      const text = buffer.toString("latin1", 0, bytesRead).replace(/^\xef\xbb\xbf/, "");
      if (text.trim() === "" && isWholeFile) {
        throw new CsvError(
          "the dataset is empty: there isn't even a header in its CSV. Upload data with a header line"
        );
      }
      const separator = otherSeparator(text);
      const record = firstRecord(text, isWholeFile);
      // Quoted names with another separator between them are no record of CSV.
      if (!record && separator) throw new CsvError(whyOtherSeparator(separator));
      if (record) return {...record, fields: record.fields.map(decoded), ...(separator && {separator})};
      if (isWholeFile || size >= maxHeaderBytes) throw new CsvError(whyEndless(text), {line: 1});
    }
  } finally {
    await file.close();
  }
}

function decoded(field: string): string {
  const bytes = Buffer.from(field, "latin1");
  if (isUtf8(bytes)) return bytes.toString();
  // Windows-1252 is what Excel writes; most of its letters are also Latin-1's.
  throw new CsvError(
    `line 1: the column name ${JSON.stringify(field.slice(0, 60))} isn't UTF-8. Save the file as UTF-8`,
    {line: 1}
  );
}

const whyEndless = (text: string) =>
  /^[^\r\n"]*$/.test(text)
    ? `line 1 of the CSV is longer than ${maxHeaderBytes} bytes. Check that its lines end with a line break`
    : "line 1: a quote in the CSV's header is opened and never closed. Fix the header's quotes";
