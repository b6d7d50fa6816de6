// Residuals: what forecasts left unexplained, by time, and whether it is like noise.
import {identifier} from "../tabular/quote.js";
import type {Data} from "./column.js";
import {chiSquaredAbove} from "./distributions.js";
import {double} from "./measure.js";
import {groupSums, rowOf, timeSumsSql, type Timed} from "./time-sums.js";

/** The residual of a group at a time; it also has the group's columns. */
export interface Residual {
  [by: string]: unknown;
  time: unknown;
  /** The mean of actual − forecast: the statistics' sign, opposite to that of {@link bias}. */
  residual: number;
  pairs: number;
}

/** The residuals of each group in the order of time (fpp3, section 5.3). */
export function residuals(data: Data, options: Timed = {}): Residual[] {
  return groupSums(data, {...options, measure: "bias"}).flatMap(({key, times, pairs, term, weight}) =>
    times.map((time, i) => {
      const row = rowOf(options.by, key) as Residual;
      row.time = time;
      row.pairs = pairs[i]!;
      row.residual = -term[i]! / weight[i]!;
      return row;
    })
  );
}

/** The statement that gives the same rows of a table. */
export const residualsSql = (table: string, options: Timed = {}): string =>
  `SELECT * EXCLUDE (term, weight), -term / weight AS residual FROM (${timeSumsSql(table, {...options, measure: "bias"})})`;

/** The autocorrelation at a lag. */
export interface Lag {
  lag: number;
  /** Between −1 and 1; null for values that don't vary. */
  value: number | null;
}

/**
 * The autocorrelations of values in the order of time, from lag 1: Σ(yₜ − ȳ)(yₜ₋ₖ − ȳ) / Σ(yₜ − ȳ)². Unknown values (null or NaN) keep
 * their places and are left out of the sums. For noise, 95 % of them are within {@link autocorrelationBound}. Up to lag 10 log₁₀ n if
 * `lags` is left out.
 *
 * fpp3, section 2.8.
 */
export function autocorrelation(values: readonly (number | null)[], lags = defaultLags(values)): Lag[] {
  const known = values.filter(isKnown);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const apart = values.map((value) => (isKnown(value) ? value - mean : 0));
  const product = (lag: number) =>
    apart.reduce((sum, value, i) => (i < lag ? 0 : sum + value * apart[i - lag]!), 0);
  const variance = product(0);
  const most = Math.max(0, Math.min(lags, values.length - 1));
  return Array.from({length: most}, (_, k) => ({
    lag: k + 1,
    value: variance ? product(k + 1) / variance : null
  }));
}

/** The statement that gives the same rows of a table with a value a row, for so many lags. */
export function autocorrelationSql(
  table: string,
  {value = "residual", time = "time", lags}: {value?: string; time?: string; lags: number}
): string {
  return `WITH ordered AS (
  SELECT CASE WHEN isfinite(${double(value)}) THEN ${double(value)} END AS v, row_number() OVER (ORDER BY ${identifier(time)}) AS i
  FROM ${identifier(table)}
), apart AS (SELECT i, coalesce(v - (SELECT avg(v) FROM ordered), 0) AS v FROM ordered)
SELECT CAST(k AS INTEGER) AS lag, sum(a.v * b.v) / nullif((SELECT sum(v * v) FROM apart), 0) AS value
FROM range(1, ${lags + 1}) AS lags(k), apart AS a JOIN apart AS b ON b.i = a.i - k
GROUP BY k ORDER BY k`;
}

/** 1.96/√n for n known values: for noise, 95 % of the autocorrelations are within ± this (fpp3, section 2.9). */
export const autocorrelationBound = (values: readonly (number | null)[]): number =>
  1.959963984540054 / Math.sqrt(values.filter(isKnown).length);

/** What the Ljung–Box test found. */
export interface LjungBox {
  statistic: number | null;
  /** The lags less the parameters. */
  degrees: number;
  /** The p-value of there being no autocorrelation up to these lags; null without degrees or variation. */
  pValue: number | null;
}

/**
 * The Ljung–Box test of values in the order of time: n(n + 2) Σ rₖ²/(n − k) over the lags. `parameters` is how many the model of these
 * residuals has fitted. fpp3, section 5.4, advises 10 lags, or 2m with a season of m, and n/5 at most.
 *
 * G. M. Ljung & G. E. P. Box, On a measure of lack of fit in time series models, Biometrika 65 (1978), 297–303.
 */
export function ljungBox(
  values: readonly (number | null)[],
  {lags = 10, parameters = 0}: {lags?: number; parameters?: number} = {}
): LjungBox {
  const found = autocorrelation(values, lags);
  const degrees = Math.max(0, found.length - parameters);
  const n = values.filter(isKnown).length;
  if (!found.length || found.some(({value}) => value === null))
    return {statistic: null, degrees, pValue: null};
  const statistic = n * (n + 2) * found.reduce((sum, {lag, value}) => sum + value! ** 2 / (n - lag), 0);
  return {statistic, degrees, pValue: degrees ? chiSquaredAbove(statistic, degrees) : null};
}

const isKnown = (value: number | null): value is number => value !== null && Number.isFinite(value);

const defaultLags = ({length}: {length: number}) => (length ? Math.floor(10 * Math.log10(length)) : 0);
