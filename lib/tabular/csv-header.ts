// The first record of a CSV file, read off the disk.
import {open} from "node:fs/promises";
import {CsvError} from "./csv-error.js";
import {firstRecord, type CsvRecord} from "./csv-source.js";

/** A header longer than this is not a header but a file with a quote that never closes. */
const maxHeaderBytes = 1 << 22;

/** A CSV file's header. Throws `CsvError` when the file is empty, or when a quote of the header isn't closed. */
export async function readHeader(path: string): Promise<CsvRecord> {
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
      if (record) return record;
      if (isWholeFile || size >= maxHeaderBytes) {
        throw new CsvError(
          "line 1: a quote in the CSV's header is opened and never closed. Fix the header's quotes",
          {line: 1}
        );
      }
    }
  } finally {
    await file.close();
  }
}
