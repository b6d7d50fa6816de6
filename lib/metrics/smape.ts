// Symmetric mean absolute percentage error.
import {ratio} from "./measure.js";

/**
 * The mean of 2 |actual − forecast| / (|actual| + |forecast|), as a share between 0 and 2. If both are zero the forecast
 * is right, and the error is zero.
 *
 * S. Makridakis, Accuracy measures: theoretical and practical concerns, International Journal of Forecasting 9 (1993),
 * 527–529, with the absolute values in the denominator that the M4 competition put there (S. Makridakis, E. Spiliotis & V.
 * Assimakopoulos, International Journal of Forecasting 36 (2020), 54–74).
 */
export const smape = /* @__PURE__ */ ratio({
  label: "Symmetric MAPE",
  unit: "share",
  better: "lower",
  reads: ["actual", "forecast"],
  term: ([actual, forecast]) => {
    const size = Math.abs(actual!) + Math.abs(forecast!);
    return size ? (2 * Math.abs(actual! - forecast!)) / size : 0;
  },
  sql: ([actual, forecast]) => ({
    term: `coalesce(2 * abs(${actual} - ${forecast}) / nullif(abs(${actual}) + abs(${forecast}), 0), 0)`
  })
});
