// Mean absolute error.
import {mean, measure} from "./measure.js";

/** The mean of |actual − forecast|, in the unit of the values (fpp3, section 5.8). */
export const mae = measure({
  label: "Mean absolute error",
  unit: "values",
  better: "lower",
  reads: ["actual", "forecast"],
  of: (rows) => mean(rows, ([actual, forecast]) => Math.abs(actual! - forecast!)),
  sql: (counts, actual, forecast) => `avg(abs(${actual} - ${forecast})) FILTER (WHERE ${counts})`
});
