// Sums of a measure by time: what its interval, its course and its residuals are computed from.
import {identifier, identifiers} from "../tabular/quote.js";
import {column, type Data} from "./column.js";
import {compareKeys, groupsOf} from "./groups.js";
import type {Columns} from "./measure-types.js";
import {measures, type RatioName} from "./measures.js";

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
  const times = keys.at(-1)!;
  const groups = groupsOf(keys, places.length);
  const sums = groups.first.map((i) => {
    const key = keys.map((values) => values[i]);
    const row = Object.fromEntries(by.map((name, k) => [name, key[k]]));
    return {key, row: Object.assign(row, {time: times[i], pairs: 0, term: 0, weight: 0})};
  });
  for (const [k, i] of places.entries()) {
    const {row} = sums[groups.of[k]!]!;
    ++row.pairs;
    row.term += term[i]!;
    row.weight += weight[i]!;
  }
  return sums.sort((a, b) => compareKeys(a.key, b.key)).map(({row}) => row);
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
