// The Diebold–Mariano test: whether two forecasts are equally good.
import {studentBeyond, studentQuantile} from "./distributions.js";
import {checkShare} from "./measure.js";

/** How to test. */
export interface DieboldMarianoOptions {
  /** How many steps ahead the forecasts are: errors up to horizon − 1 steps apart may be alike. 1 if left out. */
  horizon?: number;
  /** The confidence level of the interval as a share; 0.95 if left out. */
  confidence?: number;
}

/** What the test found. */
export interface DieboldMarianoResult {
  /** The mean difference of the losses. */
  difference: number | null;
  /** Its interval, by Student's t; null as the statistic. */
  interval: [number, number] | null;
  confidence: number;
  /** The corrected statistic, of Student's t; null with too few times for the horizon, or if the differences don't vary. */
  statistic: number | null;
  /** The two-sided p-value of equal losses; null as the statistic. */
  pValue: number | null;
  degrees: number;
  /**
   * How the variance was estimated: from the autocovariances up to horizon − 1, as in the paper, or, where these give none above
   * zero, with Bartlett's weights.
   */
  variance: "autocovariances" | "Bartlett";
}

/**
 * The test on loss differences in the order of time, loss − other loss: below zero, the first has the smaller losses.
 *
 * F. X. Diebold & R. S. Mariano, Comparing predictive accuracy, Journal of Business & Economic Statistics 13 (1995), 253–263, with
 * the correction for small samples of D. Harvey, S. Leybourne & P. Newbold, Testing the equality of prediction mean squared errors,
 * International Journal of Forecasting 13 (1997), 281–291.
 */
export function dieboldMariano(
  differences: readonly number[],
  {horizon: h = 1, confidence = 0.95}: DieboldMarianoOptions = {}
): DieboldMarianoResult {
  checkShare("confidence", confidence);
  if (!Number.isInteger(h) || h < 1)
    throw new RangeError(`The horizon is ${h}: give it a whole number of steps from 1`);
  const n = differences.length;
  const degrees = Math.max(0, n - 1);
  const mean = n ? differences.reduce((sum, d) => sum + d, 0) / n : null;
  const result = {difference: mean, confidence, degrees};
  const correction = n ? (n + 1 - 2 * h + (h * (h - 1)) / n) / n : 0;
  const covariances = Array.from({length: Math.min(h, n)}, (_, k) => autocovariance(differences, mean!, k));
  const longRun = (weigh: (k: number) => number) =>
    covariances.reduce((sum, covariance, k) => sum + (k ? 2 : 1) * weigh(k) * covariance, 0);
  const plain = longRun(() => 1);
  const variance = plain > 0 ? ("autocovariances" as const) : ("Bartlett" as const);
  const deviation = Math.sqrt((plain > 0 ? plain : longRun((k) => 1 - k / h)) / n / correction);
  if (n < 2 || mean === null || correction <= 0 || h > n || !(deviation > Math.abs(mean) * 1e-12))
    return {...result, interval: null, statistic: null, pValue: null, variance};
  const statistic = mean / deviation;
  const reach = studentQuantile((1 + confidence) / 2, degrees) * deviation;
  const interval: [number, number] = [mean - reach, mean + reach];
  return {...result, interval, statistic, pValue: studentBeyond(statistic, degrees), variance};
}

function autocovariance(values: readonly number[], mean: number, lag: number): number {
  let sum = 0;
  for (let i = lag; i < values.length; ++i) sum += (values[i]! - mean) * (values[i - lag]! - mean);
  return sum / values.length;
}
