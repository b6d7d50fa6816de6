// Histograms of times, whose bins begin where units of the calendar do: bins of equal width would hold 7 months here and 5 there.
import {identifier} from "../tabular/quote.js";
import type {Bin} from "./histogram.js";

/** So many milliseconds, at most a week, or so many months. */
interface Unit {
  ms: number;
  months: number;
}

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const ofMs = (unit: number, ...counts: number[]): Unit[] => counts.map((n) => ({ms: n * unit, months: 0}));
const ofMonths = (...counts: number[]): Unit[] => counts.map((months) => ({ms: 0, months}));
const ofYears = (...counts: number[]): Unit[] => ofMonths(...counts.map((n) => 12 * n));

/** The shortest first. */
const units: readonly Unit[] = [
  ...ofMs(1, ...[1, 5, 10, 50, 100, 500]),
  ...[second, minute].flatMap((unit) => ofMs(unit, 1, 5, 15, 30)),
  ...ofMs(hour, 1, 3, 6, 12),
  ...ofMs(day, 1, 7),
  ...ofMonths(1, 3),
  ...[1, 10, 100, 1000, 10_000].flatMap((n) => ofYears(n, 2 * n, 5 * n)),
  ...ofYears(100_000)
];

/** What times may all be starts of, by DuckDB's names of it, the longest first: with its place in the units. */
const grids = Object.entries({
  year: {ms: 0, months: 12},
  month: {ms: 0, months: 1},
  week: {ms: 7 * day, months: 0},
  day: {ms: day, months: 0},
  hour: {ms: hour, months: 0},
  minute: {ms: minute, months: 0},
  second: {ms: second, months: 0}
}).map(([name, unit]) => ({
  name,
  unit,
  place: units.findIndex(({ms, months}) => ms === unit.ms && months === unit.months)
}));

/** 1970-01-05 was a Monday, and the start of every shorter unit. */
const monday = 4 * day;
/** A bin of 100,000 years may end after the last `Date`, or begin before the first, its negative. */
const last = 8.64e15;

/**
 * The histogram of times in milliseconds since 1970, all finite. Its bins are of one unit of the calendar in UTC: of milliseconds to
 * weeks, which begin on Mondays, of months, quarters, or 1, 2, 5, 10 … 100,000 years. It is the shortest unit of which no more than
 * `most` hold all times, but no shorter than the seconds, hours, days, months or such at whose starts all times are. No bins without times; one
 * without a width if all are alike.
 */
export function calendarBins(times: Float64Array, most: number): Bin[] {
  if (!times.length) return [];
  const [low, high] = times.reduce(
    ([low, high], x) => [Math.min(low, x), Math.max(high, x)],
    [Infinity, -Infinity]
  );
  if (low === high) return [{lower: low, upper: high, count: times.length}];
  const isStartOf = (unit: Unit) => times.every((time) => startOf(placeOf(time, unit), unit) === time);
  const fits = (unit: Unit) => placeOf(high, unit) - placeOf(low, unit) < most;
  const least = grids.find(({unit}) => isStartOf(unit))?.place ?? 0;
  const unit = units.slice(least).find(fits) ?? units.at(-1)!;
  const first = placeOf(low, unit);
  const bins = Array.from({length: placeOf(high, unit) - first + 1}, (_, i) => ({
    lower: startOf(first + i, unit),
    upper: startOf(first + i + 1, unit),
    count: 0
  }));
  for (const time of times) ++bins[placeOf(time, unit) - first]!.count;
  return bins;
}

function placeOf(time: number, {ms, months}: Unit): number {
  if (ms) return Math.floor((time - monday) / ms);
  const date = new Date(time);
  return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months);
}

function startOf(place: number, {ms, months}: Unit): number {
  if (ms) return monday + place * ms;
  const start = new Date(0).setUTCFullYear(0, place * months, 1);
  return isNaN(start) ? Math.sign(place) * last : start;
}

/** The statement that gives the same rows of a column of milliseconds since 1970. */
export function calendarBinsSql(table: string, name: string, most: number): string {
  const [time, from] = [identifier(name), identifier(table)];
  const place = (ms: string) => `CASE WHEN ms > 0 THEN floor((${ms} - ${monday}) / ms)
    ELSE floor((year(${timestamp(ms)}) * 12 + month(${timestamp(ms)}) - 1) / months) END`;
  const start = (at: string) => `CASE WHEN ms > 0 THEN ${monday} + (${at}) * ms ELSE ${day} *
    (make_date(CAST(floor((${at}) * months / 12) AS BIGINT), CAST((${at}) * months - 12 * floor((${at}) * months / 12) + 1 AS BIGINT), 1)
      - DATE '1970-01-01') END`;
  const least = grids.map(({name, place}) => `WHEN bool_and(date_trunc('${name}', t) = t) THEN ${place}`);
  return `WITH times AS (
  SELECT CAST(${time} AS DOUBLE) AS x, ${timestamp(time)} AS t FROM ${from} WHERE ${time} IS NOT NULL
), span AS (
  SELECT min(x) AS low, max(x) AS high,
    CASE ${least.join(" ")} ELSE 0 END AS least FROM times
), units AS (
  SELECT * FROM (VALUES ${units.map(({ms, months}, i) => `(${i}, ${ms}, ${months})`).join(", ")}) u(rank, ms, months)
), sized AS (
  SELECT low, high, ms, months, ${place("low")} AS first, ${place("high")} AS final FROM span, units WHERE low < high AND rank >= least
  AND (${place("high")} - (${place("low")}) < ${most} OR rank = ${units.length - 1}) ORDER BY rank LIMIT 1
), counted AS (
  SELECT ${place("x")} AS place, count(*) AS n FROM times, sized GROUP BY ALL
)
SELECT CAST(${start("first + i")} AS DOUBLE) AS lower, CAST(${start("first + i + 1")} AS DOUBLE) AS upper,
  CAST(coalesce(n, 0) AS INTEGER) AS count
FROM (SELECT *, unnest(range(0, CAST(final - first + 1 AS BIGINT))) AS i FROM sized) LEFT JOIN counted ON place = first + i
UNION ALL SELECT low, high, CAST((SELECT count(*) FROM times) AS INTEGER) FROM span WHERE low = high
ORDER BY lower`;
}

const timestamp = (ms: string) => `epoch_ms(CAST(${ms} AS BIGINT))`;
