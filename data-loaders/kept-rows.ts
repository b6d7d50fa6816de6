// Compares the rows of Parquet files, and counts them.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {confine, withDuckDB} from "../lib/tabular/duckdb.js";
import {literal} from "../lib/tabular/quote.js";

/** How many rows a Parquet file says it has. Throws for one that can't be read. */
export async function rowsIn(path: string): Promise<number> {
  return reading([path], async (ask) =>
    Number((await ask(`SELECT num_rows FROM parquet_file_metadata(${literal(path)})`))[0]![0])
  );
}

/** Whether two Parquet files have the same columns and the same rows, in whatever order: without ORDER BY that means nothing. */
export async function haveSameRows(one: string, other: string): Promise<boolean> {
  return reading([one, other], async (ask) => {
    const describe = async (path: string) =>
      JSON.stringify(await ask(`DESCRIBE FROM read_parquet(${literal(path)})`));
    if ((await describe(one)) !== (await describe(other))) return false;
    // Of two hashes, both as sums: that the same pair comes of other rows isn't to be expected in this world's time.
    const sums = async (path: string) =>
      JSON.stringify(
        await ask(
          `SELECT count(*), sum(hash(r)::HUGEINT)::VARCHAR, sum(hash(r, 1)::HUGEINT)::VARCHAR FROM read_parquet(${literal(path)}) r`
        )
      );
    return (await sums(one)) === (await sums(other));
  });
}

type Ask = (sql: string) => Promise<(string | number | boolean | null)[][]>;

async function reading<T>(paths: string[], work: (ask: Ask) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-"));
  try {
    return await withDuckDB({folder}, async (connection: DuckDBConnection) => {
      await confine(connection, paths);
      return work(async (sql) => (await connection.runAndReadAll(sql)).getRowsJson() as never);
    });
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
