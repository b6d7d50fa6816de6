// Writes a query's result in a format, and reads it as a page does.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC, type Table} from "apache-arrow";
import {csvParse} from "d3-dsv";
import {readParquet} from "parquet-wasm";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {writeFormat} from "../../lib/tabular/format.js";
import type {Format} from "../../lib/tabular/formats.js";
import {literal} from "../../lib/tabular/quote.js";

export interface WrittenFile {
  bytes: Buffer;
  warnings: string[];
  /** The SQL types of its columns, of a Parquet file. */
  sqlTypes: string[];
}

/** @param statements make the relation `result` */
export async function written(statements: string, format: Format): Promise<WrittenFile> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-written-"));
  const file = join(folder, `file.${format}`);
  try {
    return await withDuckDB({folder}, async (connection) => {
      await connection.run(statements);
      const {warnings} = await writeFormat(connection, "result", format, file);
      const sqlTypes =
        format === "parquet"
          ? (await connection.runAndReadAll(`FROM read_parquet(${literal(file)})`)).columnTypes().map(String)
          : [];
      return {bytes: await readFile(file), warnings, sqlTypes};
    });
  } finally {
    await rm(folder, {recursive: true});
  }
}

/** A file's rows: as Arrow, or of texts or what JSON holds. */
export const readAs = {
  parquet: (bytes: Buffer): Table => tableFromIPC(readParquet(bytes).intoIPCStream()),
  arrow: (bytes: Buffer): Table => tableFromIPC(bytes),
  csv: (bytes: Buffer): Record<string, string>[] => [...csvParse(bytes.toString())],
  json: (bytes: Buffer) => JSON.parse(bytes.toString()) as Record<string, unknown>[]
};
