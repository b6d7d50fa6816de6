// How often intervals and quantiles hold, by version: computed already, or here.
import type {Data} from "../../metrics/column.js";
import {calibration, type CalibrationRow} from "../../metrics/index.js";
import {findColumn, namesOf, needColumn} from "../find-columns.js";
import {readVersions} from "./forecast-input.js";
import {gapsOfNumbers} from "../forecast/steps.js";
import {withGaps} from "./line-gaps.js";
import {findIntervals, type IntervalColumns, type QuantileColumns} from "../forecast/intervals.js";
import {numbers, texts, unbounded, type Value} from "../values.js";

/** The columns that are checked; those that are left out are found by their usual names. */
export interface CalibrationReading {
  actual?: Value | undefined;
  version?: Value | undefined;
  /** The intervals, such as `[{level: 0.8, lower: "lo80", upper: "hi80"}]`. */
  intervals?: readonly IntervalColumns[] | undefined;
  /** The quantiles, such as `{0.1: "q10", 0.9: "q90"}`: the share of actual values at or below each. */
  quantiles?: QuantileColumns | undefined;
  /** The interval, if there is one. */
  lower?: Value | undefined;
  upper?: Value | undefined;
  /** Its nominal level as a share; with `by`, which of several is shown, the highest if left out. */
  level?: number | undefined;
  /** The column along which coverage is shown, such as the horizon: numbers. */
  by?: string | undefined;
}

/** How often one thing held. */
export interface CalibrationPoint {
  version: string;
  /** Of what the share is, if that is known. */
  of: CalibrationRow["of"] | undefined;
  /** Where it stands: at its nominal share, or at its value of `by`. */
  at: number;
  nominal: number;
  share: number;
  lower: number;
  upper: number;
  pairs: number;
}

/** What is drawn, in the order of where it stands; with `by` the points of one level, `nominal`. */
export interface CalibrationPoints {
  points: CalibrationPoint[];
  /** The confidence level of the shares' intervals, if that is known. */
  confidence: number | undefined;
  /** The same line by line, with a point whose share is NaN in each gap. */
  lines: CalibrationPoint[];
  nominal: number | undefined;
}

export function calibrationPoints(data: Data, options: CalibrationReading): CalibrationPoints {
  const {by, level} = options;
  const isComputed = ["nominal", "share", "pairs"].every((name) => namesOf(data).includes(name));
  const all = (isComputed ? computed(data, options) : checked(data, options)).filter(({at}) => !isNaN(at));
  all.sort((a, b) => a.at - b.at);
  const known = all.filter(({share}) => !isNaN(share));
  const confidence = isComputed ? undefined : 0.95;
  if (by === undefined) return {points: known, confidence, lines: known, nominal: undefined};
  const nominal = level ?? known.reduce((most, point) => Math.max(most, point.nominal), -Infinity);
  const isShown = (point: CalibrationPoint) => point.nominal === nominal;
  const lines = withGaps(all.filter(isShown), {
    at: ({at}) => at,
    gapsOf: gapsOfNumbers,
    none: {share: NaN, lower: NaN, upper: NaN}
  });
  return {points: known.filter(isShown), confidence, lines, nominal};
}

function computed(data: Data, {version, by}: CalibrationReading): CalibrationPoint[] {
  const [nominal, share, lower, upper, pairs] = ["nominal", "share", "lower", "upper", "pairs"].map((name) =>
    numbers(data, name)
  ) as [number[], number[], number[], number[], number[]];
  const versions = readVersions(data, version);
  const of = namesOf(data).includes("of") ? texts(data, "of") : undefined;
  const at = by === undefined ? nominal : numbers(data, by);
  return share.map((value, i) => ({
    version: versions?.[i] ?? "",
    of: of?.[i] as CalibrationPoint["of"],
    at: at[i]!,
    nominal: nominal[i]!,
    share: value,
    lower: lower[i]!,
    upper: upper[i]!,
    pairs: pairs[i]!
  }));
}

function checked(data: Data, options: CalibrationReading): CalibrationPoint[] {
  const {actual = needColumn(data, "actual"), version, quantiles = {}, by} = options;
  const intervals = intervalsOf(data, options);
  const values: Record<string, unknown[]> = {
    actual: numbers(data, actual),
    version: readVersions(data, version) ?? [],
    ...(by !== undefined && {by: numbers(data, by)})
  };
  if (!values.version!.length) values.version = values.actual!.map(() => "");
  for (const [i, {lower, upper}] of intervals.entries())
    Object.assign(values, {[`lower${i}`]: unbounded(data, lower), [`upper${i}`]: unbounded(data, upper)});
  const probabilities = Object.entries(quantiles).map(([probability, column], i) => {
    values[`quantile${i}`] = unbounded(data, column);
    return [`quantile${i}`, Number(probability)] as const;
  });
  return calibration(values, {
    by: by === undefined ? ["version"] : ["version", "by"],
    intervals: intervals.map(({level}, i) => ({level, lower: `lower${i}`, upper: `upper${i}`})),
    quantiles: Object.fromEntries(probabilities)
  }).map(({of, nominal, share, lower, upper, pairs, ...key}) => ({
    version: String(key.version),
    of,
    at: by === undefined ? nominal : Number(key.by ?? NaN),
    nominal,
    share: share ?? NaN,
    lower: lower ?? NaN,
    upper: upper ?? NaN,
    pairs
  }));
}

/** The intervals whose level and both ends are known. */
function intervalsOf(data: Data, {intervals, quantiles, lower, upper, level}: CalibrationReading) {
  if (intervals === undefined && quantiles) return [];
  const low = lower ?? findColumn(data, "lower");
  const high = upper ?? findColumn(data, "upper");
  const one =
    low !== undefined && high !== undefined && level !== undefined ? [{level, lower: low, upper: high}] : [];
  const given = intervals ?? (one.length ? one : findIntervals(data).intervals);
  const found = given.flatMap(({level, lower, upper}) =>
    level === undefined || lower === undefined || upper === undefined ? [] : [{level, lower, upper}]
  );
  if (found.length) return found;
  throw new Error(
    'There is nothing to check: give the interval\'s level, such as {level: 0.9}, or several, {intervals: [{level: 0.8, lower: "lo80", upper: "hi80"}]}'
  );
}
