// The stationary bootstrap: how much a figure of a series of times would vary, though neighbouring times are alike.
import {checkShare} from "./measure.js";

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
}

/**
 * Resamples the times 0 to n − 1 in blocks whose lengths are random, geometric with the mean `block`, and whose ends wrap around, and
 * computes the figure of each sample. Samples for which it is null are left out.
 *
 * D. N. Politis & J. P. Romano, The stationary bootstrap, Journal of the American Statistical Association 89 (1994), 1303–1313. The
 * p-value counts the sample itself: A. C. Davison & D. V. Hinkley, Bootstrap Methods and their Application (1997), section 4.4.
 */
export function resample(
  n: number,
  figure: (times: Int32Array) => number | null,
  {confidence = 0.95, repetitions = 1999, block = Math.ceil(Math.cbrt(n)) || 1, seed = 1}: Resampling = {}
): Resampled {
  checkShare("confidence", confidence);
  if (!(block >= 1)) throw new RangeError(`The block is ${block} times long: give it a mean length from 1`);
  if (!Number.isInteger(repetitions) || repetitions < 1)
    throw new RangeError(`There are ${repetitions} repetitions: give a whole number, such as 1999`);
  if (n < 2) return {interval: null, pValue: null};
  const random = generator(seed);
  const times = new Int32Array(n);
  const found: number[] = [];
  for (let repetition = 0; repetition < repetitions; ++repetition) {
    for (let i = 0, time = 0; i < n; ++i) {
      time = i === 0 || random() * block < 1 ? Math.floor(random() * n) : (time + 1) % n;
      times[i] = time;
    }
    const value = figure(times);
    if (value !== null) found.push(value);
  }
  if (!found.length) return {interval: null, pValue: null};
  const sorted = Float64Array.from(found).sort();
  const below = found.filter((value) => value <= 0).length;
  const above = found.filter((value) => value >= 0).length;
  return {
    interval: [quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2)],
    pValue: Math.min(1, (2 * (1 + Math.min(below, above))) / (found.length + 1))
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
