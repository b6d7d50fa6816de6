// The order that an entry's rows are written in, whatever the format.
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier} from "../lib/tabular/quote.js";
import {requireColumns} from "./unknown-column.js";

/** Ascending, with NULL last, as SQL behind ORDER BY. */
export const ascending = (columns: readonly string[]): string =>
  columns.map((name) => `${identifier(name)} ASC NULLS LAST`).join(", ");

/**
 * The rows of a table or view by the columns of a `sort`, as SQL that may follow FROM.
 * @param tie a column that tells rows apart that are alike in those, so that they keep their order
 * @throws LoadError for a column that there isn't
 */
export async function inOrder(
  connection: DuckDBConnection,
  source: string,
  sort: readonly string[],
  tie?: string
): Promise<string> {
  const none = await connection.runAndReadAll(`FROM ${source} LIMIT 0`);
  requireColumns("sort", sort, none.columnNames());
  return `(SELECT * FROM ${source} ORDER BY ${ascending(sort)}${tie === undefined ? "" : `, ${tie}`})`;
}
