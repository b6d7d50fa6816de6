// Versions of a forecasting model, each judged by the same backtest and then asked for the future.
import {setImmediate as breathe} from "node:timers/promises";
import {backtest, type Method, nonnegative, rollingOrigins} from "../forecast/index.js";
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
 * rounded, so that whoever computes them from the dataset gets the same numbers.
 */
export async function contend(
  contest: Contest,
  tick: Tick
): Promise<{versions: SeedModelVersion[]; rows: Cell[][]}> {
  const {series, dates, horizon, origins, confidence} = contest;
  const length = dates.length - horizon;
  const seen = rollingOrigins(length, {...origins, horizon});
  const round = (value: number) => Number(value.toFixed(contest.decimals + 1));
  const rows: Cell[][] = [];
  const versions: SeedModelVersion[] = [];

  for (const [age, contender] of contest.versions.entries()) {
    const method = contest.nonnegative ? nonnegative(contender.method) : contender.method;
    const judged: SeriesTrials[] = [];
    for (const [name, y] of series) {
      tick(`${contender.version}: ${name}`);
      // A fit takes milliseconds and there are thousands: between series others have their turn.
      await breathe();
      const row = (origin: number, h: number, actual: number | undefined, ...forecast: number[]): Cell[] => {
        const cells = [name, dates[origin + h - 1], actual, ...forecast];
        return [...cells, contender.version, h, dates[origin - 1]];
      };
      const test = backtest(y, method, {origins: seen, horizon, level: confidence}).map((trial) => ({
        ...trial,
        forecast: round(trial.forecast),
        lower: round(trial.lower),
        upper: round(trial.upper)
      }));
      for (const t of test) rows.push(row(t.origin, t.horizon, t.actual, t.forecast, t.lower, t.upper));

      const {point, lower, upper, fitted} = method.forecast(y, horizon, confidence);
      for (let h = 0; h < horizon; h++)
        rows.push(row(length, h + 1, undefined, round(point[h]!), round(lower[h]!), round(upper[h]!)));
      judged.push({series: name, test, ...(fitted && {train: inSample(y, fitted)})});
    }
    versions.push({
      version: contender.version,
      hyperparameters: hyperparameters(contest, contender),
      metrics: {feature_importance: {}, performance: performance(judged, contest)},
      createdAt: dayAfter(dates[length]!, age)
    });
  }
  return {versions, rows};
}

function inSample(y: Float64Array, fitted: Float64Array) {
  return Array.from(y, (actual, t) => ({actual, forecast: fitted[t]!})).filter(
    ({forecast}) => !Number.isNaN(forecast)
  );
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
const dayAfter = (date: string, days: number) => new Date(Date.parse(date) + days * 86_400_000);
