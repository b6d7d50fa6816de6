// What is known of a relation's columns: their SQL types, and of their values what the formats ask.
import type {DuckDBConnection} from "@duckdb/node-api";
import {oneRow} from "./duckdb.js";
import {identifier} from "./quote.js";

/** A column of a table or view. */
export interface Column {
  name: string;
  /** Its SQL type, as DuckDB writes it. */
  type: string;
}

/** Aggregates of one column, by the names they were asked under. */
export type Measures = Record<string, bigint | number | boolean | null>;

export async function columnsOf(connection: DuckDBConnection, relation: string): Promise<Column[]> {
  const described = await connection.runAndReadAll(`DESCRIBE FROM ${identifier(relation)}`);
  return described
    .getRowObjects()
    .map((row) => ({name: String(row["column_name"]), type: String(row["column_type"])}));
}

/**
 * Computes aggregates of every column in one pass.
 * @param ask gives the aggregates wanted of a column, as SQL by name; none to leave it out
 * @returns the aggregates in the columns' order, and the number of rows
 */
export async function measure(
  connection: DuckDBConnection,
  relation: string,
  columns: Column[],
  ask: (column: Column, sql: string) => Record<string, string | undefined>
): Promise<{rows: number; measures: Measures[]}> {
  const asked = columns.map((column) => Object.entries(ask(column, identifier(column.name))));
  const terms = asked.flatMap((list, j) =>
    list.map(([name, sql]) => `${sql} AS ${identifier(`${j} ${name}`)}`)
  );
  const row = await oneRow(
    connection,
    `SELECT ${["count(*) AS rows", ...terms].join(", ")} FROM ${identifier(relation)}`
  );
  const measures = asked.map((list, j) =>
    Object.fromEntries(list.map(([name]) => [name, row[`${j} ${name}`] as Measures[string]]))
  );
  return {rows: Number(row["rows"]), measures};
}

/** Types of whole numbers, DECIMAL(38,0) among them, which typed CSV has for those that no BIGINT holds. */
export const isInteger = ({type}: Column) =>
  /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$|^DECIMAL\(\d+,0\)$/.test(type);

export const isNumber = ({type}: Column) => /^(FLOAT|DOUBLE|DECIMAL)/.test(type);

export const isTime = ({type}: Column) => type.startsWith("TIMESTAMP");

export const isText = ({type}: Column) => type === "VARCHAR" || type.startsWith("ENUM");

/** Lists, structs and maps. */
export const isNested = ({type}: Column) => /\[\d*\]$|^(STRUCT|MAP|UNION)\(/.test(type);

/** Aggregates that tell how large a column's whole numbers are, for `within`. */
export const range = (sql: string) => ({min: `min(${sql})::HUGEINT`, max: `max(${sql})::HUGEINT`});

export const maxInt32 = 2n ** 31n - 1n;

/** Whether a column's whole numbers all lie between -limit and limit. */
export const within = ({min, max}: Measures, limit: bigint) =>
  ((min ?? 0n) as bigint) >= -limit && ((max ?? 0n) as bigint) <= limit;
