// What a chart of several versions reads of its data: the actual values once, and each version's forecasts.
import type {Data} from "../metrics/column.js";
import {lastKnown} from "./cutoff.js";
import {findColumn, needColumn} from "./find-columns.js";
import {bySeries, type ForecastRow} from "./forecast-row.js";
import {forecastRows, withGaps} from "./forecast-rows.js";
import {highlighted, meanErrors} from "./highlight.js";
import {nameOf, type Value} from "./values.js";

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
  /**
   * The versions in color, with the others in grey. By default all; if they are more than there are colors, the five with the lowest
   * mean absolute error against the actual values in the data, or the last five by name.
   */
  highlight?: readonly string[] | undefined;
  /** The zone of texts that name none, and in which times are shown: an IANA name such as "America/Los_Angeles"; UTC if left out. */
  timeZone?: string | undefined;
}

/** What was read; rows are in order of time, with NaN in gaps. */
export interface VersionsData {
  actuals: ForecastRow[];
  /** The forecasts of each version. */
  versions: Map<string, ForecastRow[]>;
  /** The versions in color. */
  shown: string[];
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
    highlight,
    timeZone
  }: VersionsColumnOptions,
  width?: number
): VersionsData {
  const size = width === undefined ? {} : {width};
  const rows = forecastRows(data, {time, actual, forecast, series: version, timeZone, ...size});
  const hasForecast = ({forecast}: ForecastRow) => !isNaN(forecast);
  const versions = new Map([...bySeries(rows)].filter(([, group]) => group.some(hasForecast)));
  const known = rows.filter((row) => !isNaN(row.actual)).sort((a, b) => +a.time - +b.time);
  const actuals = withGaps([...new Map(known.map((row) => [+row.time, row])).values()], timeZone);
  const lines = linesOf(versions);
  const errors = meanErrors(lines, new Map(known.map((row) => [+row.time, row.actual])));
  return {
    actuals,
    versions,
    shown: highlighted([...versions.keys()].sort(), highlight, errors),
    known: lastKnown(merged(actuals, rows.filter(hasForecast))),
    timeName: nameOf(time)
  };
}

/** Each version's forecasts by time. */
export const linesOf = (versions: ReadonlyMap<string, ForecastRow[]>) =>
  new Map(
    Array.from(versions, ([name, rows]) => [
      name,
      new Map(rows.flatMap(({time, forecast}) => (isNaN(forecast) ? [] : [[+time, forecast] as const])))
    ])
  );

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
