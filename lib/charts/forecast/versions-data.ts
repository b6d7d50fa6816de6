// What a chart of several versions reads of its data: the actual values once, and each version's forecasts.
import type {Data} from "../../metrics/column.js";
import {byName} from "../../names/by-name.js";
import {lastKnown} from "./cutoff.js";
import {findColumn, needColumn} from "../find-columns.js";
import {bySeries, type ForecastRow} from "./forecast-row.js";
import {findMade} from "./made-at.js";
import {readRows, withGaps} from "./forecast-rows.js";
import {dataOf, nameOf, type Value} from "../values.js";

/** The columns of versions' forecasts. Those that are left out are found by their usual names. */
export interface VersionsColumnOptions {
  /** When, as in `forecastChart`. Found as time, date, ds, month, timestamp, week, day, year and such. */
  time?: Value;
  /** The actual values. Found as actual, y, observed, value, target, sales and such. */
  actual?: Value | undefined;
  /** The forecasts. Found as forecast, yhat, prediction, predicted, mean and such. */
  forecast?: Value;
  /** The version of each forecast. Found as version, model_version, model, model_name. */
  version?: Value;
  /** The zone of texts that name none, and in which times are shown: an IANA name such as "America/Los_Angeles"; UTC if left out. */
  timeZone?: string | undefined;
}

/** What was read; rows are in order of time, with NaN in gaps. */
export interface VersionsData {
  actuals: ForecastRow[];
  /** The forecasts of each version. */
  versions: Map<string, ForecastRow[]>;
  /** The versions, those with the lowest mean absolute error first, and those without any last, from the last name. */
  ranked: string[];
  /** The best version at the times that all have forecasts and actual values of, and its mean absolute error there. */
  best: {name: string; error: number} | undefined;
  /** The last time that was known. */
  known: Date | undefined;
  timeName: string;
}

/** Reads the columns; those that aren't given are found. */
export function versionsData(
  data: Data,
  {
    time = needColumn(data, "time"),
    forecast = needColumn(data, "forecast"),
    version = needColumn(data, "version"),
    actual = findColumn(data, "actual"),
    timeZone
  }: VersionsColumnOptions,
  width?: number
): VersionsData {
  const size = width === undefined ? {} : {width};
  const made = findMade(data, time);
  const part = dataOf(data, [time, actual, forecast, version, made.origin, made.horizon]);
  const columns = {time, actual, forecast, series: version, timeZone, ...made, ...size};
  const {rows, origins} = readRows(part, columns);
  const hasForecast = ({forecast}: ForecastRow) => !isNaN(forecast);
  const versions = new Map([...bySeries(rows)].filter(([, group]) => group.some(hasForecast)));
  const known = rows.filter((row) => !isNaN(row.actual)).sort((a, b) => +a.time - +b.time);
  const actuals = withGaps([...new Map(known.map((row) => [+row.time, row])).values()], timeZone);
  const lines = linesOf(versions);
  const byTime = new Map(known.map((row) => [+row.time, row.actual]));
  return {
    actuals,
    versions,
    ranked: ranked(lines, byTime),
    best: bestOf(lines, byTime),
    known: lastKnown(merged(actuals, rows.filter(hasForecast)), sharedOrigin(versions.keys(), origins)),
    timeName: nameOf(time)
  };
}

/** When the forecasts of all versions were made, null if a version's at several times, or undefined if it isn't known, or differs. */
function sharedOrigin(names: Iterable<string>, origins: ReadonlyMap<string, number | null>) {
  const all = Array.from(names, (name) => origins.get(name));
  if (all.includes(null)) return null;
  return new Set(all).size === 1 ? all[0] : undefined;
}

type Lines = ReadonlyMap<string, ReadonlyMap<number, number>>;

const linesOf = (versions: ReadonlyMap<string, ForecastRow[]>) =>
  new Map(
    Array.from(versions, ([name, rows]) => [
      name,
      new Map(rows.flatMap(({time, forecast}) => (isNaN(forecast) ? [] : [[+time, forecast] as const])))
    ])
  );

/** The names of lines, those with the lowest mean absolute error first, and those without any last, from the last name. */
export function ranked(lines: Lines, actual: ReadonlyMap<number, number>): string[] {
  const errors = new Map(Array.from(lines, ([name, line]) => [name, meanError(line, actual)]));
  const error = (name: string) => errors.get(name) ?? Infinity;
  return [...lines.keys()].sort((a, b) => (error(a) === error(b) ? byName(b, a) : error(a) - error(b)));
}

/** The mean absolute error of a line where the actual value is known. */
function meanError(line: ReadonlyMap<number, number>, actual: ReadonlyMap<number, number>) {
  let [sum, count] = [0, 0];
  for (const [time, value] of line) {
    const known = actual.get(time);
    if (known === undefined) continue;
    sum += Math.abs(value - known);
    count++;
  }
  return count ? sum / count : undefined;
}

/** Versions can be compared only at the times of all of them; of two that are as good, none is best. */
function bestOf(lines: Lines, actual: ReadonlyMap<number, number>): VersionsData["best"] {
  const shared = new Map([...actual].filter(([time]) => [...lines.values()].every((line) => line.has(time))));
  if (lines.size < 2 || !shared.size) return undefined;
  const [first, second] = Array.from(lines, ([name, line]) => ({name, error: meanError(line, shared)!})).sort(
    (a, b) => a.error - b.error
  );
  return first!.error < second!.error ? first : undefined;
}

/** A row for each time, with the actual value and any forecast. */
function merged(actuals: readonly ForecastRow[], forecasts: readonly ForecastRow[]): ForecastRow[] {
  const rows = new Map(actuals.map((row) => [+row.time, {...row, forecast: NaN}]));
  for (const row of forecasts) {
    const same = rows.get(+row.time);
    if (same) same.forecast = row.forecast;
    else rows.set(+row.time, {...row, actual: NaN});
  }
  return [...rows.values()].sort((a, b) => +a.time - +b.time);
}
