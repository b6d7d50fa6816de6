// The bins of a histogram, as they are drawn.
import type {Bin} from "../metrics/index.js";

/**
 * Values that are all alike, except for rounding errors, have one bin, which gets some width: a tenth of the value,
 * or `width`.
 */
export function widened(bins: Bin[], width?: number): Bin[] {
  if (!bins.length) return bins;
  const [lower, upper] = [bins[0]!.lower, bins.at(-1)!.upper];
  const size = Math.max(Math.abs(lower), Math.abs(upper));
  if (upper - lower > (width === undefined ? size * 1e-9 : 0)) return bins;
  const half = width === undefined ? size / 20 || 0.5 : width / 2;
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  return [{lower: lower - half, upper: upper + half, count}];
}

export const middleOf = ({lower, upper}: Bin) => (lower + upper) / 2;
