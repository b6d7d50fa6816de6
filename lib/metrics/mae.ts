// Mean absolute error.
import {ratio} from "./measure.js";

/** The mean of |actual − forecast|, in the unit of the values (fpp3, section 5.8). */
export const mae = /* @__PURE__ */ ratio({
  label: "Mean absolute error",
  unit: "values",
  better: "lower",
  reads: ["actual", "forecast"],
  term: ([actual, forecast]) => Math.abs(actual! - forecast!),
  sql: ([actual, forecast]) => ({term: `abs(${actual} - ${forecast})`})
});
