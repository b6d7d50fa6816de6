// A dataset's way from the platform to a typed Parquet file, of which every published file is made.
import {rm} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {readTypedCsv, type Dataset, type TypedCsv} from "../lib/client/index.js";

import {maxInt32} from "./columns.js";
import {confine, identifier, oneRow, withDuckDB} from "./duckdb.js";
import {copy, parquetOptions} from "./format.js";
import type {Limit} from "./limit.js";

/** A dataset as a Parquet file. */
export interface Staged {
  file: string;
  rows: number;
  columns: number;
  /** What isn't as the platform says, each in a sentence. */
  warnings: string[];
}

export interface StageOptions {
  /** Gets the file, and while it is made the CSV and what spills from memory. */
  folder: string;
  downloads: Limit;
  conversions: Limit;
  onDownload: (done: number, total: number | undefined) => void;
  onConvert: (percent: number) => void;
  signal?: AbortSignal;
}

/** Downloads a dataset to disk and turns it into Parquet with the platform's types, its rows in their order. */
export async function stageDataset(dataset: Dataset, options: StageOptions): Promise<Staged> {
  const {folder, downloads, conversions, onDownload, onConvert, signal} = options;
  const csv = join(folder, "dataset.csv");
  const file = join(folder, "dataset.parquet");
  await downloads(async () => {
    signal?.throwIfAborted();
    await dataset.download(csv, {signal, onProgress: ({done, total}) => onDownload(done, total)});
  });
  return conversions(async () => {
    signal?.throwIfAborted();
    onConvert(0);
    const columns = Object.keys(dataset.dataTypes).length;
    const staged = await withDuckDB({folder, columns, onProgress: onConvert, signal}, async (connection) => {
      await confine(connection, [csv, file]);
      return readTypedCsv(connection, csv, dataset.dataTypes, async (table) => ({
        file,
        rows: await writeParquet(connection, table, file),
        columns: table.columns.length,
        warnings: table.warnings
      }));
    });
    await rm(csv);
    return staged;
  });
}

/**
 * Writes the table as Parquet, its whole numbers as INTEGER where they fit, so that a page that reads the file itself gets no
 * BigInt. Nearly all do, and the sizes are known only at the end: so all are taken to fit, and counted when one doesn't.
 */
async function writeParquet(
  connection: DuckDBConnection,
  {sql, columns}: TypedCsv,
  file: string
): Promise<number> {
  const whole = columns.filter(({sqlType}) => sqlType === "BIGINT").map(({name}) => identifier(name));
  const write = (small: string[]) => {
    const narrowed = small.map((column) => `${column}::INTEGER AS ${column}`);
    const select = narrowed.length ? `SELECT * REPLACE (${narrowed.join(", ")}) FROM (${sql})` : sql;
    return copy(connection, select, file, parquetOptions(columns.length));
  };
  try {
    return await write(whole);
  } catch (error) {
    if (!(error as Error).message.includes("out of range for the destination type INT32")) throw error;
    const sizes = whole.map(
      (column, j) => `coalesce(max(abs(${column}::HUGEINT)), 0) <= ${maxInt32} AS fits${j}`
    );
    const fits = await oneRow(connection, `SELECT ${sizes.join(", ")} FROM (${sql})`);
    return write(whole.filter((_, j) => fits[`fits${j}`]));
  }
}
