// Interval coverage: how often the actual value is within the forecast's interval.
import {ratio} from "./measure.js";

/**
 * The share of actual values within their intervals, ends included. A good 90 % interval covers 0.9: with less it is too
 * narrow, with more it is wider than necessary.
 *
 * P. F. Christoffersen, Evaluating interval forecasts, International Economic Review 39 (1998), 841–862.
 */
export const coverage = /* @__PURE__ */ ratio({
  label: "Interval coverage",
  unit: "share",
  reads: ["actual", "lower", "upper"],
  term: ([actual, lower, upper]) => (lower! <= actual! && actual! <= upper! ? 1 : 0),
  sql: ([actual, lower, upper]) => ({
    term: `CASE WHEN ${actual} BETWEEN ${lower} AND ${upper} THEN 1 ELSE 0 END`
  })
});
