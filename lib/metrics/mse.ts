// Mean squared error, and its root.
import {ratio} from "./measure.js";

const square = ([actual, forecast]: readonly number[]) => (actual! - forecast!) ** 2;
const squareSql = ([actual, forecast]: string[]) => ({
  term: `(${actual} - ${forecast}) * (${actual} - ${forecast})`
});

/** The mean of (actual − forecast)², in the unit of the values squared (fpp3, section 5.8). */
export const mse = /* @__PURE__ */ ratio({
  label: "Mean squared error",
  unit: "squared",
  better: "lower",
  reads: ["actual", "forecast"],
  term: square,
  sql: squareSql
});

/** The square root of {@link mse}, in the unit of the values (fpp3, section 5.8). */
export const rmse = /* @__PURE__ */ ratio({
  label: "Root mean squared error",
  unit: "values",
  better: "lower",
  reads: ["actual", "forecast"],
  term: square,
  root: true,
  sql: squareSql
});
