// Scaled errors: in units of what the naive forecast's errors were within the history.
import {ratio} from "./measure.js";

/**
 * The mean of |actual − forecast| / scale, where the scale is the {@link naiveError} of the history that the forecast was made
 * from: below 1, it beats the naive forecast's error within that history. Rows whose scale is zero are left out.
 *
 * The scale is a column, `"scale"` by default, or one number if all rows are of one series.
 *
 * R. J. Hyndman & A. B. Koehler, Another look at measures of forecast accuracy, International Journal of Forecasting 22
 * (2006), 679–688; for seasons, fpp3, section 5.8.
 */
export const mase = /* @__PURE__ */ ratio({
  label: "Mean absolute scaled error",
  unit: "ratio",
  better: "lower",
  reads: ["actual", "forecast", "scale"],
  counts: ([, , scale]) => scale !== 0,
  term: ([actual, forecast, scale]) => Math.abs(actual! - forecast!) / scale!,
  sql: ([actual, forecast, scale]) => ({
    counts: `${scale} <> 0`,
    term: `abs(${actual} - ${forecast}) / ${scale}`
  })
});

/**
 * √ of the mean of (actual − forecast)² / squaredScale, where that is the {@link naiveError} of the history with `error:
 * "squared"`: below 1, it beats the naive forecast within that history. Rows whose scale isn't above zero are left out.
 *
 * fpp3, section 5.8; with a season of 1, the measure of the M5 competition (S. Makridakis, E. Spiliotis & V. Assimakopoulos,
 * International Journal of Forecasting 38 (2022), 1346–1364).
 */
export const rmsse = /* @__PURE__ */ ratio({
  label: "Root mean squared scaled error",
  unit: "ratio",
  better: "lower",
  reads: ["actual", "forecast", "squaredScale"],
  counts: ([, , scale]) => scale! > 0,
  term: ([actual, forecast, scale]) => (actual! - forecast!) ** 2 / scale!,
  root: true,
  sql: ([actual, forecast, scale]) => ({
    counts: `${scale} > 0`,
    term: `(${actual} - ${forecast}) * (${actual} - ${forecast}) / ${scale}`
  })
});
