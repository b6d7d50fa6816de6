// How many values become one, as SQL.
import {FacetError} from "./failure.js";
import {identifier} from "./quote.js";
import {asNumber, asTime, type Column, kindOf} from "./table.js";

interface Options {
  /** SQL that numbers the rows; `first` and `last` go by it. */
  row?: string;
  /** Only these rows count. */
  when?: string;
  /** Makes it a window function. */
  over?: string;
}

/** Functions that go by the order of rows. */
export const needsOrder = (name: string) => name === "first" || name === "last";

/** Functions of numbers; the others take any values that have an order. */
const ofNumbers = new Set(["sum", "mean", "median", "std", "var"]);

/**
 * An aggregate function, by its name in the specs, of a column. Missing values don't count. Sums of fractions are
 * compensated (W. Kahan, Comm. ACM 8 (1965), 40): what they come to must not depend on how cores share the rows.
 */
export function aggregate(name: string, column: Column, {row, when, over}: Options): string {
  const value = identifier(column.name);
  const suffix = (when ? ` FILTER (${when})` : "") + (over ? ` OVER (${over})` : "");
  if (ofNumbers.has(name)) {
    if (kindOf(column.type) === "time" && name !== "sum")
      throw new FacetError(`${name} of times is not defined: column '${column.name}'`);
    const number = asNumber(column);
    const fraction = column.type === "DOUBLE" || column.type === "FLOAT";
    switch (name) {
      case "sum":
        return fraction && !over ? `fsum(${number})${suffix}` : `sum(${number})${suffix}`;
      case "mean":
        return fraction && !over ? `favg(${number})${suffix}` : `avg(${number})${suffix}`;
      case "median":
        return `median(${number})${suffix}`;
      case "std":
        return `stddev_samp(${number})${suffix}`;
      case "var":
        return `var_samp(${number})${suffix}`;
    }
  }
  switch (name) {
    case "count":
      return `count(${value})${suffix}`;
    case "count_distinct":
      return `count(DISTINCT ${value})${suffix}`;
    case "min":
    case "max":
      return `${name}(${kindOf(column.type) === "time" ? asTime(column) : value})${suffix}`;
    case "first":
    case "last":
      return over
        ? `${name}_value(${value} IGNORE NULLS) OVER (${over})`
        : `${name}(${value} ORDER BY ${row}) FILTER (${value} IS NOT NULL${when ? ` AND ${when}` : ""})`;
  }
  throw new FacetError(`there is no function '${name}'`);
}
