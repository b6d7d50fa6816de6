// Weighted absolute percentage error, also known as weighted MAPE and as MAD/mean.
import {ratio} from "./measure.js";

/**
 * Σ|actual − forecast| / Σ|actual|, as a share: percentage errors weighted by the actual values, so that zeros count and
 * small values don't dominate.
 *
 * S. Kolassa & W. Schütz, Advantages of the MAD/Mean ratio over the MAPE, Foresight 6 (2007), 40–43.
 */
export const wape = /* @__PURE__ */ ratio({
  label: "Weighted MAPE",
  unit: "share",
  better: "lower",
  reads: ["actual", "forecast"],
  term: ([actual, forecast]) => Math.abs(actual! - forecast!),
  weight: ([actual]) => Math.abs(actual!),
  sql: ([actual, forecast]) => ({term: `abs(${actual} - ${forecast})`, weight: `abs(${actual})`})
});
