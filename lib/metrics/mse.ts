// Mean squared error, and its root.
import {mean, measure} from "./measure.js";

/** The mean of (actual − forecast)², in the unit of the values squared (fpp3, section 5.8). */
export const mse = measure({
  label: "Mean squared error",
  unit: "squared",
  better: "lower",
  reads: ["actual", "forecast"],
  of: meanSquare,
  sql: meanSquareSql
});

/** The square root of {@link mse}, in the unit of the values (fpp3, section 5.8). */
export const rmse = measure({
  label: "Root mean squared error",
  unit: "values",
  better: "lower",
  reads: ["actual", "forecast"],
  of: (rows) => {
    const square = meanSquare(rows);
    return square === null ? null : Math.sqrt(square);
  },
  sql: (...columns) => `sqrt(${meanSquareSql(...columns)})`
});

function meanSquare(rows: number[][]): number | null {
  return mean(rows, ([actual, forecast]) => (actual! - forecast!) ** 2);
}

function meanSquareSql(counts: string, actual?: string, forecast?: string): string {
  return `avg((${actual} - ${forecast}) * (${actual} - ${forecast})) FILTER (WHERE ${counts})`;
}
