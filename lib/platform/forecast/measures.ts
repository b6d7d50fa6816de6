// How far forecasts differed from the actual values, by the names that aiCast gives these measures. Shares are fractions: 0.05 is 5 %.
// All are NaN where there is nothing to measure by.

export interface Judged {
  actual: number;
  forecast: number;
}

export interface JudgedInterval extends Judged {
  lower: number;
  upper: number;
}

/**
 * Mean of |actual − forecast| / |actual| (fpp3, section 5.8). A forecast of an actual zero has no percentage error and is
 * left out of the mean; that flatters, so where zeros are common take the weighted one.
 */
export const meanAbsolutePercentageError = (trials: readonly Judged[]) =>
  mean(
    trials.filter(({actual}) => actual !== 0),
    (trial) => Math.abs(error(trial) / trial.actual)
  );

/**
 * Σ|actual − forecast| / Σ|actual|: percentage errors weighted by the actual values, so that zeros count and small
 * values don't dominate (S. Kolassa & W. Schütz, Foresight 6 (2007), 40–43).
 */
export const weightedMeanAbsolutePercentageError = (trials: readonly Judged[]) => {
  const size = mean(trials, ({actual}) => Math.abs(actual));
  return size > 0 ? meanAbsoluteError(trials) / size : NaN;
};

/** Mean of |actual − forecast|, in the values' unit (fpp3, section 5.8). */
export const meanAbsoluteError = (trials: readonly Judged[]) =>
  mean(trials, (trial) => Math.abs(error(trial)));

/** Mean of (actual − forecast)², in the values' unit squared (fpp3, section 5.8). */
export const meanSquaredError = (trials: readonly Judged[]) => mean(trials, (trial) => error(trial) ** 2);

/** Mean of forecast − actual, in the values' unit: above 0 means that too much was forecast. */
export const bias = (trials: readonly Judged[]) => mean(trials, error);

/**
 * The share of actual values inside their interval, ends included, to hold against the nominal coverage
 * (P. F. Christoffersen, International Economic Review 39 (1998), 841–862).
 */
export const intervalCoverage = (trials: readonly JudgedInterval[]) =>
  mean(trials, ({actual, lower, upper}) => (lower <= actual && actual <= upper ? 1 : 0));

const error = ({actual, forecast}: Judged) => forecast - actual;

function mean<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0) / items.length;
}
