// What a measure is, and the columns that measures read.
import type {Data} from "./column.js";

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
  /** What squared errors are scaled by, see {@link rmsse}: a column, or one number for all rows. */
  squaredScale?: string | number;
  /** The forecast to compare with, such as a naive one, see {@link skill}. */
  baseline?: string;
  /** The nominal level of the interval as a share, such as 0.9: a column, or one number for all rows. */
  level?: string | number;
  /** The probability of the forecast quantile, such as 0.9: a column, or one number for all rows. */
  probability?: string | number;
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
  readonly better: "lower" | "higher" | "nearer to zero" | undefined;
  /** The columns that it reads, which are also the parameters of its macro, in this order. */
  readonly reads: readonly (keyof Columns)[];
}

/** A measure that is a ratio of two sums over the rows, Σ term / Σ weight, or the root of one. Resampling needs the sums. */
export interface RatioMeasure extends Measure {
  /** The term and the weight of each row, NaN where the row doesn't count. */
  parts(data: Data, columns?: Columns): {term: Float64Array; weight: Float64Array};
  /** The same in SQL, as expressions of a row, and the condition under which the row counts. */
  partsSql(columns?: Columns): {term: string; weight: string; counts: string};
  /** The measure from its two sums; null if it is undefined. */
  readonly ofSums: (term: number, weight: number) => number | null;
}
