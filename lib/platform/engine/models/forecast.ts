// Forecasts a table's series: judges the methods on each, takes the best, adds levels up or shares them out, and
// writes the result as a table and a model version.
import {setImmediate as breathe} from "node:timers/promises";
import {nonnegative, type Trial, UnfitSeriesError} from "../../forecast/index.js";
import {performance, type SeriesTrials} from "../../seed/performance.js";
import {FacetError} from "../failure.js";
import {only, type Step} from "../step.js";
import {type Candidate, candidatesOf} from "./candidates.js";
import {badness, conformalWidth, judge} from "./evaluation.js";
import {writeForecasts} from "./forecast-table.js";
import {covers, everything, sharesOf, sumsOf} from "./hierarchy.js";
import type {Forecasted, ForecastOptions, Outlook} from "./forecasted.js";
import {readSeries, type Series} from "./series.js";
import type {ModelSettings} from "./settings.js";

interface Chosen extends Forecasted {
  trials?: SeriesTrials;
}

/** What a version keeps: the method that is best for each series. */
interface Learned {
  best: Record<string, string>;
}

/** More series than this are too many to tell apart in a version's metrics. */
const maxSeriesInMetrics = 1000;

/**
 * Mode `train` judges the methods again; `retrain_inference` keeps each series' method of the version and judges that one
 * again; `inference` keeps them and writes no version. All of them forecast.
 */
export async function forecast(
  step: Step,
  settings: ModelSettings,
  options: ForecastOptions
): Promise<string> {
  const mode = settings.parameters.text("mode");
  if (mode === "fine_tune")
    throw new FacetError("mode 'fine_tune' can't run on this platform: use 'train' or 'retrain_inference'");
  const learned = settings.learned as Learned | undefined;
  if (mode !== "train" && !learned) {
    throw new FacetError(
      `version '${settings.version}' of model '${settings.model.name}' has not been trained on this platform: run with mode 'train' first`
    );
  }
  const table = await readSeries(step, only(step), settings, options.fill);
  const kept = table.series.filter(({missing}) => missing <= options.dropThreshold);
  const depth = table.identifiers.length;
  if (options.hierarchy && depth === 0)
    throw new FacetError("a hierarchy needs 'identifier_columns': name at least one");
  const topDown = options.hierarchy?.kind === "top_down";
  const sums = options.hierarchy ? sumsOf(kept, depth) : [];
  const asked = topDown ? sums.slice(0, 1) : kept;
  const candidates = candidatesOf(
    options.models,
    {
      cadence: table.cadence,
      window: options.window,
      length: Math.max(0, ...asked.map(({values}) => values.length))
    },
    step.note
  );

  const chosen: Chosen[] = [];
  for (const [i, series] of asked.entries()) {
    // A series takes milliseconds and there are thousands: between them others have their turn.
    await breathe();
    step.options.signal?.throwIfAborted();
    step.progress(i / asked.length);
    const best = mode === "train" ? undefined : learned!.best[idOf(series)];
    const own = best ? candidates.filter(({name}) => name === best) : candidates;
    const one = choose(series, own.length > 0 ? own : candidates, options);
    if (one) chosen.push(one);
  }
  const lost = table.series.length - kept.length + asked.length - chosen.length;
  if (lost > 0)
    step.note(
      `${lost} of ${table.series.length} series have too few values, or too many missing, to be forecast`
    );
  if (chosen.length === 0) {
    throw new FacetError(
      "not enough complete history to forecast any series: choose an earlier start, or another 'fill_missing_values'"
    );
  }
  if (mode !== "inference") writeVersion(step, settings, chosen);
  const all = topDown
    ? sharedOut(chosen[0]!, kept, sums, options)
    : [...addedUp(chosen, sums, options), ...chosen];
  return writeForecasts(step, table, all, options);
}

const idOf = ({key}: Series) => JSON.stringify(key);

/** Judges the candidates and asks them for the future; undefined where none can do so. */
function choose(series: Series, candidates: Candidate[], options: ForecastOptions): Chosen | undefined {
  const {evaluation} = options;
  const judged = candidates.map(({name, method}) => {
    const candidate = {name, method: options.nonnegative ? nonnegative(method) : method};
    const trials = judge(series.values, candidate, evaluation);
    return {candidate, trials, bad: trials ? badness(trials, evaluation) : Infinity};
  });
  // Among equals (two of which may be infinite, and so differ by NaN) the one that was named first.
  const ranked = judged.toSorted((a, b) => a.bad - b.bad || 0);
  const outlooks: Outlook[] = [];
  let best: SeriesTrials | undefined;
  for (const {candidate, trials} of ranked) {
    const future = ask(series, candidate, trials, options);
    if (!future) continue;
    outlooks.push(future.outlook);
    if (outlooks.length === 1 && trials)
      best = {series: series.key.join(" / "), test: trials, ...(future.train && {train: future.train})};
    if (options.bestOnly) break;
  }
  return outlooks.length > 0 ? {series, outlooks, ...(best && {trials: best})} : undefined;
}

