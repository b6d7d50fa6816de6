// The metrics of a model version, nested as the platform nests them.
import type {Trial} from "../forecast/index.js";
import {
  bias,
  intervalCoverage,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  weightedMeanAbsolutePercentageError
} from "../forecast/index.js";

const percentages = {
  mean_absolute_percentage_error: meanAbsolutePercentageError,
  weighted_mean_absolute_percentage_error: weightedMeanAbsolutePercentageError
};
const inUnits = {
  mean_absolute_error: meanAbsoluteError,
  mean_squared_error: meanSquaredError,
  bias
};

/** A series' backtest, and its one-step forecasts in the sample where the method tells them. */
export interface SeriesTrials {
  series: string;
  test: Trial[];
  train?: {actual: number; forecast: number}[];
}

/**
 * For each measure: `average_test` over every trial of the backtest, the same `by_horizon` and `by_series`, and
 * `average_train`, over one-step forecasts in the sample, if every series has them. Train is one step and test many, so
 * it is `by_horizon["1"]` that train compares with. A measure that isn't defined is left out.
 * @param options.percent whether a percentage of the values makes sense: not for °C, whose zero is arbitrary
 */
export function performance(trials: SeriesTrials[], {percent}: {percent: boolean}) {
  const test = trials.flatMap((each) => each.test);
  const train = trials.every((each) => each.train) ? trials.flatMap((each) => each.train!) : [];
  const horizons = [...new Set(test.map(({horizon}) => horizon))].sort((a, b) => a - b);
  const atHorizon = horizons.map((h) => [h, test.filter(({horizon}) => horizon === h)] as const);

  const breakdown = (measure: (trials: Trial[]) => number) => ({
    average_test: measure(test),
    by_horizon: defined(Object.fromEntries(atHorizon.map(([h, some]) => [h, measure(some)]))),
    by_series: defined(Object.fromEntries(trials.map((each) => [each.series, measure(each.test)])))
  });
  const errors = Object.entries({...(percent && percentages), ...inUnits}).map(
    ([name, measure]) => [name, defined({average_train: measure(train), ...breakdown(measure)})] as const
  );
  return {...Object.fromEntries(errors), interval_coverage: breakdown(intervalCoverage)};
}

const defined = <T>(values: Record<string, T>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !Number.isNaN(value)));
