// Mean absolute percentage error.
import {mean, measure} from "./measure.js";

/**
 * The mean of |actual − forecast| / |actual|, as a share.
 *
 * Rows whose actual value is zero have no percentage error and are left out, which makes the forecasts of a series with
 * zeros look better than they are: use {@link wape} there.
 *
 * R. J. Hyndman & G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. (fpp3), section 5.8.
 */
export const mape = measure({
  label: "MAPE",
  unit: "share",
  better: "lower",
  reads: ["actual", "forecast"],
  of: (rows) =>
    mean(
      rows.filter(([actual]) => actual !== 0),
      ([actual, forecast]) => Math.abs((actual! - forecast!) / actual!)
    ),
  sql: (counts, actual, forecast) =>
    `avg(abs((${actual} - ${forecast}) / ${actual})) FILTER (WHERE ${counts} AND ${actual} <> 0)`
});
