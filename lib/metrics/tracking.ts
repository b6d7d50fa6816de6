// Bias over time: the cumulative error and the tracking signal.
import {identifier} from "../tabular/quote.js";
import type {Data} from "./column.js";
import {groupSums, rowOf, timeSumsSql, type Timed} from "./time-sums.js";

/** The tracking signal's usual limits are ± this. */
export const trackingLimit = 4;

/** The bias up to a time of a group; it also has the group's columns. */
export interface Tracking {
  [by: string]: unknown;
  time: unknown;
  /** How many forecasts of that time. */
  pairs: number;
  /** The mean of forecast − actual at that time: above zero, forecasts were too high. */
  error: number;
  /** The sum of the errors of the times so far. */
  cumulative: number;
  /** The mean of |error| of the times so far (the mean absolute deviation). */
  deviation: number;
  /** cumulative / deviation: beyond ±{@link trackingLimit}, the forecasts are biased; null without any deviation. */
  signal: number | null;
}

/**
 * The bias over time of each group. Errors are forecast − actual as in {@link bias}, so the signal has the opposite sign of a
 * textbook's.
 *
 * R. G. Brown, Smoothing, Forecasting and Prediction of Discrete Time Series (1963); limits of ±4 mean absolute deviations:
 * J. Heizer & B. Render, Operations Management, chapter on forecasting.
 */
export function tracking(data: Data, options: Timed = {}): Tracking[] {
  return groupSums(data, {...options, measure: "bias"}).flatMap(({key, times, pairs, term, weight}) => {
    let [cumulative, absolute] = [0, 0];
    return times.map((time, i) => {
      const error = term[i]! / weight[i]!;
      cumulative += error;
      absolute += Math.abs(error);
      const deviation = absolute / (i + 1);
      const row = rowOf(options.by, key) as Tracking;
      row.time = time;
      row.pairs = pairs[i]!;
      row.error = error;
      row.cumulative = cumulative;
      row.deviation = deviation;
      row.signal = deviation ? cumulative / deviation : null;
      return row;
    });
  });
}

/** The statement that gives the same rows of a table. */
export function trackingSql(table: string, {by = [], ...options}: Timed = {}): string {
  const keys = by.map(identifier);
  const partition = keys.length ? `PARTITION BY ${keys.join(", ")} ` : "";
  const order = [...keys.map((key) => `${key} NULLS LAST`), '"time"'].join(", ");
  return `WITH sums AS (
${timeSumsSql(table, {...options, by, measure: "bias"})}
), running AS (
  SELECT ${[...keys, '"time"'].join(", ")}, pairs, term / weight AS error,
    sum(term / weight) OVER so_far AS cumulative, avg(abs(term / weight)) OVER so_far AS deviation
  FROM sums WINDOW so_far AS (${partition}ORDER BY "time" ROWS UNBOUNDED PRECEDING)
)
SELECT *, cumulative / nullif(deviation, 0) AS signal FROM running ORDER BY ${order}`;
}
