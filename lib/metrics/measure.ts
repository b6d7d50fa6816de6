// Defines an accuracy measure: once in TypeScript and once in SQL, over the same columns and the same rows.
import {identifier} from "../tabular/quote.js";
import {numbers, type Data} from "./column.js";

/** The names of the columns that a measure reads; by default they are called as here. */
export interface Columns {
  actual?: string;
  forecast?: string;
  /** The lower end of the forecast's interval. */
  lower?: string;
  /** The upper end of the forecast's interval. */
  upper?: string;
  /** What errors are scaled by, see {@link mase}: a column, or one number for all rows. */
  scale?: string | number;
}

/**
 * An accuracy measure. It uses only rows whose columns all hold finite numbers: a month that isn't over has no actual value
 * yet, and a method may have no forecast for one. Without such rows the measure is null, in TypeScript and in SQL
 * alike.
 */
export interface Measure {
  /** Computes the measure of these forecasts. */
  (data: Data, columns?: Columns): number | null;
  /** The same as a DuckDB aggregate, for a SELECT with or without GROUP BY. */
  sql(columns?: Columns): string;
  /** Its name for people, such as "Weighted MAPE". */
  readonly label: string;
  /**
   * What its numbers are: a `share`, where 0.05 is 5 %; in the unit of the `values`, or that `squared`; a plain `ratio`; or a
   * `count`.
   */
  readonly unit: "share" | "values" | "squared" | "ratio" | "count";
  /** Which of two values is better; undefined for a count, and for coverage, whose nominal value isn't known here. */
  readonly better: "lower" | "nearer to zero" | undefined;
  /** The columns that it reads, which are also the parameters of its macro, in this order. */
  readonly reads: readonly (keyof Columns)[];
}

interface Definition {
  label: string;
  unit: Measure["unit"];
  better?: Measure["better"];
  reads: readonly (keyof Columns)[];
  /** Computes it from the complete rows, each a tuple of the columns read. */
  of: (rows: number[][]) => number | null;
  /** The same in SQL, from the condition for complete rows and the columns as doubles. */
  sql: (counts: string, ...columns: string[]) => string;
}

export function measure({label, unit, better, reads, of, sql}: Definition): Measure {
  const columnsOf = (columns: Columns = {}) => reads.map((name) => columns[name] ?? name);
  return Object.assign((data: Data, columns?: Columns) => of(complete(data, columnsOf(columns))), {
    sql(columns?: Columns) {
      const expressions = columnsOf(columns).map(double);
      return sql(expressions.map((e) => `isfinite(${e})`).join(" AND "), ...expressions);
    },
    label,
    unit,
    better,
    reads
  });
}

function complete(data: Data, columns: (string | number)[]): number[][] {
  const read = columns.map((name) => (typeof name === "number" ? name : numbers(data, name)));
  const length = Math.max(0, ...read.map((values) => (typeof values === "number" ? 0 : values.length)));
  return Array.from({length}, (_, i) =>
    read.map((values) => (typeof values === "number" ? values : values[i]!))
  ).filter((row) => row.every(Number.isFinite));
}

/** The mean of `term` over the rows, or null if there are none. */
export function mean(rows: number[][], term: (row: number[]) => number): number | null {
  return rows.length ? sum(rows, term) / rows.length : null;
}

export function sum(rows: number[][], term: (row: number[]) => number): number {
  return rows.reduce((total, row) => total + term(row), 0);
}

/** A column, or a number, as a DuckDB double. */
export const double = (column: string | number) =>
  `CAST(${typeof column === "number" ? `'${column}'` : identifier(column)} AS DOUBLE)`;
