// Whether one version is better than another, or by chance: the difference of a measure with its interval.
import type {Data} from "./column.js";
import {holm} from "./holm.js";
import {measures, type RatioName} from "./measures.js";
import {pairedSums, pairedVersions, type PairedSums, type Pairing} from "./paired-sums.js";
import {resample, type Resampling} from "./resample.js";
import {sumOf} from "./sum-deviation.js";

/** How a version compares with another, over the forecasts that both have. */
export interface Comparison {
  version: unknown;
  against: string | number;
  measure: RatioName;
  /** The measure of the version; null if there are no pairs or it is undefined. */
  value: number | null;
  /** That of the other version. */
  againstValue: number | null;
  /** value − againstValue: below zero, the version has the smaller errors, if lower is better. */
  difference: number | null;
  /** The interval of the difference. */
  interval: [number, number] | null;
  confidence: number;
  /** The two-sided p-value of no difference. */
  pValue: number | null;
  /** The same, adjusted for as many comparisons as there are, see {@link holm}. */
  adjusted: number | null;
  /** How the interval and the p-value were made: by resampling, or, of more than 5,000 times, by the normal distribution. */
  method: "bootstrap" | "normal";
  pairs: number;
  /** At how many times there are pairs: what was resampled. With few, say under 20, an interval is too narrow. */
  times: number;
  /** How many forecasts only this version has; they weren't compared. */
  unpaired: number;
  /** How many only the other version has. */
  unpairedAgainst: number;
  /** How many forecasts exist several times, and so couldn't be paired: name more columns in `by`. */
  repeated: number;
}

/**
 * Compares each version with the one named `against`, by a paired bootstrap: `compare(rows, {against: "mstl", by:
 * ["sector", "horizon"], time: "month", measure: "wape"})`. Whole times are resampled, with all their forecasts of
 * both versions, in blocks: so the interval isn't too narrow although series move together and neighboring times are
 * similar. If forecasts of several origins overlap, set `block` to at least the horizon.
 */
export function compare(data: Data, options: Pairing & Resampling): Comparison[] {
  return comparePaired(pairedSums(data, options), options);
}

/** The same from the sums that `pairedSumsSql` gives, with the same options. */
export function comparePaired(
  sums: Iterable<PairedSums>,
  {against, measure = "wape", ...resampling}: Pick<Pairing, "against" | "measure"> & Resampling
): Comparison[] {
  const {confidence = 0.95} = resampling;
  const {ofSums} = measures[measure];
  const compared = pairedVersions(sums).map(({version, rows, counts}) => {
    const values = (sums: ArrayLike<number>) => {
      const [value, againstValue] = [ofSums(sums[0]!, sums[1]!), ofSums(sums[2]!, sums[3]!)];
      const both = value !== null && againstValue !== null;
      return {value, againstValue, difference: both ? value - againstValue : null};
    };
    const columns = summed.map((name) => Float64Array.from(rows, (row) => row[name]));
    return {
      version,
      against,
      measure,
      ...values(columns.map(sumOf)),
      ...resample(columns, (sums) => values(sums).difference, resampling),
      confidence,
      ...counts
    };
  });
  const adjusted = holm(compared.map(({pValue}) => pValue));
  return compared.map((comparison, i) => ({...comparison, adjusted: adjusted[i]!}));
}

const summed = ["term", "weight", "againstTerm", "againstWeight"] as const;
