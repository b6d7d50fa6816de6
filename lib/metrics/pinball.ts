// The loss of a forecast quantile.
import {ratio} from "./measure.js";

/**
 * The mean pinball loss of a forecast quantile, in the unit of the values: p (actual − forecast) if the actual value is above
 * it, (1 − p)(forecast − actual) if it is below, where p is the `probability`, a column or one number. At 0.5 it is half the
 * mean absolute error. A row whose probability isn't between 0 and 1 doesn't count.
 *
 * T. Gneiting & A. E. Raftery, Strictly proper scoring rules, prediction, and estimation, Journal of the American Statistical
 * Association 102 (2007), 359–378, section 6.1. The quantile score of fpp3, section 5.9, is twice as much.
 */
export const pinball = /* @__PURE__ */ ratio({
  label: "Pinball loss",
  unit: "values",
  better: "lower",
  reads: ["actual", "forecast", "probability"],
  counts: ([, , probability]) => probability! > 0 && probability! < 1,
  term: ([actual, forecast, probability]) => pinballLoss(actual!, forecast!, probability!),
  sql: ([actual, forecast, probability]) => ({
    counts: `${probability} > 0 AND ${probability} < 1`,
    term: pinballLossSql(actual!, forecast!, probability!)
  })
});

/** The pinball loss of one forecast. */
export function pinballLoss(actual: number, forecast: number, probability: number): number {
  const above = actual - forecast;
  return Math.max(probability * above, (probability - 1) * above);
}

export const pinballLossSql = (actual: string, forecast: string, probability: string | number): string =>
  `greatest(${probability} * (${actual} - ${forecast}), (${probability} - 1) * (${actual} - ${forecast}))`;
