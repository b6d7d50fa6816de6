// The formats that a page can ask for by the extension of a file, and how each is written.
import type {DuckDBConnection} from "@duckdb/node-api";
import {writeArrow} from "./arrow.js";
import {
  columnsOf,
  isInteger,
  isNested,
  isNumber,
  isTime,
  measure,
  range,
  within,
  type Column
} from "./columns.js";
import {identifier, literal} from "./duckdb.js";

export const formats = ["parquet", "arrow", "csv", "json"] as const;

export type Format = (typeof formats)[number];

/**
 * Writes a table or view to a file.
 *
 * Parquet keeps the SQL types. CSV and JSON say times as ISO 8601 in UTC, as `YYYY-MM-DD` where a column has days only. JSON has
 * numbers as JavaScript reads them: whole ones beyond 2^53 become text, NaN and infinities null. For Arrow see `writeArrow`.
 * @returns how many rows
 */
export async function writeFormat(
  connection: DuckDBConnection,
  relation: string,
  format: Format,
  file: string
): Promise<number> {
  switch (format) {
    case "parquet":
      return copy(
        connection,
        `FROM ${identifier(relation)}`,
        file,
        await parquetOptions(connection, relation)
      );
    case "arrow":
      return writeArrow(connection, relation, file);
    case "csv":
      return copy(connection, await asText(connection, relation, format), file, "FORMAT csv, HEADER");
    case "json":
      return copy(connection, await asText(connection, relation, format), file, "FORMAT json, ARRAY true");
  }
}

/** Copies a query's result to a file and returns the number of rows. */
export async function copy(
  connection: DuckDBConnection,
  query: string,
  file: string,
  options: string
): Promise<number> {
  // Written in place: the file is already where nobody looks, and a confined session may write no other.
  const result = await connection.run(`COPY (${query}) TO ${literal(file)} (${options}, USE_TMP_FILE false)`);
  return result.rowsChanged;
}

/**
 * How Parquet is written. A row group is held in memory while it is written, by each thread, so a wide table gets shorter
 * ones: 122,880 rows, DuckDB's own choice, up to 24 columns.
 */
export function parquetFormat(columns: number): string {
  const values = 3_000_000;
  const rows = Math.min(122_880, Math.max(2048, Math.floor(values / columns / 2048) * 2048));
  return `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rows}`;
}

const parquetOptions = async (connection: DuckDBConnection, relation: string) =>
  parquetFormat((await columnsOf(connection, relation)).length);

/** The query whose columns CSV or JSON can carry. */
async function asText(
  connection: DuckDBConnection,
  relation: string,
  format: "csv" | "json"
): Promise<string> {
  const columns = await columnsOf(connection, relation);
  const {measures} = await measure(connection, relation, columns, (column, sql) => {
    if (isTime(column)) return {days: `bool_and(${sql} = date_trunc('day', ${sql}))`};
    return format === "json" && isInteger(column) ? range(sql) : {};
  });
  const expression = (column: Column, sql: string, j: number): string => {
    const measured = measures[j]!;
    if (isTime(column)) {
      // Three digits of a second: more is no date to d3's autoType, and JavaScript has no more.
      return `strftime(${sql}, ${measured["days"] ? "'%Y-%m-%d'" : "'%Y-%m-%dT%H:%M:%S.%gZ'"})`;
    }
    if (format === "csv") return isNested(column) ? `to_json(${sql})` : sql;
    if (isInteger(column)) return within(measured, 2n ** 53n) ? `${sql}::BIGINT` : `${sql}::VARCHAR`;
    return isNumber(column) ? `CASE WHEN isfinite(${sql}) THEN ${sql}::DOUBLE END` : sql;
  };
  const select = columns.map((column, j) => {
    const sql = identifier(column.name);
    return `${expression(column, sql, j)} AS ${sql}`;
  });
  return `SELECT ${select.join(", ")} FROM ${identifier(relation)}`;
}
