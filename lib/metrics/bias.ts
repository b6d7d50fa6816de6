// Bias: whether forecasts are too high or too low on average.
import {mean, measure, sum} from "./measure.js";

/**
 * The mean of forecast − actual, in the unit of the values: above zero, too much was forecast. (The "mean error" of
 * statistics, actual − forecast, has the opposite sign.)
 */
export const bias = measure({
  label: "Bias",
  unit: "values",
  better: "nearer to zero",
  reads: ["actual", "forecast"],
  of: (rows) => mean(rows, ([actual, forecast]) => forecast! - actual!),
  sql: (counts, actual, forecast) => `avg(${forecast} - ${actual}) FILTER (WHERE ${counts})`
});

/** Σ(forecast − actual) / Σ|actual|, as a share: above zero, too much was forecast. */
export const relativeBias = measure({
  label: "Relative bias",
  unit: "share",
  better: "nearer to zero",
  reads: ["actual", "forecast"],
  of: (rows) => {
    const size = sum(rows, ([actual]) => Math.abs(actual!));
    return size ? sum(rows, ([actual, forecast]) => forecast! - actual!) / size : null;
  },
  sql: (counts, actual, forecast) =>
    `(sum(${forecast} - ${actual}) FILTER (WHERE ${counts}) / nullif(sum(abs(${actual})) FILTER (WHERE ${counts}), 0))`
});
