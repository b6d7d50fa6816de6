// Judges forecasting methods by what they would have said in the past.
import {
  backtest,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  rollingOrigins,
  type Trial,
  UnfitSeriesError,
  weightedMeanAbsolutePercentageError
} from "../../forecast/index.js";
import type {Candidate} from "./candidates.js";

export interface Evaluation {
  /** `cv` forecasts from several moments of the past, `holdout` from one. */
  method: "cv" | "holdout";
  /** Steps that are forecast. */
  horizon: number;
  /** Steps that a holdout keeps back. */
  holdout: number;
  /** The measure to choose by, in aiCast's words. */
  metric: string;
  /** Coverage of the intervals. */
  confidence: number;
}

const measures: Record<string, (trials: Trial[]) => number> = {
  mean_absolute_percentage_error: meanAbsolutePercentageError,
  weighted_mean_absolute_percentage_error: weightedMeanAbsolutePercentageError,
  mean_absolute_error: meanAbsoluteError,
  mean_squared_error: meanSquaredError
};

/** From how many moments cross-validation forecasts, at most. */
const folds = 3;

/**
 * When to forecast from, for a series of so many values: all that the horizon asked for, and the method's least, leave
 * room for; where they leave none, the last quarter is judged by.
 */
function origins(
  length: number,
  least: number,
  {method, horizon, holdout}: Evaluation
): {origins: number[]; horizon: number} {
  const wanted = method === "holdout" ? holdout : horizon;
  const steps =
    length - least >= wanted ? wanted : Math.max(1, Math.min(length - least, Math.floor(length / 4)));
  const step = Math.max(1, Math.floor(steps / 2));
  const room = Math.floor((length - least - steps) / step) + 1;
  const count = method === "holdout" ? 1 : Math.max(1, Math.min(folds, room));
  return {origins: rollingOrigins(length, {count, step, horizon: steps}), horizon: steps};
}

/** A candidate's trials on a series, or undefined where it can't be judged there. */
export function judge(
  values: Float64Array,
  {method}: Candidate,
  evaluation: Evaluation
): Trial[] | undefined {
  if (values.length <= method.least) return undefined;
  try {
    return backtest(values, method, {
      ...origins(values.length, method.least, evaluation),
      level: evaluation.confidence
    });
  } catch (error) {
    if (error instanceof UnfitSeriesError) return undefined;
    throw error;
  }
}

/** How bad trials are, by the evaluation's metric; by the mean absolute error where that isn't defined, as on zeros. */
export function badness(trials: Trial[], {metric}: Evaluation): number {
  const value = measures[metric]!(trials);
  return Number.isNaN(value) ? meanAbsoluteError(trials) : value;
}

/**
 * Half the width that an interval would have needed to cover the share `confidence` of the trials, over all horizons:
 * split conformal prediction (J. Lei et al., J. of the American Statistical Association 113 (2018), 1094–1111).
 */
export function conformalWidth(trials: Trial[], confidence: number): number {
  const errors = Float64Array.from(trials, ({actual, forecast}) => Math.abs(actual - forecast)).sort();
  const rank = Math.min(errors.length, Math.ceil((errors.length + 1) * confidence));
  return errors[rank - 1]!;
}
