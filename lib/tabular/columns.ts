// What is known of a relation's columns: their SQL types, and of their values what the formats ask.
import type {DuckDBConnection, DuckDBType, DuckDBValue} from "@duckdb/node-api";
import {identifier} from "./quote.js";

/** A column of a table or view. */
export interface Column {
  name: string;
  type: DuckDBType;
}

export async function columnsOf(connection: DuckDBConnection, relation: string): Promise<Column[]> {
  const none = await connection.runAndReadAll(`FROM ${identifier(relation)} LIMIT 0`);
  return none.columnNames().map((name, i) => ({name, type: none.columnType(i)}));
}

/** As many as one query may aggregate: of a thousand, DuckDB takes ever longer for each. */
const atOnce = 200;

/** A list in parts, each as long as one query may aggregate. */
export function* batchesOf<T>(list: readonly T[]): Generator<T[]> {
  for (let i = 0; i < list.length; i += atOnce) yield list.slice(i, i + atOnce);
}

/** Computes aggregates of a relation, given as SQL, in few passes. */
export async function measure(
  connection: DuckDBConnection,
  relation: string,
  aggregates: string[]
): Promise<DuckDBValue[]> {
  const values: DuckDBValue[] = [];
  for (const some of batchesOf(aggregates)) {
    const result = await connection.runAndReadAll(`SELECT ${some.join(", ")} FROM ${identifier(relation)}`);
    values.push(...result.getRows()[0]!);
  }
  return values;
}
