// Versions of a forecasting model, each judged by the same backtest and then asked for the future.
import {setImmediate as breathe} from "node:timers/promises";
import {backtest, type Method, nonnegative, rollingOrigins, type Trial} from "../forecast/index.js";
import type {Cell} from "./csv.js";
import {performance, type SeriesTrials} from "./performance.js";
import type {SeedModelVersion} from "./types.js";

export interface Contest {
  /** Equally spaced values of each series, all over the same dates. */
  series: Map<string, Float64Array>;
  /** The dates of the values and of `horizon` steps more, "YYYY-MM-DD". */
  dates: string[];
  horizon: number;
  /** How many origins the backtest has, and how many steps they are apart. */
  origins: {count: number; step: number};
  /** Coverage of the intervals. */
  confidence: number;
  /** Decimals that the values have, and one more for the forecasts. */
  decimals: number;
  nonnegative: boolean;
  /** The measure to choose by, in aiCast's words. */
  metric: string;
  /** Whether percentage errors make sense. */
  percent: boolean;
  versions: Contender[];
}

export interface Contender {
  version: string;
  method: Method;
  /** In aiCast's words. */
  modelsToInclude: string[];
  /** The method's own, such as a window. */
  settings?: Record<string, number | number[]>;
}

/** Called as each fit of a series begins. */
export type Tick = (label: string) => void;

/** How many ticks a contest makes. */
export const ticks = ({series, versions}: Contest) => series.size * versions.length;

/**
 * The versions with their metrics, and as rows every forecast of the backtest and, with a blank actual value, of the
 * future: series, date, actual, forecast, lower, upper, version, horizon, origin. The metrics are those of the rows, as
 * rounded, so that computing them from the dataset gives the same numbers.
 */
export async function contend(
  contest: Contest,
  tick: Tick
): Promise<{versions: SeedModelVersion[]; rows: Cell[][]}> {
  const {dates, horizon} = contest;
  const versions: SeedModelVersion[] = [];
  const rows: Cell[][] = [];
  for (const [age, contender] of contest.versions.entries()) {
    const judged: SeriesTrials[] = [];
    for (const [series, y] of contest.series) {
      tick(`${contender.version}: ${series}`);
      // A fit takes milliseconds and there are thousands: between series others have their turn.
      await breathe();
      const {test, train, outlook} = judge(contest, contender, y);
      judged.push({series, test, ...(train && {train})});
      for (const {origin, horizon: step, actual, forecast, lower, upper} of [...test, ...outlook]) {
        const date = dates[origin + step - 1];
        rows.push([series, date, actual, forecast, lower, upper, contender.version, step, dates[origin - 1]]);
      }
    }
    versions.push({
      version: contender.version,
      hyperparameters: hyperparameters(contest, contender),
      metrics: {feature_importance: {}, performance: performance(judged, contest)},
      createdAt: daysAfter(dates[dates.length - horizon]!, age)
    });
  }
  return {versions, rows};
}

/** One series: its backtest, its one-step forecasts in the sample if the method tells them, and its future. */
function judge(contest: Contest, contender: Contender, y: Float64Array) {
  const {horizon, origins, confidence, decimals} = contest;
  const method = contest.nonnegative ? nonnegative(contender.method) : contender.method;
  const round = (value: number) => Number(value.toFixed(decimals + 1));
  const rounded = <T extends Pick<Trial, "forecast" | "lower" | "upper">>(trial: T): T => ({
    ...trial,
    forecast: round(trial.forecast),
    lower: round(trial.lower),
    upper: round(trial.upper)
  });

  const seen = rollingOrigins(y.length, {...origins, horizon});
  const test = backtest(y, method, {origins: seen, horizon, level: confidence}).map(rounded);
  const {point, lower, upper, fitted} = method.forecast(y, horizon, confidence);
  const outlook = Array.from(point, (forecast, h) =>
    rounded({
      origin: y.length,
      horizon: h + 1,
      actual: undefined,
      forecast,
      lower: lower[h]!,
      upper: upper[h]!
    })
  );
  const train =
    fitted &&
    Array.from(fitted, (forecast, t) => ({actual: y[t]!, forecast})).filter(
      ({forecast}) => !Number.isNaN(forecast)
    );
  return {test, train, outlook};
}

function hyperparameters(contest: Contest, {modelsToInclude, settings}: Contender) {
  return {
    type: "base",
    models_to_include: modelsToInclude,
    eval_method: "cv",
    best_model_only: true,
    confidence: contest.confidence,
    include_reals: true,
    nonnegative: contest.nonnegative,
    interval_to_predict: contest.horizon,
    metric: contest.metric,
    cv_origins: contest.origins.count,
    cv_step: contest.origins.step,
    ...settings
  };
}

/** Versions are a day apart, from the first day that they forecast: the same at every seeding. */
const daysAfter = (date: string, days: number) => new Date(Date.parse(date) + days * 86_400_000);
