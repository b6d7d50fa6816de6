// Rows that were made here rather than downloaded, as a table of the session.
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier} from "./quote.js";

export type Row = Record<string, string | number | null>;

/** Makes rows the relation `result`, with columns of these SQL types. */
export async function createTable(
  connection: DuckDBConnection,
  types: Record<string, string>,
  rows: Row[]
): Promise<void> {
  const definitions = Object.entries(types).map(([name, type]) => `${identifier(name)} ${type}`);
  await connection.run(`CREATE TABLE result (${definitions.join(", ")})`);
  await connection.run(
    `INSERT INTO result BY NAME SELECT unnest(from_json($rows, '${JSON.stringify([types])}'), recursive := true)`,
    {rows: JSON.stringify(rows)}
  );
}
