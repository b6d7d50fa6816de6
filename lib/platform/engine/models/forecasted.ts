// What a forecast is asked for, and the result for each series.
import type {Evaluation} from "./evaluation.js";
import type {Fill, Series} from "./series.js";

export interface ForecastOptions {
  /** As aiCast names them. */
  models: string[];
  /** Of the simple moving average. */
  window: number;
  evaluation: Evaluation;
  /** Forecasts of the best method alone, or of every one. */
  bestOnly: boolean;
  nonnegative: boolean;
  /** Intervals as wide as the errors of the evaluation ask for, instead of the methods' own. */
  conformal: boolean;
  /** Whether the past is part of the output. */
  includeReals: boolean;
  fill: Fill;
  /** Series of which a larger share is missing are left out. */
  dropThreshold: number;
  hierarchy?: {kind: "bottom_up" | "top_down"; allLevels: boolean};
}

export interface Outlook {
  model: string;
  point: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
}

/** A series and what is expected of it, the best method's forecast first. */
export interface Forecasted {
  series: Series;
  outlooks: Outlook[];
}
