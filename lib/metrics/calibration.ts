// Calibration: whether intervals and quantiles hold as often as they say.
import {identifier} from "../tabular/quote.js";
import {numbers, type Data} from "./column.js";
import {normalQuantile} from "./distributions.js";
import {grouped} from "./groups.js";
import {checkShare, double} from "./measure.js";
import type {Quantiles} from "./quantile-scores.js";

/** The columns of an interval, with its nominal level as a share. */
export interface Interval {
  level: number;
  lower: string;
  upper: string;
}

/** What to check: give `intervals` or `quantiles`, or both. */
export interface CalibrationOptions {
  /** Intervals, such as `[{level: 0.8, lower: "lo80", upper: "hi80"}]`: the share of actual values within each. */
  intervals?: Interval[];
  /** Quantiles, such as `{q10: 0.1, q90: 0.9}`: the share of actual values at or below each. */
  quantiles?: Quantiles;
  /** The columns to group by, such as the horizon. */
  by?: string[];
  /** The column of the actual values; `"actual"` if left out. */
  actual?: string;
  /** The confidence level of the shares' intervals; 0.95 if left out. */
  confidence?: number;
}

/** How often something held in a group; it also has the group's columns. */
export interface CalibrationRow {
  [by: string]: unknown;
  of: "interval" | "quantile";
  /** How often it should hold, as a share. */
  nominal: number;
  /** How often it held; null without any pairs. */
  share: number | null;
  /** The binomial interval of the share, by Wilson: a nominal share outside it differs by more than chance, if forecasts are independent. */
  lower: number | null;
  upper: number | null;
  pairs: number;
}

/**
 * Nominal and actual shares of each group, intervals first. Overlapping forecasts aren't independent, so the true uncertainty is
 * larger than the binomial interval.
 *
 * E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American Statistical
 * Association 22 (1927), 209–212; calibration: T. Gneiting, F. Balabdaoui & A. E. Raftery, Journal of the Royal Statistical Society B 69
 * (2007), 243–268.
 */
export function calibration(data: Data, options: CalibrationOptions): CalibrationRow[] {
  const {by = [], actual = "actual", confidence = 0.95} = options;
  const z = zOf(confidence);
  // Each column is read once, however many groups and checks there are.
  const known = new Map<string, number[]>();
  const read = (name: string) => known.get(name) ?? known.set(name, numbers(data, name)).get(name)!;
  const checked = checks(options).map((check) => ({...check, values: [actual, ...check.columns].map(read)}));
  const groups = by.length ? grouped(data, by) : [{key: {}, index: read(actual).keys()}];
  return groups.flatMap(({key, index}) => {
    const rows = [...index];
    return checked.map(({of, nominal, values, holds}) => {
      const {pairs, held} = count(rows, values, holds);
      return {...key, of, nominal, ...wilson(held, pairs, z), pairs};
    });
  });
}

/** How many of the rows have all values, and of how many of these it holds. */
function count(rows: number[], values: number[][], holds: Check["holds"]): {pairs: number; held: number} {
  let [pairs, held] = [0, 0];
  for (const i of rows) {
    const row = values.map((column) => column[i]!);
    if (!row.every(Number.isFinite)) continue;
    ++pairs;
    if (holds(row)) ++held;
  }
  return {pairs, held};
}

/** The statement that gives the same rows of a table. */
export function calibrationSql(table: string, options: CalibrationOptions): string {
  const {by = [], actual = "actual", confidence = 0.95} = options;
  const z = zOf(confidence);
  const keys = by.map((name) => `${identifier(name)}, `).join("");
  const parts = checks(options).map(({of, nominal, columns, holdsSql}, i) => {
    const expressions = [actual, ...columns].map(double);
    const counts = expressions.map((e) => `isfinite(${e})`).join(" AND ");
    const held = `count(*) FILTER (WHERE ${counts} AND ${holdsSql(expressions)})`;
    const n = `count(*) FILTER (WHERE ${counts})`;
    const group = by.length ? ` GROUP BY ${by.map(identifier).join(", ")}` : "";
    return `SELECT ${keys}${i} AS place, '${of}' AS of, CAST(${nominal} AS DOUBLE) AS nominal, CAST(${n} AS INTEGER) AS pairs,
    CAST(${held} AS DOUBLE) / nullif(${n}, 0) AS share FROM ${identifier(table)}${group}`;
  });
  const center = `(share + ${z * z} / (2 * pairs)) / (1 + ${z * z} / pairs)`;
  const reach = `${z} / (1 + ${z * z} / pairs) * sqrt(share * (1 - share) / pairs + ${z * z} / (4 * pairs * pairs))`;
  return `SELECT ${keys}of, nominal, share, ${center} - ${reach} AS lower, ${center} + ${reach} AS upper, pairs
FROM (
  ${parts.join("\n  UNION ALL\n  ")}
) ORDER BY ${[...by.map((name) => `${identifier(name)} NULLS LAST`), "place"].join(", ")}`;
}

/** The Wilson interval of a share of n, at z standard deviations. */
function wilson(held: number, n: number, z: number): Pick<CalibrationRow, "share" | "lower" | "upper"> {
  if (!n) return {share: null, lower: null, upper: null};
  const share = held / n;
  const center = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {share, lower: center - reach, upper: center + reach};
}

function zOf(confidence: number): number {
  checkShare("confidence", confidence);
  return normalQuantile((1 + confidence) / 2);
}

interface Check {
  of: "interval" | "quantile";
  nominal: number;
  columns: string[];
  holds: (row: number[]) => boolean;
  holdsSql: (columns: string[]) => string;
}

function checks({intervals = [], quantiles = {}}: CalibrationOptions): Check[] {
  const found = [
    ...intervals.map(({level, lower, upper}): Check => {
      checkShare("level", level);
      return {
        of: "interval",
        nominal: level,
        columns: [lower, upper],
        holds: ([actual, lower, upper]) => lower! <= actual! && actual! <= upper!,
        holdsSql: ([actual, lower, upper]) => `${actual} BETWEEN ${lower} AND ${upper}`
      };
    }),
    ...Object.entries(quantiles).map(([name, probability]): Check => {
      checkShare(`probability of "${name}"`, probability);
      return {
        of: "quantile",
        nominal: probability,
        columns: [name],
        holds: ([actual, quantile]) => actual! <= quantile!,
        holdsSql: ([actual, quantile]) => `${actual} <= ${quantile}`
      };
    })
  ];
  if (!found.length)
    throw new RangeError(
      'There is nothing to check: give intervals, such as [{level: 0.9, lower: "lower", upper: "upper"}], or quantiles'
    );
  return found.sort((a, b) => Number(a.of > b.of) - Number(a.of < b.of) || a.nominal - b.nominal);
}
