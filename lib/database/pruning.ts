// Whether a row group can hold a row that a statement asks for, by its statistics: "no" only where that is certain.
import {boundsOf, compare, constantOf, type BoundedColumn} from "./bounds.js";
import type {Filter} from "./filter.js";
import type {Statistics} from "./footer.js";

/**
 * @param columns by number; undefined for one whose statistics say nothing, such as a nested one
 * @param statistics of the row group, by the number of the column
 */
export function mayHold(
  filter: Filter | undefined,
  columns: readonly (BoundedColumn | undefined)[],
  statistics: (column: number) => Statistics
): boolean {
  const may = (part: Filter | undefined) => mayHold(part, columns, statistics);
  if (!filter) return true;
  if ("and" in filter) return filter.and.every(may);
  if ("or" in filter) return filter.or.some(may);
  const column = columns[filter.column];
  if (!column) return true;
  const known = statistics(filter.column);
  if ("isNull" in filter) return filter.isNull ? known.nulls !== 0 : known.nulls !== known.rows;
  const value = constantOf(filter.value, column);
  const bounds = boundsOf(known, column);
  if (value === undefined || !bounds) return true;
  // NaN, which is above all numbers to DuckDB, isn't in the bounds of Parquet.
  const mayBeNaN = column.type === "FLOAT" || column.type === "DOUBLE";
  const isBelow = compare(bounds.max, value);
  const isAbove = compare(bounds.min, value);
  switch (filter.op) {
    case "=":
      return !(isBelow < 0 || isAbove > 0);
    case "<":
      return !(isAbove >= 0);
    case "<=":
      return !(isAbove > 0);
    case ">":
      return mayBeNaN || !(isBelow <= 0);
    case ">=":
      return mayBeNaN || !(isBelow < 0);
  }
}