function ask(
  {values}: Series,
  {name, method}: Candidate,
  trials: Trial[] | undefined,
  options: ForecastOptions
) {
  const {horizon, confidence} = options.evaluation;
  try {
    const {point, lower, upper, fitted} = method.forecast(values, horizon, confidence);
    const train = fitted && Array.from(fitted, (expected, t) => ({actual: values[t]!, forecast: expected}));
    const width = options.conformal && trials ? conformalWidth(trials, confidence) : undefined;
    const floor = options.nonnegative ? 0 : -Infinity;
    return {
      outlook: {
        model: name,
        point,
        lower: width === undefined ? lower : point.map((value) => Math.max(floor, value - width)),
        upper: width === undefined ? upper : point.map((value) => value + width)
      },
      train: train?.filter((each) => !Number.isNaN(each.forecast))
    };
  } catch (error) {
    if (error instanceof UnfitSeriesError) return undefined;
    throw error;
  }
}

/** Sums of the forecasts below; errors of different series are taken as independent, so that their squares add up. */
function addedUp(chosen: Chosen[], sums: Series[], {hierarchy}: ForecastOptions): Forecasted[] {
  if (!hierarchy?.allLevels) return [];
  return sums.flatMap((series) => {
    const parts = chosen
      .filter((each) => covers(series.key, each.series.key))
      .map(({outlooks}) => outlooks[0]!);
    if (parts.length === 0) return [];
    const over = (value: (part: Outlook, h: number) => number) =>
      parts[0]!.point.map((_, h) => parts.reduce((sum, part) => sum + value(part, h), 0));
    const point = over((part, h) => part.point[h]!);
    const below = over((part, h) => (part.point[h]! - part.lower[h]!) ** 2);
    const above = over((part, h) => (part.upper[h]! - part.point[h]!) ** 2);
    return {
      series,
      outlooks: [
        {
          model: "bottom_up",
          point,
          lower: point.map((value, h) => value - Math.sqrt(below[h]!)),
          upper: point.map((value, h) => value + Math.sqrt(above[h]!))
        }
      ]
    };
  });
}

/** The total's forecasts, shared out among the series, and their sums. */
function sharedOut(
  total: Forecasted,
  series: Series[],
  sums: Series[],
  {hierarchy}: ForecastOptions
): Forecasted[] {
  const shares = sharesOf(series);
  const share = (each: Series, part: number): Forecasted => ({
    series: each,
    outlooks: total.outlooks.map(({model, point, lower, upper}) => ({
      model,
      point: point.map((value) => value * part),
      // A negative share turns the interval around.
      lower: point.map((_, h) => Math.min(lower[h]! * part, upper[h]! * part)),
      upper: point.map((_, h) => Math.max(lower[h]! * part, upper[h]! * part))
    }))
  });
  const shareOf = ({key}: Series) =>
    series.reduce((sum, each, i) => sum + (covers(key, each.key) ? shares[i]! : 0), 0);
  const above = sums.map((sum) =>
    sum.key.every((part) => part === everything) ? {...total, series: sum} : share(sum, shareOf(sum))
  );
  return [...(hierarchy?.allLevels ? above : []), ...series.map((each, i) => share(each, shares[i]!))];
}

function writeVersion(step: Step, settings: ModelSettings, chosen: Chosen[]) {
  const trials = chosen.flatMap((each) => each.trials ?? []);
  const measured = performance(trials, {percent: true});
  const metrics =
    trials.length <= maxSeriesInMetrics
      ? measured
      : Object.fromEntries(
          Object.entries(measured).map(
            ([name, {by_series: _, ...rest}]: [string, Record<string, unknown>]) => [name, rest]
          )
        );
  const state: Learned = {
    best: Object.fromEntries(chosen.map(({series, outlooks}) => [idOf(series), outlooks[0]!.model]))
  };
  step.result.modelVersions.push({
    facetId: step.facetId,
    modelName: settings.model.name,
    version: settings.version,
    hyperparameters: settings.hyperparameterValues,
    metrics: {feature_importance: {}, performance: metrics},
    state: {...state}
  });
}
