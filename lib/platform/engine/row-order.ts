// Gives facets that care for the order of rows something to order by.
import {identifier} from "../../tabular/quote.js";
import {freshName} from "./fresh-name.js";
import type {Step} from "./step.js";
import {columnNames, type Table} from "./table.js";

/**
 * What to read the table from, and SQL for the number of a row, from 0 and without gaps. The table is stored: DuckDB
 * numbers stored rows by itself, on all cores, while numbering rows as they stream by takes one core and all of them.
 */
export async function rowOrder(step: Step, table: Table): Promise<{from: string; row: string}> {
  await step.store(table);
  const name = identifier(table.name);
  const names = columnNames(table);
  // A column that is called so itself hides the number.
  if (!names.some((column) => column.toLowerCase() === "rowid")) return {from: name, row: "rowid"};
  const row = identifier(freshName("row", names));
  return {from: `(SELECT *, row_number() OVER () - 1 AS ${row} FROM ${name})`, row};
}
