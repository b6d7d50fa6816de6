// The rows of a forecast chart: checked, in order of time, with gaps, and with the last time that was known.
import {inFiles, type Data} from "../../metrics/column.js";
import type {ForecastRow, Interval} from "./forecast-row.js";
import type {IntervalColumns} from "./intervals.js";
import {originsOf, type MadeColumns} from "./made-at.js";
import {gapsOf} from "./steps.js";
import {thin} from "./thin.js";
import {twoRows} from "../two-rows.js";
import {instants, nameOf, numbers, texts, unbounded, type Value} from "../values.js";
import {zone} from "../zone.js";

/** The columns to read. */
export interface ForecastColumns extends MadeColumns {
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
  /** When the forecasts of each series were made: null if at several times. Without those of which it isn't known. */
  origins: ReadonlyMap<string, number | null>;
}

const none: readonly Interval[] = [];

/**
 * The rows that have a time, those of each series together and in order of time, with a row of NaN where a regular series misses some.
 * Throws an Error if one series has several rows at one time, such as forecasts of several origins: a line can't be drawn through them.
 */
export function readRows(data: Data, columns: ForecastColumns): ReadRows {
  const {time, actual, forecast, intervals = [], series, timeZone, width} = columns;
  const times = instants(data, time, timeZone);
  const read = (value: Value | undefined) => (value === undefined ? undefined : numbers(data, value));
  const [actuals, forecasts] = [read(actual), read(forecast)];
  const bands = intervals.map((interval) => readInterval(data, interval));
  const names = series === undefined ? undefined : texts(data, series);
  const all = new Set(names);
  const kept =
    columns.limit === undefined || all.size <= columns.limit
      ? undefined
      : keptOf(all, columns.limit, columns.highlight);
  // Rows are objects only once it is known which are drawn: to make a million takes most of a second.
  const rowOf = (i: number): ForecastRow => ({
    time: new Date(times[i]!),
    series: names?.[i] ?? "",
    actual: actuals?.[i] ?? NaN,
    forecast: forecasts?.[i] ?? NaN,
    intervals: bands.length ? bands.map((band) => band(i)) : none
  });
  const values = [
    ...[actuals, forecasts].flatMap((column) => (column ? [(i: number) => column[i]!] : [])),
    ...(bands[0] ? [(i: number) => bands[0]!(i).lower, (i: number) => bands[0]!(i).upper] : [])
  ];
  const groups = placesOf(times, names, kept);
  const rows = [...groups.values()].flatMap((places) => {
    if (!isInOrder(places, times)) places.sort((a, b) => times[a]! - times[b]!);
    trim(places, (row) => values.some((value) => !isNaN(value(row))));
    const twice = places.findIndex((row, i) => i > 0 && times[row] === times[places[i - 1]!]);
    if (twice > 0)
      throw severalRows([places[twice - 1]!, places[twice]!], rowOf(places[twice]!), {
        place: inFiles(data),
        time: nameOf(time),
        series: series && nameOf(series)
      });
    const at = Float64Array.from(places, (row) => times[row]!);
    const drawn =
      width === undefined
        ? Array.from(places, (_, i) => i)
        : thin({times: at, values: values.map((value) => (i) => value(places[i]!))}, width);
    return withGapsAt(
      drawn.map((i) => rowOf(places[i]!)),
      gapsBetween(at, drawn, timeZone)
    );
  });
  const origins = forecasts
    ? originsOf(data, columns, {groups, times, forecasts, actuals, timeZone})
    : new Map<string, null>();
  return {rows, names: [...groups.keys()], more: kept ? all.size - kept.size : 0, origins};
}

/** The numbers of the rows of each series that have a time. */
function placesOf(times: Float64Array, names: string[] | undefined, kept: Set<string> | undefined) {
  const groups = new Map<string, number[]>();
  for (let i = 0; i < times.length; i++) {
    if (isNaN(times[i]!)) continue;
    const name = names?.[i] ?? "";
    if (kept && !kept.has(name)) continue;
    let group = groups.get(name);
    if (!group) groups.set(name, (group = []));
    group.push(i);
  }
  return groups;
}

/** Leaves out the rows before the first that has a value and after the last, such as months to come: they would be an empty part of the axis. */
function trim(places: number[], hasValue: (row: number) => boolean): void {
  places.length = places.findLastIndex(hasValue) + 1;
  places.splice(0, Math.max(0, places.findIndex(hasValue)));
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

function isInOrder(places: number[], times: Float64Array): boolean {
  for (let i = 1; i < places.length; i++) if (times[places[i - 1]!]! > times[places[i]!]!) return false;
  return true;
}

/** Whether the series with these times misses something between each of the places and the next. */
function gapsBetween(
  times: ArrayLike<number>,
  places: readonly number[],
  timeZone: string | undefined
): boolean[] {
  const isGap = gapsOf(times, zone(timeZone));
  return places.map((place, i) => {
    for (let j = place; j < (places[i + 1] ?? 0); j++) if (isGap(times[j]!, times[j + 1]!)) return true;
    return false;
  });
}

/** A row of NaN in each gap, so that no line crosses it. */
export function withGaps(rows: readonly ForecastRow[], timeZone: string | undefined): ForecastRow[] {
  const times = rows.map(({time}) => +time);
  return withGapsAt(
    rows,
    gapsBetween(
      times,
      rows.map((_, i) => i),
      timeZone
    )
  );
}

function withGapsAt(rows: readonly ForecastRow[], gaps: readonly boolean[]): ForecastRow[] {
  return rows.flatMap((row, i) => {
    if (!gaps[i]) return [row];
    const time = new Date((+row.time + +rows[i + 1]!.time) / 2);
    const intervals = row.intervals.map(() => ({lower: NaN, upper: NaN}));
    return [row, {time, series: row.series, actual: NaN, forecast: NaN, intervals}];
  });
}

/** The error with the fix if a series has several rows at one time. */
function severalRows(
  [first, second]: [number, number],
  row: ForecastRow,
  {place, time, series}: {place: string; time: string; series: string | undefined}
): Error {
  const where = series === undefined ? "" : ` and ${series} "${row.series}"`;
  const at = row.time.toISOString().replace(/T00:00:00.000Z$/, "");
  return new Error(
    `There are several rows${place} for ${time} ${at}${where}, such as ${twoRows(first, second)}: ` +
      (series === undefined
        ? 'choose one origin, horizon or version, or name the column that distinguishes them as "series"'
        : "choose one origin or horizon, or leave out rows that are there twice")
  );
}
