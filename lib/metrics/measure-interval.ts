// How sure a measure is: its interval, by resampling the times.
import type {Data} from "./column.js";
import {measures, type RatioName} from "./measures.js";
import {resample, type Resampling} from "./resample.js";
import {sumOf} from "./sum-deviation.js";
import {timeGroups, timeSums, type Timed, type TimeSums} from "./time-sums.js";

/** A measure of a group with its interval; it also has the group's columns. */
export interface MeasureInterval {
  [by: string]: unknown;
  value: number | null;
  /** Null with fewer than two times. */
  interval: [number, number] | null;
  confidence: number;
  /** How the interval was made: by resampling, or, of more than 5,000 times, by the normal distribution. */
  method: "bootstrap" | "normal";
  pairs: number;
  /** At how many times: what was resampled. With few, say under 20, the interval is too narrow. */
  times: number;
}

/**
 * A measure of each group with its interval, as in {@link compare}: whole times are resampled. With `skill` or `valueAdded` that is the
 * interval of paired differences from the baseline, since both are on the same rows.
 */
export function measureIntervals(
  data: Data,
  options: Timed & Resampling & {measure?: RatioName} = {}
): MeasureInterval[] {
  return measureIntervalsOf(timeSums(data, options), options);
}

/** The same from the sums that `timeSumsSql` gives, with the same options. */
export function measureIntervalsOf(
  sums: readonly TimeSums[],
  {by = [], measure = "wape", ...resampling}: {by?: string[]; measure?: RatioName} & Resampling = {}
): MeasureInterval[] {
  const {ofSums} = measures[measure];
  return timeGroups(sums, by).map(({key, rows}) => {
    const value = (sums: ArrayLike<number>) => ofSums(sums[0]!, sums[1]!);
    const columns = (["term", "weight"] as const).map((name) => Float64Array.from(rows, (row) => row[name]));
    const {interval, method} = resample(columns, value, resampling);
    return {
      ...key,
      value: value(columns.map(sumOf)),
      interval,
      method,
      confidence: resampling.confidence ?? 0.95,
      pairs: rows.reduce((sum, row) => sum + row.pairs, 0),
      times: rows.length
    };
  });
}
