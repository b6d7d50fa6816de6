// The bins of a histogram, as they are drawn.
import type {Bin} from "../metrics/index.js";
import {numberTick} from "./format.js";
import {room} from "./frame.js";

/** Values that are all alike, except for rounding errors, have one bin, which gets some width: a tenth of the value. */
export function widened(bins: Bin[]): Bin[] {
  if (!bins.length) return bins;
  const [lower, upper] = [bins[0]!.lower, bins.at(-1)!.upper];
  if (!areAlike(lower, upper)) return bins;
  const half = Math.max(Math.abs(lower), Math.abs(upper)) / 20 || 0.5;
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  return [{lower: lower - half, upper: upper + half, count}];
}

/** Whether values from the lowest to the highest differ by no more than rounding errors. */
export const areAlike = (low: number, high: number): boolean =>
  high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high));

const day = 86_400_000;

/** Times that are all alike have one bin, which is drawn as the day in UTC that they are on. */
export function widenedToDay(bins: Bin[]): Bin[] {
  const [first] = bins;
  if (!first || bins.at(-1)!.upper > first.lower) return bins;
  const lower = day * Math.floor(first.lower / day);
  return [{...first, lower, upper: lower + day}];
}

/** The axis of bins of numbers over so many pixels: with a tick for each bin of one whole number, where their labels have room. */
export function ticksOf(bins: Bin[], isWhole: boolean, width: number) {
  const [low, high] = [bins[0]!.lower, bins.at(-1)!.upper];
  const each = bins.map(middleOf);
  const labels = [low, (low + high) / 2, high].map((end) => numberTick(Number(end.toPrecision(3))));
  const most = Math.max(2, Math.floor(width / Math.max(70, room(labels) + 36)));
  const areSingle = isWhole && bins[0]!.upper - low === 1;
  const ticks =
    bins.length === 1 || (areSingle && bins.length * (room(each.map(String)) + 10) <= width)
      ? each
      : isWhole
        ? Math.min(most, high - low)
        : most;
  return {ticks, tickFormat: numberTick};
}

export const middleOf = ({lower, upper}: Bin) => (lower + upper) / 2;
