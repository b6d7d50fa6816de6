// What DuckDB answers, as values that JavaScript can compute with and that Plot and Inputs can show.
import type {Table} from "apache-arrow";
import type {Arrow, Column} from "./column.js";
import {mapColumns} from "./map-columns.js";
import {decimals, isLargeInteger, largeIntegers} from "./numbers.js";
import {instants, intervals, timesOfDay} from "./times.js";

/**
 * The same table with types that pages can use; in lists, structs and maps too:
 *
 * - 64-bit and huge integers become doubles where all values of the column are within ±(2⁵³ − 1), else bigints, and text where
 *   a value is beyond 64 bits: no digit is lost.
 * - DECIMAL with digits after the point becomes the nearest double.
 * - Dates and timestamps become milliseconds since 1970, which Plot and Inputs know as dates.
 * - TIME and INTERVAL become text, as DuckDB writes them.
 *
 * DuckDB-WASM has casts of its own, but those relabel what is inside lists and structs without converting it.
 */
export const readable = (table: Table, arrow: Arrow): Table =>
  mapColumns(table, (column) => readableColumn(column, arrow), arrow);

function readableColumn(column: Column, arrow: Arrow): Column | undefined {
  const {type} = column;
  const {DataType: is} = arrow;
  if (isLargeInteger(type, arrow)) return largeIntegers(column, arrow);
  if (is.isDecimal(type)) return decimals(column, arrow);
  if (is.isTimestamp(type) || is.isDate(type)) return instants(column, arrow);
  if (is.isTime(type)) return timesOfDay(column, arrow);
  return is.isInterval(type) ? intervals(column, arrow) : undefined;
}
