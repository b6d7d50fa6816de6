// Weighted absolute percentage error, also known as weighted MAPE and as MAD/mean.
import {measure, sum} from "./measure.js";

/**
 * Σ|actual − forecast| / Σ|actual|, as a share: percentage errors weighted by the actual values, so that zeros count and
 * small values don't dominate.
 *
 * S. Kolassa & W. Schütz, Advantages of the MAD/Mean ratio over the MAPE, Foresight 6 (2007), 40–43.
 */
export const wape = measure({
  label: "Weighted MAPE",
  unit: "share",
  better: "lower",
  reads: ["actual", "forecast"],
  of: (rows) => {
    const size = sum(rows, ([actual]) => Math.abs(actual!));
    return size ? sum(rows, ([actual, forecast]) => Math.abs(actual! - forecast!)) / size : null;
  },
  sql: (counts, actual, forecast) =>
    `(sum(abs(${actual} - ${forecast})) FILTER (WHERE ${counts}) / nullif(sum(abs(${actual})) FILTER (WHERE ${counts}), 0))`
});
