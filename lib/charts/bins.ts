// The bins of a histogram, as they are drawn.
import type {Bin} from "../metrics/index.js";
import {numberTick} from "./format.js";

/** Values that are all alike, except for rounding errors, have one bin, which gets some width: a tenth of the value. */
export function widened(bins: Bin[]): Bin[] {
  if (!bins.length) return bins;
  const [lower, upper] = [bins[0]!.lower, bins.at(-1)!.upper];
  const size = Math.max(Math.abs(lower), Math.abs(upper));
  if (upper - lower > size * 1e-9) return bins;
  const half = size / 20 || 0.5;
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  return [{lower: lower - half, upper: upper + half, count}];
}

const day = 86_400_000;

/** Times that are all alike have one bin, which is drawn as the day in UTC that they are on. */
export function widenedToDay(bins: Bin[]): Bin[] {
  const [first] = bins;
  if (!first || bins.at(-1)!.upper > first.lower) return bins;
  const lower = day * Math.floor(first.lower / day);
  return [{...first, lower, upper: lower + day}];
}

/** The axis of bins of numbers: with a tick for each bin of one whole number, where their labels have room. */
export function ticksOf(bins: Bin[], isWhole: boolean, most: number) {
  const each = bins.map(middleOf);
  const [low, high] = [bins[0]!.lower, bins.at(-1)!.upper];
  const areSingle = isWhole && each.every(Number.isInteger) && bins[0]!.upper - low === 1;
  const ticks = areSingle && bins.length <= 2.5 * most ? each : isWhole ? Math.min(most, high - low) : most;
  return {ticks, tickFormat: numberTick};
}

export const middleOf = ({lower, upper}: Bin) => (lower + upper) / 2;
