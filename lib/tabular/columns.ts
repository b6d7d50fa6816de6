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

/** Aggregates in one query: DuckDB takes ever longer for each of a thousand, and has no limit to the memory of as many. */
const atOnce = 200;

/** Computes aggregates of a relation, given as SQL, in as few passes as they allow. */
export async function measure(
  connection: DuckDBConnection,
  relation: string,
  aggregates: string[]
): Promise<DuckDBValue[]> {
  const values: DuckDBValue[] = [];
  for (let i = 0; i < aggregates.length; i += atOnce) {
    const some = aggregates.slice(i, i + atOnce);
    const result = await connection.runAndReadAll(`SELECT ${some.join(", ")} FROM ${identifier(relation)}`);
    values.push(...result.getRows()[0]!);
  }
  return values;
}
