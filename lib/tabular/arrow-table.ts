// A dataset's CSV as an Arrow table: by way of a Parquet file, as a loader's files are made.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {Table, type RecordBatch} from "apache-arrow";
import type {ColumnType} from "../wire/index.js";
import type {Arrival} from "./arrival.js";
import {readBatches, type BatchLimits} from "./arrow-batches.js";
import {convert} from "./conversion.js";
import {writeParquet} from "./parquet.js";
import {literal} from "./quote.js";

/** A table, and what isn't in it as it was, each in a sentence. */
interface ReadTable {
  table: Table;
  warnings: string[];
}

/**
 * The CSV that arrives in the folder it is given, as a table. It needs as much disk as the CSV has bytes, for as long as
 * it takes, and DuckDB's memory beside the table.
 */
export async function readArrow(
  arrive: (folder: string) => Promise<Arrival>,
  dataTypes: Record<string, ColumnType>,
  signal?: AbortSignal
): Promise<ReadTable> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-"));
  const file = join(folder, "dataset.parquet");
  try {
    const options = {folder, writes: [file], signal};
    return await convert(await arrive(folder), dataTypes, options, async (connection, csv) => {
      await writeParquet(connection, csv, file);
      await connection.run(`CREATE OR REPLACE VIEW dataset AS FROM read_parquet(${literal(file)})`);
      const {table, warnings} = await tableOf(connection, "dataset");
      return {table, warnings: [...csv.warnings, ...warnings]};
    });
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** A relation as an Arrow table, with the types of a loader's file. */
export async function tableOf(
  connection: DuckDBConnection,
  relation: string,
  limits?: BatchLimits
): Promise<ReadTable> {
  const {schema, batches, warnings} = await readBatches(connection, relation, {limits});
  const all: RecordBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return {table: new Table(schema, all), warnings};
}
