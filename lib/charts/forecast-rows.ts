// The rows of a forecast chart: checked, in order of time, with gaps, and with the last time that was known.
import {inFiles, type Data} from "../metrics/column.js";
import type {ForecastRow, Interval} from "./forecast-row.js";
import type {IntervalColumns} from "./intervals.js";
import {gapsOf} from "./steps.js";
import {thin} from "./thin.js";
import {dates, nameOf, numbers, texts, unbounded, type Value} from "./values.js";
import {zone} from "./zone.js";

/** The columns to read. */
export interface ForecastColumns {
  time: Value;
  actual: Value | undefined;
  forecast: Value | undefined;
  intervals?: readonly IntervalColumns[];
  series?: Value | undefined;
  timeZone?: string | undefined;
  /** The chart's width: of more rows than its pixels can show, only those that can be seen are kept. All if left out. */
  width?: number;
  /** How many series are read at most: those of `highlight`, and those that come first in the data. All if left out. */
  limit?: number;
  highlight?: Iterable<string> | undefined;
}

/** What was read. */
export interface ReadRows {
  rows: ForecastRow[];
  /** The series that were read, in the order of the data. */
  names: string[];
  /** How many more there are. */
  more: number;
}

const none: readonly Interval[] = [];

/**
 * The rows that have a time, those of each series together and in order of time, with a row of NaN where a regular series misses some.
 * Throws an Error if one series has several rows at one time, such as forecasts of several origins: a line can't be drawn through them.
 */
export const forecastRows = (data: Data, columns: ForecastColumns): ForecastRow[] =>
  readRows(data, columns).rows;

/** As `forecastRows`, and which series were read. */
export function readRows(data: Data, columns: ForecastColumns): ReadRows {
  const {time, actual, forecast, intervals = [], series, timeZone, width} = columns;
  const times = dates(data, time, timeZone);
  const read = (value: Value | undefined) => (value === undefined ? undefined : numbers(data, value));
  const [actuals, forecasts] = [read(actual), read(forecast)];
  const bands = intervals.map((interval) => readInterval(data, interval));
  const names = series === undefined ? undefined : texts(data, series);
  const all = new Set(names);
  const kept =
    columns.limit === undefined || all.size <= columns.limit
      ? undefined
      : keptOf(all, columns.limit, columns.highlight);
  const groups = new Map<string, ForecastRow[]>();
  // Plain loops here and below: of a million rows, iterators and functions for each take most of a second.
  for (let i = 0; i < times.length; i++) {
    const time = times[i];
    if (!time) continue;
    const series = names?.[i] ?? "";
    if (kept && !kept.has(series)) continue;
    let group = groups.get(series);
    if (!group) groups.set(series, (group = []));
    group.push({
      time,
      series,
      actual: actuals?.[i] ?? NaN,
      forecast: forecasts?.[i] ?? NaN,
      intervals: bands.length ? bands.map((band) => band(i)) : none
    });
  }
  const rows = [...groups.values()].map((group) => {
    if (!isInOrder(group)) group.sort((a, b) => +a.time - +b.time);
    checkOneRowPerTime(group, inFiles(data), nameOf(time), series === undefined ? undefined : nameOf(series));
    return withGaps(group, timeZone);
  });
  return {
    rows: (width === undefined ? rows : rows.map((group) => thin(group, width))).flat(),
    names: [...groups.keys()],
    more: kept ? all.size - kept.size : 0
  };
}

/** The names to read: so many, first those that must be. */
function keptOf(names: Set<string>, limit: number, first: Iterable<string> = []): Set<string> {
  const kept = new Set([...first].filter((name) => names.has(name)));
  for (const name of names) {
    if (kept.size >= limit) break;
    kept.add(name);
  }
  return kept;
}

function readInterval(data: Data, {lower, upper}: IntervalColumns): (i: number) => Interval {
  const [low, high] = [lower, upper].map((value) =>
    value === undefined ? undefined : unbounded(data, value)
  );
  return (i) => {
    const interval = {lower: low?.[i] ?? NaN, upper: high?.[i] ?? NaN};
    // An end that is missing beside one that is known is open.
    if (isNaN(interval.lower) && Number.isFinite(interval.upper)) interval.lower = -Infinity;
    if (isNaN(interval.upper) && Number.isFinite(interval.lower)) interval.upper = Infinity;
    const isKnown = Number.isFinite(interval.lower) || Number.isFinite(interval.upper);
    return isKnown ? interval : {lower: NaN, upper: NaN}; // of everything, nothing can be said
  };
}

function isInOrder(rows: ForecastRow[]): boolean {
  for (let i = 1; i < rows.length; i++) if (+rows[i - 1]!.time > +rows[i]!.time) return false;
  return true;
}

/** A row of NaN in each gap, so that no line crosses it. */
export function withGaps(rows: ForecastRow[], timeZone: string | undefined): ForecastRow[] {
  const times = rows.map(({time}) => +time);
  const isGap = gapsOf(times, zone(timeZone));
  const all: ForecastRow[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    all.push(row);
    if (i + 1 === rows.length || !isGap(times[i]!, times[i + 1]!)) continue;
    const time = new Date((times[i]! + times[i + 1]!) / 2);
    const intervals = row.intervals.map(() => ({lower: NaN, upper: NaN}));
    all.push({time, series: row.series, actual: NaN, forecast: NaN, intervals});
  }
  return all;
}

/** Throws an Error with the fix if a series has several rows at one time. */
function checkOneRowPerTime(
  rows: ForecastRow[],
  place: string,
  time: string,
  series: string | undefined
): void {
  const twice = rows.find((row, i) => i > 0 && +row.time === +rows[i - 1]!.time);
  if (!twice) return;
  const where = series === undefined ? "" : ` and ${series} "${twice.series}"`;
  const at = twice.time.toISOString().replace(/T00:00:00.000Z$/, "");
  throw new Error(
    `There are several rows${place} for ${time} ${at}${where}: choose one origin, horizon or ` +
      `version, or name the column that distinguishes them as "series"`
  );
}
