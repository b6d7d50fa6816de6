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
  const areSingle = isWhole && bins[0]!.upper - low === 1;
  // The middle of one bin may have any number of digits.
  if (bins.length === 1 && !isWhole)
    return {ticks: each, tickFormat: (value: number) => numberTick(Number(value.toPrecision(4)))};
  const ticks =
    bins.length === 1 || (areSingle && bins.length * (room(each.map(String)) + 10) <= width)
      ? each
      : roundTicks(low, high, isWhole, width);
  return {ticks, tickFormat: numberTick};
}

/** Round numbers from the lowest to the highest, as many as have room for their labels. */
function roundTicks(low: number, high: number, isWhole: boolean, width: number): number[] {
  const span = high - low;
  const least = Math.floor(Math.log10(span)) - 1;
  const steps = Array.from({length: 9}, (_, i) => [1, 2, 5][i % 3]! * 10 ** (least + Math.floor(i / 3)));
  const all = steps
    .filter((step) => step <= span && (!isWhole || step >= 1))
    .map((step) => ({step, ticks: multiples(step, low, high)}))
    .filter(({ticks}) => ticks.length);
  const fits = ({step, ticks}: (typeof all)[number]) =>
    room(ticks.map((tick) => numberTick(tick, 0, ticks))) + 12 <= (width * step) / span;
  const chosen = all.find(fits) ?? all.at(-1);
  return chosen?.ticks ?? [low];
}

const multiples = (step: number, low: number, high: number): number[] => {
  const first = Math.ceil(low / step);
  return Array.from({length: Math.floor(high / step) - first + 1}, (_, i) =>
    Number(((first + i) * step).toPrecision(15))
  );
};

export const middleOf = ({lower, upper}: Bin) => (lower + upper) / 2;
