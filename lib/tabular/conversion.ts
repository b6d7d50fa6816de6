// Turns a dataset's CSV into something typed, in a DuckDB session of its own, while it is still being downloaded.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {ColumnType} from "../wire/index.js";
import type {Arrival} from "./arrival.js";
import {confine, withDuckDB} from "./duckdb.js";
import {readArrivingCsv, type TypedCsv} from "./typed-csv.js";

/** Makes something of a typed table. It must be able to start over: see `readArrivingCsv`. */
export type Use<T> = (connection: DuckDBConnection, table: TypedCsv) => Promise<T>;

export interface ConversionOptions {
  /** Where DuckDB may spill; the caller removes it. */
  folder: string;
  /** Files that are written: the session can reach no others, and the CSV. */
  writes: string[];
  /** Gets several times a second how many percent are done, as DuckDB estimates it. */
  onProgress?: (percent: number) => void;
  signal?: AbortSignal;
}

/** Converts a CSV as it arrives. Throws what the download throws, too. */
export async function convert<T>(
  arrival: Arrival,
  dataTypes: Record<string, ColumnType>,
  {folder, writes, onProgress, signal}: ConversionOptions,
  use: Use<T>
): Promise<T> {
  const {path, early, whole} = arrival;
  try {
    signal?.throwIfAborted();
    const columns = Object.keys(dataTypes).length;
    return await withDuckDB({folder, columns, onProgress, signal}, async (connection) => {
      await confine(connection, [path, ...(early ? [early.start, early.pipe] : []), ...writes]);
      return readArrivingCsv(connection, arrival, dataTypes, (table) => use(connection, table));
    });
  } finally {
    await early?.close();
    // Until then it writes into the folder.
    await whole.catch(() => {});
    signal?.throwIfAborted();
  }
}

/** The same in a temporary folder, for a caller who has none. */
export async function convertAlone<T>(
  arrive: (folder: string) => Promise<Arrival>,
  dataTypes: Record<string, ColumnType>,
  {writes, signal}: {writes: string[]; signal?: AbortSignal},
  use: Use<T>
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-"));
  try {
    return await convert(await arrive(folder), dataTypes, {folder, writes, signal}, use);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
