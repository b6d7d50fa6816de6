// How many values become one, as SQL.
import {exactMean, exactSum, sortedSpread} from "./exact-sum.js";
import {FacetError} from "./failure.js";
import {identifier} from "../../tabular/quote.js";
import {asNumber, asTime, type Column, isWhole, kindOf} from "./table.js";

interface Options {
  /** SQL that numbers the rows; `first` and `last` go by it. */
  row?: string;
  /** Makes it a window function. */
  over?: string;
}

/** Functions that go by the order of rows. */
export const needsOrder = (name: string) => name === "first" || name === "last";

/** Functions of numbers; the others take any values that have an order. */
const ofNumbers = new Set(["sum", "mean", "median", "std", "var"]);

/** An aggregate function, by its name in the specs, of a column. Missing values don't count. */
export function aggregate(name: string, column: Column, {row, over}: Options): string {
  const value = identifier(column.name);
  const suffix = over ? ` OVER (${over})` : "";
  if (ofNumbers.has(name)) return ofNumber(name, column, suffix, over !== undefined);
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
        : `${name}(${value} ORDER BY ${row}) FILTER (${value} IS NOT NULL)`;
  }
  throw new FacetError(`there is no function '${name}'`);
}

function ofNumber(name: string, column: Column, suffix: string, sliding: boolean): string {
  const number = asNumber(column);
  switch (name) {
    case "sum":
      // Of whole numbers and of decimals sums are exact by themselves.
      return isFraction(column) ? exactSum(number, suffix) : `sum(${number})${suffix}`;
    case "mean":
      return isWhole(column.type) ? `avg(${number})${suffix}` : exactMean(`${number}::DOUBLE`, suffix);
    case "median":
      return `median(${number})${suffix}`;
    default: {
      const spread = name === "std" ? "stddev_samp" : "var_samp";
      // A window's values come in order.
      return sliding ? `${spread}(${number})${suffix}` : sortedSpread(spread, number, suffix);
    }
  }
}

const isFraction = ({type}: Column) => type === "DOUBLE" || type === "FLOAT";
