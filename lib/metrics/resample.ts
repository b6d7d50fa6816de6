// The stationary bootstrap: how much a figure of a series of times would vary, though neighboring times are similar.
import {normalBelow, normalQuantile} from "./distributions.js";
import {checkShare} from "./measure.js";
import {deviationOf} from "./sum-deviation.js";

/** How to resample. */
export interface Resampling {
  /** The confidence level of the interval as a share; 0.95 if left out. */
  confidence?: number;
  /** How many samples are drawn; 1999 if left out. */
  repetitions?: number;
  /** The mean length of a block in times: take the horizon at least. ⌈∛n⌉ of n times if left out, 1 for independent times. */
  block?: number;
  /** The same seed gives the same interval; 1 if left out. */
  seed?: number;
}

/** What resampling says about a figure. */
export interface Resampled {
  /** Its percentile interval; null with fewer than two times, or if the figure is never defined. */
  interval: [number, number] | null;
  /** The two-sided p-value of its being zero, which agrees with the interval; null as that. */
  pValue: number | null;
  /** How both were made: `"normal"` beyond {@link mostResampled} times. */
  method: "bootstrap" | "normal";
}

/** Samples of more times than these are so nearly normal that none are drawn: 1999 of a million take 11 s. */
export const mostResampled = 5000;

/**
 * Resamples times in blocks whose lengths are random, geometric with the mean `block`, and whose ends wrap around, and computes the
 * figure of each sample: of its sums of the columns, which have a value for each time. Samples for which it is null are left out.
 * Of more than {@link mostResampled} times, the interval is of the normal distribution with the variance that such samples have.
 *
 * D. N. Politis & J. P. Romano, The stationary bootstrap, Journal of the American Statistical Association 89 (1994), 1303–1313. The
 * p-value counts the sample itself: A. C. Davison & D. V. Hinkley, Bootstrap Methods and their Application (1997), section 4.4.
 */
export function resample(
  columns: readonly Float64Array[],
  figure: (sums: Float64Array) => number | null,
  {confidence = 0.95, repetitions = 1999, block, seed = 1}: Resampling = {}
): Resampled {
  const n = columns[0]?.length ?? 0;
  const mean = block ?? (Math.ceil(Math.cbrt(n)) || 1);
  checkShare("confidence", confidence);
  if (!(mean >= 1)) throw new RangeError(`The block is ${mean} times long: give it a mean length from 1`);
  if (!Number.isInteger(repetitions) || repetitions < 1)
    throw new RangeError(`There are ${repetitions} repetitions: give a whole number, such as 1999`);
  if (n > mostResampled) return normal(columns, figure, {confidence, block: mean});
  const none = {interval: null, pValue: null, method: "bootstrap"} as const;
  if (n < 2) return none;
  const draw = sampler(columns, mean, generator(seed));
  const found: number[] = [];
  for (let repetition = 0; repetition < repetitions; ++repetition) {
    const value = figure(draw());
    if (value !== null) found.push(value);
  }
  if (!found.length) return none;
  const sorted = Float64Array.from(found).sort();
  const below = found.filter((value) => value <= 0).length;
  const above = found.filter((value) => value >= 0).length;
  return {
    interval: [quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2)],
    pValue: Math.min(1, (2 * (1 + Math.min(below, above))) / (found.length + 1)),
    method: "bootstrap"
  };
}

/** A function that draws a sample and gives its sums, always in the same array. */
function sampler(columns: readonly Float64Array[], block: number, random: () => number): () => Float64Array {
  const n = columns[0]!.length;
  const sums = new Float64Array(columns.length);
  // A block goes on with the probability 1 − 1/block.
  const scale = 1 / Math.log1p(-1 / block);
  return () => {
    sums.fill(0);
    for (let left = n, length; left > 0; left -= length) {
      const start = Math.floor(random() * n);
      length = Math.min(left, 1 + Math.floor(Math.log(1 - random()) * scale));
      const end = Math.min(n, start + length);
      const wrapped = start + length - end;
      for (let c = 0; c < sums.length; ++c) {
        const column = columns[c]!;
        let sum = 0;
        for (let i = start; i < end; ++i) sum += column[i]!;
        for (let i = 0; i < wrapped; ++i) sum += column[i]!;
        sums[c]! += sum;
      }
    }
    return sums;
  };
}

function normal(
  columns: readonly Float64Array[],
  figure: (sums: Float64Array) => number | null,
  {confidence, block}: {confidence: number; block: number}
): Resampled {
  const {value, deviation} = deviationOf(columns, figure, block);
  if (value === null) return {interval: null, pValue: null, method: "normal"};
  const reach = normalQuantile((1 + confidence) / 2) * deviation;
  return {
    interval: [value - reach, value + reach],
    pValue: deviation ? 2 * normalBelow(-Math.abs(value) / deviation) : value ? 0 : 1,
    method: "normal"
  };
}

/** The quantile of sorted values, between the nearest two in proportion, as `quantile_cont` of SQL. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const place = (sorted.length - 1) * p;
  const low = Math.floor(place);
  const [a, b] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  return a + (b - a) * (place - low);
}

/** Random numbers from 0 to 1, the same for the same seed: mulberry32 (T. Ettinger, 2017, public domain). */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
