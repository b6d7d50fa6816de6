// The error of the naive forecast within a history, which scaled errors are scaled by.
import {column, numbers, type Data} from "./column.js";
import {double} from "./measure.js";
import {identifier} from "../tabular/quote.js";
import {ascending} from "./order.js";

/** The columns and season of a series' history. */
export interface History {
  /** The column of the values. */
  actual?: string;
  /** The column to order the rows by; in TypeScript, without it, rows keep their order. */
  time?: string;
  /** How many rows back the naive forecast looks: 1, or the length of the season, such as 12 for months. */
  season?: number;
  /** Which error: the mean `"absolute"` one, for {@link mase}, or the mean `"squared"` one, for {@link rmsse}. */
  error?: "absolute" | "squared";
}

/**
 * The mean absolute error of the (seasonal) naive forecast within a history: the mean of |yₜ − yₜ₋ₘ|, where m is the `season`;
 * or, with `error: "squared"`, the mean of (yₜ − yₜ₋ₘ)². It takes rows by their position, so every period must have a row, with
 * null for an unknown value; a difference counts if both values are known. Null if there is none.
 */
export function naiveError(
  data: Data,
  {actual = "actual", time, season = 1, error = "absolute"}: History = {}
): number | null {
  checkSeason(season);
  const values = numbers(data, actual);
  const order = values.map((_, i) => i);
  if (time !== undefined) {
    const times = column(data, time);
    order.sort((i, j) => ascending(times[i], times[j]));
  }
  let total = 0;
  let count = 0;
  for (let k = season; k < order.length; ++k) {
    const step = values[order[k]!]! - values[order[k - season]!]!;
    if (!Number.isFinite(step)) continue;
    total += error === "squared" ? step * step : Math.abs(step);
    ++count;
  }
  return count ? total / count : null;
}

/** {@link naiveError} as a DuckDB aggregate, for one history or for each of a GROUP BY. */
export function naiveErrorSql({
  actual = "actual",
  time = "time",
  season = 1,
  error = "absolute"
}: History = {}): string {
  checkSeason(season);
  const values = `list(${double(actual)} ORDER BY ${identifier(time)})`;
  const later = `${values}[${season + 1}:]`;
  const pairs = `list_zip(${later}, ${values}[:len(${later})])`;
  const step = "pair[1] - pair[2]";
  const size = error === "squared" ? `(${step}) * (${step})` : `abs(${step})`;
  return `list_avg([${size} FOR pair IN ${pairs} IF isfinite(${step})])`;
}

/** Throws a RangeError that names a season which isn't a whole number of rows. */
export function checkSeason(season: number): void {
  if (!Number.isInteger(season) || season < 1)
    throw new RangeError(
      `The season is ${season}: give it a whole number of rows from 1, such as 12 for months`
    );
}
