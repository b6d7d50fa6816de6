// The normal distribution beside a histogram.
import type {Bin} from "../../metrics/index.js";

/** The mean. */
export const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
/** The standard deviation of a sample. */
export const deviationOf = (values: number[], mean = meanOf(values)) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));

/** The counts that a normal distribution with the values' mean and standard deviation would have; none if they don't vary. */
export function curveOf(values: number[], bins: Bin[]): {x: number; y: number}[] {
  const [mean, deviation] = [meanOf(values), deviationOf(values)];
  if (!(deviation > 0)) return [];
  const [low, high] = [bins[0]!.lower, bins.at(-1)!.upper];
  const area = (values.length * (high - low)) / bins.length;
  return Array.from({length: 81}, (_, i) => {
    const x = low + ((high - low) * i) / 80;
    return {
      x,
      y: (area * Math.exp(-(((x - mean) / deviation) ** 2) / 2)) / (deviation * Math.sqrt(2 * Math.PI))
    };
  });
}
