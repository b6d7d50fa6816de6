// Naive and seasonal naive forecasts for the same series, origins and horizons as given ones.
import {identifier} from "../tabular/quote.js";
import {column, numbers, type Data} from "./column.js";
import {groupsOf} from "./groups.js";
import {double} from "./measure.js";
import {checkSeason} from "./naive-error.js";
import {ascending} from "./order.js";

/** The columns of forecasts and of the history. */
export interface BaselineOptions {
  /** The columns that name a series, in both; none if there is one series. */
  series?: string[];
  /** The forecasts' column of the time of the last actual value that the forecast knew; `"origin"` if left out. */
  origin?: string;
  /** The forecasts' column of how many periods ahead they are, from 1; `"horizon"` if left out. */
  horizon?: string;
  /** The history's column of times; `"time"` if left out. */
  time?: string;
  /** The history's column of values; `"actual"` if left out. */
  actual?: string;
  /** 1 for the naive forecast, the last value; or the length of the season, such as 12 for months. */
  season?: number;
}

/**
 * For each forecast the (seasonal) naive one: of the horizon h from the origin T with the season m, the value of T + h − m⌈h/m⌉,
 * which is T at the latest, so nothing after the origin is used. Null if that value isn't known. The history must have a row for every
 * period, as for {@link naiveError}.
 *
 * fpp3, section 5.2.
 */
export function baseline(
  forecasts: Data,
  history: Data,
  {
    series = [],
    origin = "origin",
    horizon = "horizon",
    time = "time",
    actual = "actual",
    season = 1
  }: BaselineOptions = {}
): (number | null)[] {
  checkSeason(season);
  const values = numbers(history, actual);
  const times = column(history, time);
  const [origins, horizons] = [column(forecasts, origin), numbers(forecasts, horizon)];
  const keys = series.map((name) => [...column(history, name), ...column(forecasts, name)]);
  const groups = groupsOf(keys, times.length + origins.length);
  const known = groups.first.map((): number[] => []);
  times.forEach((time, i) => time != null && known[groups.of[i]!]!.push(i));
  for (const rows of known) rows.sort((i, j) => ascending(times[i], times[j]));

  return origins.map((origin, i) => {
    const row = times.length + i;
    const h = horizons[i]!;
    if (origin == null || !(Number.isInteger(h) && h >= 1) || keys.some((key) => key[row] == null))
      return null;
    const rows = known[groups.of[row]!]!;
    const last = countUntil(rows, (j) => ascending(times[j], origin) <= 0) - 1;
    const value = last < 0 ? undefined : values[rows[last + h - season * Math.ceil(h / season)]!];
    return value !== undefined && Number.isFinite(value) ? value : null;
  });
}

/** The statement that gives a table's forecasts with the same forecast in one more column, `baseline`. */
export function baselineSql(
  forecasts: string,
  history: string,
  {
    series = [],
    origin = "origin",
    horizon = "horizon",
    time = "time",
    actual = "actual",
    season = 1
  }: BaselineOptions = {}
): string {
  checkSeason(season);
  const keys = series.map(identifier);
  const same = (a: string, b: string) => keys.map((key) => `${a}.${key} = ${b}.${key} AND `).join("");
  const h = `CAST(f.${identifier(horizon)} AS DOUBLE)`;
  const partition = keys.length ? `PARTITION BY ${keys.join(", ")} ` : "";
  return `WITH known AS (
  SELECT ${keys.map((key) => `${key}, `).join("")}${identifier(time)} AS known_time, ${double(actual)} AS known_value,
    row_number() OVER (${partition}ORDER BY ${identifier(time)}) AS place
  FROM ${identifier(history)} WHERE ${identifier(time)} IS NOT NULL
), placed AS (
  SELECT f.*, last.place + ${h} - ${season} * ceil(${h} / ${season}) AS baseline_place, ${h} AS baseline_horizon
  FROM ${identifier(forecasts)} AS f ASOF LEFT JOIN known AS last
    ON ${same("f", "last")}f.${identifier(origin)} >= last.known_time
)
SELECT placed.* EXCLUDE (baseline_place, baseline_horizon),
  CASE WHEN isfinite(known_value) AND baseline_horizon >= 1 AND baseline_horizon = floor(baseline_horizon) THEN known_value END AS baseline
FROM placed LEFT JOIN known ON ${same("placed", "known")}known.place = placed.baseline_place`;
}

/** How many of the first items, all before the others, pass. */
function countUntil<T>(items: readonly T[], passes: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
