// Writes tables as zstd Parquet, in types that a page reads easily.
import type {DuckDBConnection} from "@duckdb/node-api";
import {decimalToDouble} from "./plain-value.js";
import type {PlannedColumn} from "./plan.js";
import {identifier, literal} from "./quote.js";
import {spelt} from "./shape.js";
import {timeText} from "./text-spelling.js";
import type {TypedCsv} from "./typed-csv.js";

/**
 * Writes a dataset's table, its whole numbers as INTEGER where they fit, so that a page that reads the file itself gets no BigInt.
 * @returns how many rows
 */
export async function writeParquet(
  connection: DuckDBConnection,
  {sql, columns}: TypedCsv,
  file: string
): Promise<number> {
  const narrowed = columns.map(({name, isSmall}) =>
    isSmall ? `${identifier(name)}::INTEGER AS ${identifier(name)}` : identifier(name)
  );
  const select = `SELECT ${narrowed.join(", ")} FROM (${sql})`;
  return copyTo(connection, select, file, parquetOptions(columns.length));
}

/** Copies a query's result to a file and returns the number of rows. */
export async function copyTo(
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
 * How Parquet is written. Each thread holds a row group in memory while it writes it, so a wide table gets shorter ones:
 * 122,880 rows, DuckDB's own choice, up to 24 columns.
 */
export function parquetOptions(columns: number): string {
  const values = 3_000_000;
  const rows = Math.min(122_880, Math.max(2048, Math.floor(values / columns / 2048) * 2048));
  return `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rows}`;
}

/** A column of a Parquet file, as SQL in a type that pages can read. */
export const parquetColumn = ({shape}: PlannedColumn, sql: string): string =>
  spelt(shape, sql, {
    leaf(value, sql) {
      switch (value.is) {
        case "whole":
          return `${sql}::${value.fits === "DOUBLE" ? "BIGINT" : value.fits}`;
        case "double":
          return value.decimal ? decimalToDouble(value.decimal, sql) : `${sql}::DOUBLE`;
        case "text":
        case "json":
          return `${sql}::VARCHAR`;
        case "date":
        case "time":
          if (value.range === "any") return timeText(value, sql);
          if (value.is === "date") return sql;
          return value.unit === "ns" ? sql : `${sql}::TIMESTAMP`;
        default:
          return sql;
      }
    }
  });
