// Interval coverage: how often the actual value is within the forecast's interval.
import {mean, measure} from "./measure.js";

/**
 * The share of actual values within their intervals, ends included. A good 90 % interval covers 0.9: with less it is too
 * narrow, with more it is wider than necessary.
 *
 * P. F. Christoffersen, Evaluating interval forecasts, International Economic Review 39 (1998), 841–862.
 */
export const coverage = measure({
  label: "Interval coverage",
  unit: "share",
  reads: ["actual", "lower", "upper"],
  of: (rows) => mean(rows, ([actual, lower, upper]) => (lower! <= actual! && actual! <= upper! ? 1 : 0)),
  sql: (counts, actual, lower, upper) =>
    `avg(CASE WHEN ${actual} BETWEEN ${lower} AND ${upper} THEN 1 ELSE 0 END) FILTER (WHERE ${counts})`
});
