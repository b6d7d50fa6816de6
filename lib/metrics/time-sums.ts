// Sums of a measure by time: what its interval, its course and its residuals are computed from.
import {identifier, identifiers} from "../tabular/quote.js";
import {column, type Data} from "./column.js";
import {compareKeys, groupsOf} from "./groups.js";
import type {Columns} from "./measure-types.js";
import {measures, type RatioName} from "./measures.js";
import {ascending} from "./order.js";

/** What to sum. */
export interface Timed extends Columns {
  /** The columns to group by besides the time, such as the version. */
  by?: string[];
  /** The column of the time that is forecast; `"time"` if left out. */
  time?: string;
}

/** The sums of one group and time; it also has the group's columns. A row that the measure doesn't count isn't in it. */
export interface TimeSums {
  [by: string]: unknown;
  time: unknown;
  /** How many rows count. */
  pairs: number;
  /** The two sums whose ratio the measure is, see {@link RatioMeasure}. */
  term: number;
  weight: number;
}

/** The sums by group and time, in ascending order of these, with null last; rows without a time are left out. */
export function timeSums(
  data: Data,
  {by = [], time = "time", measure = "wape", ...columns}: Timed & {measure?: RatioName} = {}
): TimeSums[] {
  const {term, weight} = measures[measure].parts(data, columns);
  const all = [...by, time].map((name) => column(data, name));
  const places = placesOf(term, all.at(-1)!);
  const keys = all.map((values) => places.map((i) => values[i] ?? null));
  const times = keys.pop()!;
  const outer = groupsOf(keys, places.length);
  const groups = groupsOf([times], places.length, outer);
  const sums = groups.first.map((i) => {
    const row = rowOf(by, (k) => keys[k]![i]) as TimeSums;
    row.time = times[i];
    row.pairs = row.term = row.weight = 0;
    return row;
  });
  for (let k = 0; k < places.length; ++k) {
    const row = sums[groups.of[k]!]!;
    ++row.pairs;
    row.term += term[places[k]!]!;
    row.weight += weight[places[k]!]!;
  }
  const lines = outer.first.map((i) => ({key: keys.map((values) => values[i]), rows: [] as TimeSums[]}));
  for (let g = 0; g < sums.length; ++g) lines[outer.of[groups.first[g]!]!]!.rows.push(sums[g]!);
  return lines.sort((a, b) => compareKeys(a.key, b.key)).flatMap(({rows}) => inOrder(rows));
}

/** A row that has only the columns of its group yet: to spread those of a million takes ten times as long. */
export function rowOf(by: readonly string[], valueOf: (k: number) => unknown): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let k = 0; k < by.length; ++k) {
    const [name, value] = [by[k]!, valueOf(k)];
    // A column may be called "__proto__".
    if (name in Object.prototype)
      Object.defineProperty(row, name, {value, enumerable: true, configurable: true, writable: true});
    else row[name] = value;
  }
  return row;
}

/** The rows in order of time, in which they mostly are: then nothing is sorted. */
function inOrder(rows: TimeSums[]): TimeSums[] {
  const isSorted = rows.every((row, i) => i === 0 || ascending(rows[i - 1]!.time, row.time) <= 0);
  return isSorted ? rows : rows.sort((a, b) => ascending(a.time, b.time));
}

/** The rows that count, which may be few of many: those with a term and a time. */
export function placesOf(term: Float64Array, times: readonly unknown[]): number[] {
  const places: number[] = [];
  for (let i = 0; i < term.length; ++i) if (!isNaN(term[i]!) && times[i] != null) places.push(i);
  return places;
}

/** The statement that gives the same rows of a table. */
export function timeSumsSql(
  table: string,
  {by = [], time = "time", measure = "wape", ...columns}: Timed & {measure?: RatioName} = {}
): string {
  const {term, weight, counts} = measures[measure].partsSql(columns);
  const keys = [...by, time].map(identifier);
  return `SELECT ${by.map((name) => `${identifier(name)}, `).join("")}${identifier(time)} AS "time",
  CAST(count(*) AS INTEGER) AS pairs, sum(CAST(${term} AS DOUBLE)) AS term, sum(CAST(${weight} AS DOUBLE)) AS weight
FROM ${identifier(table)}
WHERE ${counts} AND ${identifier(time)} IS NOT NULL
GROUP BY ${identifiers([...by, time])}
ORDER BY ${keys.map((key) => `${key} NULLS LAST`).join(", ")}`;
}

/** The rows of each group, in the order of the rows. */
export function timeGroups(
  sums: readonly TimeSums[],
  by: readonly string[]
): {key: Record<string, unknown>; rows: TimeSums[]}[] {
  const {of, first} = groupsOf(
    by.map((name) => sums.map((row) => row[name])),
    sums.length
  );
  const groups = first.map((i) => ({
    key: Object.fromEntries(by.map((name) => [name, sums[i]![name]])),
    rows: [] as TimeSums[]
  }));
  sums.forEach((row, i) => groups[of[i]!]!.rows.push(row));
  return groups;
}
