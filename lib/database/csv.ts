// CSV and TSV into a table, with types found by DuckDB.
import type {Engine} from "./engine.js";
import {identifier, literal} from "../tabular/quote.js";

let files = 0;

/**
 * Creates the table from text with a header line. DuckDB looks at every line before it decides on a column's type, so a
 * column with a stray text in it is text, and no row is lost.
 */
export async function insertCsv(
  {duckdb, query}: Engine,
  table: string,
  bytes: Blob,
  delimiter: "," | "\t"
): Promise<void> {
  if (!bytes.size) throw new Error("it is empty, without even a header line");
  const path = `${++files}.csv`; // not the table's name, in which * or [ would be a pattern
  await duckdb.registerFileBuffer(path, new Uint8Array(await bytes.arrayBuffer()));
  try {
    const options = `header = true, skip = 0, delim = ${literal(delimiter)}, quote = '"', escape = '"', sample_size = -1`;
    await query({
      text: `CREATE TABLE main.${identifier(table)} AS FROM read_csv(${literal(path)}, ${options})`,
      params: []
    });
  } finally {
    await duckdb.dropFile(path);
  }
}
