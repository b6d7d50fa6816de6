// Which of a table's numbers are actual values and their forecasts, by the values themselves: a forecast is near the actual values, and goes on
// where the actual values end, or begins where they have begun long before.
import {chooseInterval, intervalsOf, type Interval} from "./bounds.js";
import type {FoundRow} from "./found.js";

/** The numbers of a row that are values: the actual one, the forecast and its interval. */
export interface ValueColumns {
  actual: string;
  forecast: string;
  lower?: string;
  upper?: string;
  /** The share of actual values that should lie in the interval, where the names of its columns tell it. */
  level?: number;
}

/** Fewer rows that have both values tell nothing. */
const fewestPairs = 8;
/** Means of the differences by the mean of the values: beyond, two columns are of different things. */
const largestError = 0.5;
/** Two columns of 30 are compared in 870 ways. */
const mostColumns = 30;

interface Columns {
  time: string;
  /** Columns of numbers. */
  numbers: readonly string[];
  /** Columns whose values name a series or version. */
  keys: readonly string[];
}

/** The pair of columns that are nearest to each other and of which one ends later; undefined where there is none. */
export function shapeByValues(
  rows: readonly FoundRow[],
  {numbers, ...columns}: Columns
): ValueColumns | undefined {
  const values = numbers.slice(0, mostColumns).map((name) => ({
    name,
    values: rows.map((row) => numberOf(row[name])),
    span: spanOf(rows, name, columns)
  }));
  let best: {actual: string; forecast: string; error: number} | undefined;
  for (const actual of values) {
    for (const forecast of values) {
      if (actual === forecast || !isAfter(forecast.span, actual.span)) continue;
      const error = relativeError(actual.values, forecast.values);
      if (error !== undefined && error <= largestError && error < (best?.error ?? Infinity))
        best = {actual: actual.name, forecast: forecast.name, error};
    }
  }
  if (!best) return undefined;
  const {actual, forecast} = best;
  const middle = values.find(({name}) => name === forecast)!.values;
  const bounds = (sign: -1 | 1) =>
    values
      .filter(({name, values}) => name !== actual && name !== forecast && isBound(values, middle, sign))
      .map(({name, values}) => ({name, error: relativeError(middle, values) ?? 0}))
      .sort((a, b) => a.error - b.error)
      .map(({name}) => name);
  return {actual, forecast, ...intervalOf(bounds(-1), bounds(1))};
}

/** Of several bounds on each side, nearest first, two that belong together: by their names, or else the same in the order. */
function intervalOf(lowers: readonly string[], uppers: readonly string[]): Partial<Interval> {
  const byName = chooseInterval(intervalsOf([...lowers, ...uppers]));
  const last = Math.min(lowers.length, uppers.length) - 1;
  const [lower, upper] = [lowers[last], uppers[last]];
  return byName ?? (lower !== undefined && upper !== undefined ? {lower, upper} : {});
}

const numberOf = (value: unknown): number =>
  value === null || value === undefined || value === "" ? NaN : Number(value);

const millisecondsOf = (value: unknown): number =>
  value instanceof Date ? +value : typeof value === "number" ? value : Date.parse(String(value));

interface Span {
  first: number;
  last: number;
}

/** The mean first and last time of a column's values over all series. */
function spanOf(rows: readonly FoundRow[], name: string, {time, keys}: Omit<Columns, "numbers">): Span {
  const spans = new Map<string, Span>();
  for (const row of rows) {
    const at = millisecondsOf(row[time]);
    if (Number.isNaN(numberOf(row[name])) || Number.isNaN(at)) continue;
    const key = JSON.stringify(keys.map((key) => row[key] ?? null));
    const {first, last} = spans.get(key) ?? {first: at, last: at};
    spans.set(key, {first: Math.min(first, at), last: Math.max(last, at)});
  }
  const all = [...spans.values()];
  const mean = (of: keyof Span) => all.reduce((sum, span) => sum + span[of], 0) / all.length;
  return {first: mean("first"), last: mean("last")};
}

/** Whether one ends later, or ends at the same time and begins later. */
const isAfter = (one: Span, other: Span): boolean =>
  one.last > other.last || (one.last === other.last && one.first > other.first);

/** The mean difference by the mean size, where both have a value. */
function relativeError(actual: readonly number[], forecast: readonly number[]): number | undefined {
  let [pairs, error, size] = [0, 0, 0];
  actual.forEach((value, i) => {
    const other = forecast[i]!;
    if (Number.isNaN(value) || Number.isNaN(other)) return;
    pairs++;
    error += Math.abs(value - other);
    size += Math.abs(value);
  });
  return pairs >= fewestPairs && size > 0 ? error / size : undefined;
}

/** Whether values are there where the forecast's are, on one side of them, and not always the same. */
function isBound(values: readonly number[], forecast: readonly number[], sign: -1 | 1): boolean {
  let differs = false;
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value) !== Number.isNaN(forecast[i])) return false;
    if (Number.isNaN(value)) continue;
    if (sign * (value - forecast[i]!) < 0) return false;
    differs ||= value !== forecast[i];
  }
  return differs;
}
