// Writes a table in any of the formats.
import type {DuckDBConnection} from "@duckdb/node-api";
import {columnsOf, typesOf} from "./columns.js";
import type {Format, Written} from "./formats.js";
import {copyTo, parquetColumn, parquetMetadata, parquetOptions} from "./parquet.js";
import {planColumns, type PlannedColumn} from "./plan.js";
import {identifier} from "./quote.js";
import {csvColumn, jsonColumn} from "./text-spelling.js";
import {warningsFor} from "./warnings.js";

export interface LayoutOptions {
  /** The table's rows in the order wanted, as SQL that may follow FROM; else they come as they are. */
  rows?: string | undefined;
  /** The rows of a row group of a Parquet file; by default as many as suit its width. */
  rowGroup?: number | undefined;
}

/**
 * Writes a table or view to a file, with types and spellings that a page reads easily: docs/loaders.md has a table of them. Its
 * values are looked at first, then written; so it must be the same both times.
 */
export async function writeFormat(
  connection: DuckDBConnection,
  relation: string,
  format: Format,
  file: string,
  {rows: source, rowGroup}: LayoutOptions = {}
): Promise<Written> {
  if (format === "arrow") {
    // apache-arrow takes a third of a loader's start, and only this format needs it.
    const {writeArrow} = await import("./arrow-stream.js");
    return writeArrow(connection, relation, file, source);
  }
  const columns = await planColumns(connection, relation);
  const {spell, options} = copies[format];
  const select = columns.map((column) => {
    const name = identifier(column.name);
    return `${spell(column, name)} AS ${name}`;
  });
  const query = `SELECT ${select.join(", ")} FROM ${source ?? identifier(relation)}`;
  const rows = await copyTo(connection, query, file, await options(columns, rowGroup));
  return {
    rows,
    columns: typesOf(await columnsOf(connection, relation)),
    warnings: warningsFor(columns, format)
  };
}

interface Copy {
  /** A column as SQL. */
  spell: (column: PlannedColumn, sql: string) => string;
  options: (columns: PlannedColumn[], rowGroup?: number) => string | Promise<string>;
}

const copies: Record<Exclude<Format, "arrow">, Copy> = {
  parquet: {
    spell: parquetColumn,
    options: async (columns, rowGroup) =>
      parquetOptions(columns.length, rowGroup) + (await parquetMetadata(columns))
  },
  csv: {spell: csvColumn, options: () => "FORMAT csv, HEADER"},
  json: {spell: jsonColumn, options: () => "FORMAT json, ARRAY true"}
};
