// Mean absolute scaled error, and the scale.
import {column, numbers, type Data} from "./column.js";
import {double, mean, measure} from "./measure.js";
import {identifier} from "../tabular/quote.js";
import {ascending} from "./order.js";

/**
 * The mean of |actual − forecast| / scale, where the scale is the {@link naiveError} of the history that the forecast was made
 * from: below 1, it beats the naive forecast's error within that history. Rows whose scale is zero are left out.
 *
 * The scale is a column, `"scale"` by default, or one number if all rows are of one series.
 *
 * R. J. Hyndman & A. B. Koehler, Another look at measures of forecast accuracy, International Journal of Forecasting 22
 * (2006), 679–688; for seasons, fpp3, section 5.8.
 */
export const mase = measure({
  label: "Mean absolute scaled error",
  unit: "ratio",
  better: "lower",
  reads: ["actual", "forecast", "scale"],
  of: (rows) =>
    mean(
      rows.filter(([, , scale]) => scale !== 0),
      ([actual, forecast, scale]) => Math.abs(actual! - forecast!) / scale!
    ),
  sql: (counts, actual, forecast, scale) =>
    `avg(abs(${actual} - ${forecast}) / ${scale}) FILTER (WHERE ${counts} AND ${scale} <> 0)`
});

/** The columns and season of a series' history. */
export interface History {
  /** The column of the values. */
  actual?: string;
  /** The column to order the rows by; in TypeScript, without it, rows keep their order. */
  time?: string;
  /** How many rows back the naive forecast looks: 1, or the length of the season, such as 12 for months. */
  season?: number;
}

/**
 * The mean absolute error of the (seasonal) naive forecast within a history: the mean of |yₜ − yₜ₋ₘ|, where m is the `season`.
 * It takes rows by their position, so every period must have a row, with null for an unknown value; a
 * difference counts if both values are known. Null if there is none.
 */
export function naiveError(data: Data, {actual = "actual", time, season = 1}: History = {}): number | null {
  checkSeason(season);
  const values = numbers(data, actual);
  const times = time === undefined ? undefined : column(data, time);
  const order = values.map((_, i) => i);
  if (times) order.sort((i, j) => ascending(times[i], times[j]));
  const steps = order.slice(season).map((i, k) => [values[i]! - values[order[k]!]!]);
  return mean(
    steps.filter(([step]) => Number.isFinite(step)),
    ([step]) => Math.abs(step!)
  );
}

/** {@link naiveError} as a DuckDB aggregate, for one history or for each of a GROUP BY. */
export function naiveErrorSql({actual = "actual", time = "time", season = 1}: History = {}): string {
  checkSeason(season);
  const values = `list(${double(actual)} ORDER BY ${identifier(time)})`;
  const later = `${values}[${season + 1}:]`;
  const pairs = `list_zip(${later}, ${values}[:len(${later})])`;
  return `list_avg([abs(pair[1] - pair[2]) FOR pair IN ${pairs} IF isfinite(pair[1] - pair[2])])`;
}

function checkSeason(season: number): void {
  if (!Number.isInteger(season) || season < 1)
    throw new RangeError(
      `The season is ${season}: give it a whole number of rows from 1, such as 12 for months`
    );
}
