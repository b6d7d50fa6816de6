// The formats that a page can ask for by the extension of a file, and how each is written.
import type {DuckDBConnection} from "@duckdb/node-api";
import {
  columnsOf,
  isInteger,
  isNested,
  isNumber,
  isTime,
  maxInt32,
  measure,
  range,
  within,
  type Column,
  type Measures
} from "./columns.js";
import {identifier} from "./quote.js";
import {copyTo, parquetOptions} from "./parquet.js";

/** The extensions of files that pages can ask for. */
export const formats = ["parquet", "arrow", "csv", "json"] as const;

/** The extension of a file under data/, which says how it is written. */
export type Format = (typeof formats)[number];

/**
 * Writes a table or view to a file, with types and spellings that a page reads easily.
 *
 * - Parquet: whole numbers as INTEGER where they fit, so that JavaScript reads no BigInt, else as BIGINT; numbers with a point as DOUBLE.
 * - Arrow: see `writeArrow`.
 * - CSV and JSON: times in ISO 8601 and UTC, or as `YYYY-MM-DD` where a column has days only.
 * - JSON: whole numbers beyond 2^53 as text, NaN and infinities as null.
 * @returns how many rows
 */
export async function writeFormat(
  connection: DuckDBConnection,
  relation: string,
  format: Format,
  file: string
): Promise<number> {
  if (format === "arrow") {
    // apache-arrow takes a third of a loader's start, and only this format needs it.
    const {writeArrow} = await import("./arrow-stream.js");
    return writeArrow(connection, relation, file);
  }
  const columns = await columnsOf(connection, relation);
  const {measures} = await measure(connection, relation, columns, (column, sql) => {
    if (isInteger(column) && format !== "csv") return range(sql);
    if (isTime(column) && format !== "parquet") return {days: `bool_and(${sql} = date_trunc('day', ${sql}))`};
    return {};
  });
  const select = columns.map((column, j) => {
    const sql = identifier(column.name);
    return `${spell[format](column, sql, measures[j]!)} AS ${sql}`;
  });
  const query = `SELECT ${select.join(", ")} FROM ${identifier(relation)}`;
  return copyTo(connection, query, file, copyOptions[format](columns.length));
}

/** How a column is spelt in each format, as SQL. */
const spell = {
  parquet(column: Column, sql: string, measured: Measures): string {
    if (isInteger(column)) {
      if (within(measured, maxInt32)) return `${sql}::INTEGER`;
      if (within(measured, 2n ** 63n - 1n)) return `${sql}::BIGINT`;
      return column.type.startsWith("DECIMAL") ? sql : `${sql}::DOUBLE`;
    }
    return isNumber(column) ? `${sql}::DOUBLE` : sql;
  },
  csv(column: Column, sql: string, measured: Measures): string {
    if (isTime(column)) return isoTime(sql, measured);
    return isNested(column) ? `to_json(${sql})` : sql;
  },
  json(column: Column, sql: string, measured: Measures): string {
    if (isTime(column)) return isoTime(sql, measured);
    if (isInteger(column)) return `${sql}::${within(measured, 2n ** 53n) ? "BIGINT" : "VARCHAR"}`;
    return isNumber(column) ? `CASE WHEN isfinite(${sql}) THEN ${sql}::DOUBLE END` : sql;
  }
};

/** Three digits of a second: more is no date to d3's autoType, and JavaScript has no more. */
const isoTime = (sql: string, {days}: Measures) =>
  `strftime(${sql}, ${days ? "'%Y-%m-%d'" : "'%Y-%m-%dT%H:%M:%S.%gZ'"})`;

const copyOptions = {
  parquet: parquetOptions,
  csv: () => "FORMAT csv, HEADER",
  json: () => "FORMAT json, ARRAY true"
};
