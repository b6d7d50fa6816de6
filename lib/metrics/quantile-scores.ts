// Scores of a whole forecast distribution, given by several of its quantiles, each in a column.
import {checkShare, ratio} from "./measure.js";
import type {RatioMeasure} from "./measure-types.js";
import {pinballLoss, pinballLossSql} from "./pinball.js";

/** The columns of forecast quantiles, each with its probability: `{q10: 0.1, forecast: 0.5, q90: 0.9}`. */
export type Quantiles = Record<string, number>;

/**
 * The weighted interval score of the quantiles, in the unit of the values: twice the mean of their pinball losses, which for a
 * median and K central intervals is (½|actual − median| + Σ αₖ/2 · {@link intervalScore}ₖ) / (K + ½), αₖ = 1 − levelₖ.
 * A row counts if it has the actual value and every quantile.
 *
 * J. Bracher, E. L. Ray, T. Gneiting & N. G. Reich, Evaluating epidemic forecasts in an interval format, PLOS Computational
 * Biology 17 (2021), e1008618.
 */
export const weightedIntervalScore = (quantiles: Quantiles): RatioMeasure =>
  quantileScore("Weighted interval score", quantiles, (all) => all.map(() => 2 / all.length));

/**
 * The continuous ranked probability score from quantiles, in the unit of the values: 2 ∫ pinball loss dp, where each quantile
 * stands for the probabilities nearest to its own. The more quantiles, the nearer to the score of the whole distribution.
 * With levels (k − ½)/K, it is twice the mean of the pinball losses.
 *
 * T. Gneiting & R. Ranjan, Comparing density forecasts using threshold- and quantile-weighted scoring rules, Journal of
 * Business & Economic Statistics 29 (2011), 411–422, section 3; fpp3, section 5.9.
 */
export const crps = (quantiles: Quantiles): RatioMeasure =>
  quantileScore("Continuous ranked probability score", quantiles, (all) =>
    all.map((_, k) => {
      const from = k === 0 ? 0 : (all[k - 1]! + all[k]!) / 2;
      const to = k === all.length - 1 ? 1 : (all[k]! + all[k + 1]!) / 2;
      return 2 * (to - from);
    })
  );

function quantileScore(label: string, quantiles: Quantiles, weigh: (probabilities: number[]) => number[]) {
  const entries = Object.entries(quantiles).sort(([, p], [, q]) => p - q);
  if (!entries.length) throw new RangeError("There are no quantiles: name at least one, such as {q50: 0.5}");
  for (const [name, probability] of entries) checkShare(`probability of "${name}"`, probability);
  const probabilities = entries.map(([, probability]) => probability);
  const weights = weigh(probabilities);
  return ratio({
    label,
    unit: "values",
    better: "lower",
    reads: ["actual"],
    also: entries.map(([name]) => name),
    term: ([actual, ...values]) =>
      values.reduce((sum, value, k) => sum + weights[k]! * pinballLoss(actual!, value, probabilities[k]!), 0),
    sql: ([actual, ...values]) => ({
      term: values
        .map((value, k) => `${weights[k]} * ${pinballLossSql(actual!, value, probabilities[k]!)}`)
        .join(" + ")
    })
  });
}
