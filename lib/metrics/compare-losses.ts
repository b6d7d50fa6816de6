// Whether one version's losses are smaller than another's, by the Diebold–Mariano test.
import type {Data} from "./column.js";
import {dieboldMariano, type DieboldMarianoOptions, type DieboldMarianoResult} from "./diebold-mariano.js";
import {holm} from "./holm.js";
import {pairedSums, pairedVersions, type PairedSums, type Pairing} from "./paired-sums.js";

/** How a version's losses compare with another's. */
export interface LossComparison extends DieboldMarianoResult {
  version: unknown;
  against: string | number;
  /** The p-value adjusted for as many comparisons as there are, see {@link holm}. */
  adjusted: number | null;
  pairs: number;
  times: number;
  /** As in {@link Comparison}. */
  unpaired: number;
  unpairedAgainst: number;
  repeated: number;
}

/** Which forecasts to test, and by which loss. */
export interface LossPairing extends Omit<Pairing, "measure">, DieboldMarianoOptions {
  /** The loss of an error: its `"absolute"` value, or `"squared"`. */
  loss?: "absolute" | "squared";
}

/**
 * Tests each version against the one named `against`, on the mean loss of each time's forecasts: of one series, or, as that is
 * one series too, of several together. Select forecasts of one horizon and give it.
 */
export function compareLosses(data: Data, {loss = "absolute", ...options}: LossPairing): LossComparison[] {
  const measure = loss === "squared" ? "mse" : "mae";
  return compareLossesPaired(pairedSums(data, {...options, measure}), options);
}

/** The same from the sums that `pairedSumsSql` gives, with the measure `"mae"` for absolute losses or `"mse"` for squared ones. */
export function compareLossesPaired(
  sums: Iterable<PairedSums>,
  {against, horizon, confidence}: Pick<Pairing, "against"> & DieboldMarianoOptions
): LossComparison[] {
  const tested = pairedVersions(sums).map(({version, rows, counts}) => {
    const differences = rows.map(
      ({term, weight, againstTerm, againstWeight}) => term / weight - againstTerm / againstWeight
    );
    return {
      version,
      against,
      ...dieboldMariano(differences, {...(horizon && {horizon}), ...(confidence && {confidence})}),
      ...counts
    };
  });
  const adjusted = holm(tested.map(({pValue}) => pValue));
  return tested.map((test, i) => ({...test, adjusted: adjusted[i]!}));
}
