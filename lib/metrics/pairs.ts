// The number of forecasts that an accuracy is computed from.
import {measure} from "./measure.js";

/** The number of rows with both an actual value and a forecast. */
export const pairs = measure({
  label: "Forecasts",
  unit: "count",
  reads: ["actual", "forecast"],
  of: (rows) => rows.length,
  sql: (counts) => `count(*) FILTER (WHERE ${counts})`
});
