// Writes tables as zstd Parquet, in types that a page reads easily.
import type {DuckDBConnection} from "@duckdb/node-api";
import {decimalToDouble, type PlainValue} from "./plain-value.js";
import {wholeMilliseconds} from "./column-reading.js";
import type {PlannedColumn} from "./plan.js";
import {identifier, literal} from "./quote.js";
import {leavesOf, spelt} from "./shape.js";
import {timeText} from "./text-spelling.js";
import {ValidationError} from "../wire/validation-error.js";
import type {TypedCsv} from "./typed-csv.js";

/**
 * Writes a dataset's table, its whole numbers as INTEGER where they fit and its times as milliseconds where they are, so
 * that a page that reads the file itself gets no BigInt, and dates.
 * @returns how many rows
 */
export async function writeParquet(
  connection: DuckDBConnection,
  {sql, columns}: TypedCsv,
  file: string
): Promise<number> {
  const narrowed = columns.map(({name, isSmall, hasMilliseconds}) => {
    const value = identifier(name);
    if (isSmall) return `${value}::INTEGER AS ${value}`;
    return hasMilliseconds ? `${inMilliseconds(wholeMilliseconds(value))} AS ${value}` : value;
  });
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
 * How Parquet is written. DuckDB gives every column statistics, and a dictionary where it pays. Its bloom filters took 4 % of a file,
 * and nothing that reads it in a page asks them. zstd's levels beyond the usual one took longer and saved less than 1 %.
 * @throws ValidationError for row groups that are more than memory has room for
 */
export function parquetOptions(columns: number, rowGroup = usualRowGroup(columns)): string {
  const most = Math.max(shortest, Math.floor(mostValues / columns));
  if (rowGroup > most) {
    const [wanted, possible] = [rowGroup, most].map((rows) => rows.toLocaleString("en"));
    throw new ValidationError(
      `rowGroup: ${wanted} rows of ${columns} columns need more memory than there is; ${possible} rows are the most for so many columns`
    );
  }
  return `FORMAT parquet, COMPRESSION zstd, WRITE_BLOOM_FILTER false, ROW_GROUP_SIZE ${rowGroup}`;
}

/** DuckDB writes rows in steps of so many. */
const shortest = 2048;

/** Values of a row group. Each thread holds one in memory while it writes it, and sorted ones on top of what is being sorted. */
const mostValues = 3_000_000;

/** The rows of a row group, where nobody says it: 122,880, DuckDB's own choice, up to 24 columns, and fewer in a wider table. */
export const usualRowGroup = (columns: number): number =>
  Math.min(122_880, Math.max(shortest, Math.floor(mostValues / columns / shortest) * shortest));

/** Where times have no microseconds: Plot takes milliseconds alone for dates. DuckDB reads a TIMESTAMP of either. */
const inMilliseconds = (sql: string) => `${sql}::TIMESTAMP_MS`;

/** What else is said of a Parquet file: the types of dates, if it has any. */
export async function parquetMetadata(columns: readonly PlannedColumn[]): Promise<string> {
  const isDay = (value: PlainValue) => value.is === "date" && value.range !== "any";
  if (!columns.some(({shape}) => leavesOf(shape).some(isDay))) return "";
  const {parquetSchema} = await import("./parquet-schema.js");
  return `, KV_METADATA {'ARROW:schema': ${literal(parquetSchema(columns))}}`;
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
          if (value.unit === "ns") return sql;
          return value.unit === "ms" ? inMilliseconds(`${sql}::TIMESTAMP`) : `${sql}::TIMESTAMP`;
        default:
          return sql;
      }
    }
  });
