// Bias: whether forecasts are too high or too low on average.
import {ratio} from "./measure.js";

/**
 * The mean of forecast − actual, in the unit of the values: above zero, forecasts were too high. (The "mean error" of
 * statistics, actual − forecast, has the opposite sign.)
 */
export const bias = /* @__PURE__ */ ratio({
  label: "Bias",
  unit: "values",
  better: "nearer to zero",
  reads: ["actual", "forecast"],
  term: ([actual, forecast]) => forecast! - actual!,
  sql: ([actual, forecast]) => ({term: `${forecast} - ${actual}`})
});

/** Σ(forecast − actual) / Σ|actual|, as a share: above zero, too much was forecast. */
export const relativeBias = /* @__PURE__ */ ratio({
  label: "Relative bias",
  unit: "share",
  better: "nearer to zero",
  reads: ["actual", "forecast"],
  term: ([actual, forecast]) => forecast! - actual!,
  weight: ([actual]) => Math.abs(actual!),
  sql: ([actual, forecast]) => ({term: `${forecast} - ${actual}`, weight: `abs(${actual})`})
});
