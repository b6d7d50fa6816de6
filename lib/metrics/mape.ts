// Mean absolute percentage error.
import {ratio} from "./measure.js";

/**
 * The mean of |actual − forecast| / |actual|, as a share.
 *
 * Rows whose actual value is zero have no percentage error and are left out, which makes the forecasts of a series with
 * zeros look better than they are: use {@link wape} there.
 *
 * R. J. Hyndman & G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. (fpp3), section 5.8.
 */
export const mape = /* @__PURE__ */ ratio({
  label: "MAPE",
  unit: "share",
  better: "lower",
  reads: ["actual", "forecast"],
  counts: ([actual]) => actual !== 0,
  term: ([actual, forecast]) => Math.abs((actual! - forecast!) / actual!),
  sql: ([actual, forecast]) => ({
    counts: `${actual} <> 0`,
    term: `abs((${actual} - ${forecast}) / ${actual})`
  })
});
