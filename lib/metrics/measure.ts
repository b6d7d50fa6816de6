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

interface Definition {
  label: string;
  unit: Measure["unit"];
  better?: Measure["better"];
  reads: readonly (keyof Columns)[];
  /** Columns that it always reads after those, whatever the caller's names. */
  also?: readonly string[];
  /** What is summed above the line, of a row's values in the order of `reads`. */
  term: (row: readonly number[]) => number;
  /** What is summed below it; 1 if left out, for a mean. */
  weight?: (row: readonly number[]) => number;
  /** Which complete rows count; all if left out. */
  counts?: (row: readonly number[]) => boolean;
  /** Takes the square root. */
  root?: boolean;
  /** The same in SQL, of the columns as doubles. */
  sql: (columns: string[]) => {term: string; weight?: string; counts?: string};
}

/** A measure that is a ratio of two sums; a mean, if there is no weight. */
export function ratio(definition: Definition): RatioMeasure {
  const {label, unit, better, reads, also = [], term, weight = () => 1, counts = () => true} = definition;
  const namesOf = (columns: Columns = {}) => [...reads.map((role) => named(role, columns[role])), ...also];
  const root = (value: number) => (definition.root ? Math.sqrt(value) : value);
  const ofSums = (term: number, weight: number) => (weight ? root(term / weight) : null);

  const each = (data: Data, columns: Columns | undefined, take: (i: number, row: number[]) => void) =>
    eachComplete(data, namesOf(columns), (i, row) => counts(row) && take(i, row));

  const partsSql = (columns?: Columns) => {
    const expressions = namesOf(columns).map(double);
    const {term, weight = "1", counts} = definition.sql(expressions);
    const conditions = [...expressions.map((e) => `isfinite(${e})`), ...(counts ? [counts] : [])];
    return {term, weight, counts: conditions.join(" AND ")};
  };

  return Object.assign(
    (data: Data, columns?: Columns) => {
      let above = 0;
      let below = 0;
      each(data, columns, (_, row) => {
        above += term(row);
        below += weight(row);
      });
      return ofSums(above, below);
    },
    {
      parts(data: Data, columns?: Columns) {
        const parts: [number, number, number][] = [];
        const length = each(data, columns, (i, row) => parts.push([i, term(row), weight(row)]));
        const result = {term: new Float64Array(length).fill(NaN), weight: new Float64Array(length).fill(NaN)};
        for (const [i, term, weight] of parts) {
          result.term[i] = term;
          result.weight[i] = weight;
        }
        return result;
      },
      sql(columns?: Columns) {
        const {term, weight, counts} = partsSql(columns);
        const value =
          weight === "1"
            ? `avg(${term}) FILTER (WHERE ${counts})`
            : `(sum(${term}) FILTER (WHERE ${counts}) / nullif(sum(${weight}) FILTER (WHERE ${counts}), 0))`;
        return definition.root ? `sqrt(${value})` : value;
      },
      partsSql,
      ofSums,
      label,
      unit,
      better,
      reads
    }
  );
}

/** Calls `take` with the values of each row whose columns all hold finite numbers. The array is the same each time. Gives the number of all rows. */
export function eachComplete(
  data: Data,
  columns: (string | number)[],
  take: (i: number, row: number[]) => void
): number {
  const read = columns.map((name) => (typeof name === "number" ? name : numbers(data, name)));
  const length = Math.max(0, ...read.map((values) => (typeof values === "number" ? 0 : values.length)));
  const row = new Array<number>(columns.length).fill(NaN);
  for (let i = 0; i < length; ++i) {
    let complete = true;
    for (let j = 0; j < read.length; ++j) {
      const values = read[j]!;
      row[j] = typeof values === "number" ? values : values[i]!;
      complete &&= Number.isFinite(row[j]);
    }
    if (complete) take(i, row);
  }
  return length;
}

/** The column or number that a role reads. A level or probability outside 0 to 1 is refused. */
function named(role: keyof Columns, given: string | number = role): string | number {
  if ((role === "level" || role === "probability") && typeof given === "number") checkShare(role, given);
  return given;
}

/** Throws a RangeError that names what isn't a share between 0 and 1, both excluded. */
export function checkShare(name: string, value: number): void {
  if (value > 0 && value < 1) return;
  const meant = value >= 1 && value < 100 ? `${value / 100}` : "0.9";
  throw new RangeError(`The ${name} is ${value}: give it as a share between 0 and 1, such as ${meant}`);
}

/** A column, or a number, as a DuckDB double. */
export const double = (column: string | number) =>
  `CAST(${typeof column === "number" ? `'${column}'` : identifier(column)} AS DOUBLE)`;
