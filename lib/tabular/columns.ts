// What is known of a relation's columns: their SQL types, and of their values what the formats ask.
import type {DuckDBConnection, DuckDBType, DuckDBValue} from "@duckdb/node-api";
import type {ColumnNames} from "./formats.js";
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

/** The types of columns as SQL, by their names. */
export const typesOf = (columns: readonly Column[]): ColumnNames =>
  Object.fromEntries(columns.map(({name, type}) => [name, type.toString()]));

/** A list in parts of a size. */
export function* partsOf<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size);
}

/** What one query is asked: of a file with 10,000 columns it takes DuckDB a third of a second to find one, and little more to find 2,000. */
const atOnce = 2000;

/** Computes aggregates of a relation, given as SQL, in few passes. */
export async function measure(
  connection: DuckDBConnection,
  relation: string,
  aggregates: string[]
): Promise<DuckDBValue[]> {
  const values: DuckDBValue[] = [];
  for (const some of partsOf(aggregates, atOnce)) {
    const result = await connection.runAndReadAll(`SELECT ${some.join(", ")} FROM ${identifier(relation)}`);
    values.push(...result.getRows()[0]!);
  }
  return values;
}
