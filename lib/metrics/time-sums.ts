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

/** The sums of one group in columns, each with a value for each time, in ascending order of time. */
export interface GroupSums {
  /** The group's value in each column that is grouped by. */
  key: unknown[];
  times: unknown[];
  pairs: Int32Array;
  term: Float64Array;
  weight: Float64Array;
}

/** The sums by group and time, in ascending order of these, with null last; rows without a time are left out. */
export function timeSums(data: Data, options: Timed & {measure?: RatioName} = {}): TimeSums[] {
  return groupSums(data, options).flatMap(({key, times, pairs, term, weight}) =>
    times.map((time, i) => {
      const row = rowOf(options.by, key) as TimeSums;
      row.time = time;
      row.pairs = pairs[i]!;
      row.term = term[i]!;
      row.weight = weight[i]!;
      return row;
    })
  );
}

/** What {@link timeSums} gives, without an object for each of a million times. */
export function groupSums(
  data: Data,
  {by = [], time = "time", measure = "wape", ...columns}: Timed & {measure?: RatioName} = {}
): GroupSums[] {
  const parts = measures[measure].parts(data, columns);
  const all = [...by, time].map((name) => column(data, name));
  const places = placesOf(parts.term, all.at(-1)!);
  const keys = all.map((values) => places.map((i) => values[i] ?? null));
  const times = keys.pop()!;
  const outer = groupsOf(keys, places.length);
  const groups = groupsOf([times], places.length, outer);
  const length = groups.first.length;
  const [pairs, term, weight] = [new Int32Array(length), new Float64Array(length), new Float64Array(length)];
  for (let k = 0; k < places.length; ++k) {
    const [group, place] = [groups.of[k]!, places[k]!];
    ++pairs[group]!;
    term[group]! += parts.term[place]!;
    weight[group]! += parts.weight[place]!;
  }
  const lines = outer.first.map((i) => ({key: keys.map((values) => values[i]), members: [] as number[]}));
  for (let g = 0; g < length; ++g) lines[outer.of[groups.first[g]!]!]!.members.push(g);
  return lines
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({key, members}) => {
      inOrder(members, (g) => times[groups.first[g]!]);
      return {
        key,
        times: members.map((g) => times[groups.first[g]!]),
        pairs: Int32Array.from(members, (g) => pairs[g]!),
        term: Float64Array.from(members, (g) => term[g]!),
        weight: Float64Array.from(members, (g) => weight[g]!)
      };
    });
}

/** A row that has only the columns of its group yet: to spread those of a million takes ten times as long. */
export function rowOf(by: readonly string[] = [], key: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let k = 0; k < by.length; ++k) {
    const [name, value] = [by[k]!, key[k]];
    // A column may be called "__proto__".
    if (name in Object.prototype)
      Object.defineProperty(row, name, {value, enumerable: true, configurable: true, writable: true});
    else row[name] = value;
  }
  return row;
}

/** Puts the groups in order of time, in which they mostly are: then nothing is sorted. */
function inOrder(groups: number[], timeOf: (group: number) => unknown): void {
  const isSorted = groups.every((g, i) => i === 0 || ascending(timeOf(groups[i - 1]!), timeOf(g)) <= 0);
  if (!isSorted) groups.sort((a, b) => ascending(timeOf(a), timeOf(b)));
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
