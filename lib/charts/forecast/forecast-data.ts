// What a forecast chart reads of its data: which columns, at which levels, and the color of its version.
import {column, inFiles, type Data} from "../../metrics/column.js";
import {findColumn, namesOf, needColumn} from "../find-columns.js";
import {findMade} from "./made-at.js";
import {readRows, type ForecastColumns, type ReadRows} from "./forecast-rows.js";
import {
  checkLevel,
  findIntervals,
  pairQuantiles,
  widestFirst,
  type IntervalColumns,
  type QuantileColumns
} from "./intervals.js";
import {dataOf, nameOf, texts, type Value} from "../values.js";

/** The columns of forecasts. Those that are left out are found by their usual names. */
export interface ForecastColumnOptions {
  /**
   * When: dates, ISO 8601 texts, US dates, years, or seconds, milliseconds, microseconds or nanoseconds since 1970. Found as time,
   * date, ds, month, timestamp, week, day, year and such.
   */
  time?: Value;
  /** The actual values. Found as actual, y, observed, value, target, sales and such. */
  actual?: Value | undefined;
  /** The forecasts. Found as forecast, yhat, prediction, predicted, mean and such. */
  forecast?: Value | undefined;
  /** The lower end of the interval; without one, or where it is -Infinity, the interval is open. Found as lower, lo, yhat_lower and such. */
  lower?: Value | undefined;
  /** The upper end of the interval. Found as upper, hi, yhat_upper and such. */
  upper?: Value | undefined;
  /** The nominal share of actual values between lower and upper, such as 0.9. */
  level?: number | undefined;
  /**
   * Several intervals, instead of lower and upper: `[{level: 0.8, lower: "lo80", upper: "hi80"}, …]`. Columns named so, or lower_80,
   * ets-lo-80, q0.1 and q0.9, or 0.1 and 0.9, are found.
   */
  intervals?: readonly IntervalColumns[] | undefined;
  /** The columns of quantiles, `{0.05: "q05", 0.5: "q50", 0.95: "q95"}`: pairs are intervals, and 0.5 the forecast if there is no other. */
  quantiles?: QuantileColumns | undefined;
  /** What identifies the series, if there are several. Found as series, unique_id, series_id, item_id. */
  series?: Value | undefined;
  /** The zone of texts that name none, and in which times are shown: an IANA name such as "America/Los_Angeles"; UTC if left out. */
  timeZone?: string | undefined;
}

/** What of it is drawn: all, if nothing is given. */
type Drawn = Pick<ForecastColumns, "width" | "limit" | "highlight">;

/** What was read. */
export interface ForecastData extends ReadRows {
  /** The levels of the rows' intervals; undefined where it isn't known. */
  levels: (number | undefined)[];
  /** The name of the column of times. */
  timeName: string;
  hasSeries: boolean;
  /** The only version that the data names, if it names one. */
  version: string | undefined;
}

/** Reads the columns; those that aren't given are found. Throws an Error with the columns that there are if none can be drawn. */
export function forecastData(
  data: Data,
  {
    time = needColumn(data, "time"),
    quantiles,
    forecast = quantiles?.[0.5] ?? findColumn(data, "forecast") ?? findIntervals(data).forecast,
    actual = findActual(data, forecast),
    lower = quantiles ? undefined : findColumn(data, "lower"),
    upper = quantiles ? undefined : findColumn(data, "upper"),
    level,
    intervals,
    series,
    timeZone
  }: ForecastColumnOptions,
  drawn: Drawn = {}
): ForecastData {
  if (level !== undefined) checkLevel(level);
  const names = namesOf(data);
  if (actual === undefined && forecast === undefined && names.length)
    throw new Error(
      `The chart needs a column of actual values or forecasts${inFiles(data)}, and none has a usual name for them. ` +
        `There are: ${names.join(", ")}. Name one: {forecast: ${JSON.stringify(names.at(-1))}}`
    );
  const given = intervals ?? (quantiles && pairQuantiles(quantiles));
  const named =
    lower === undefined && upper === undefined
      ? findIntervals(data, forecast).intervals
      : [{level, lower, upper}];
  const all = widestFirst(given ?? named);
  const [usualSeries, version] = [findColumn(data, "series"), findColumn(data, "version")];
  const made = findMade(data, time);
  const ends = all.flatMap(({lower, upper}) => [lower, upper]);
  const part = dataOf(data, [
    time,
    actual,
    forecast,
    ...ends,
    series ?? usualSeries,
    version,
    made.origin,
    made.horizon
  ]);
  series ??= severalOf(part, usualSeries);
  return {
    ...readRows(part, {time, actual, forecast, intervals: all, series, timeZone, ...made, ...drawn}),
    levels: all.map(({level}) => level),
    timeName: nameOf(time),
    hasSeries: series !== undefined,
    version: soleOf(part, version)
  };
}

/** The column of actual values; never that of the forecasts. */
function findActual(data: Data, forecast: Value | undefined): string | undefined {
  const found = findColumn(data, "actual");
  return found === forecast ? undefined : found;
}

/** The column, if it distinguishes several. */
const severalOf = (data: Data, name: string | undefined) =>
  name !== undefined && distinctTexts(data, name, 2).length > 1 ? name : undefined;

/** The only version that the data names, if it names one. */
export const soleVersion = (data: Data): string | undefined => soleOf(data, findColumn(data, "version"));

function soleOf(data: Data, name: string | undefined): string | undefined {
  const names = name === undefined ? [] : distinctTexts(data, name, 2);
  return names.length === 1 ? names[0] : undefined;
}

/** The first texts of a column that differ and aren't empty, at most so many. */
function distinctTexts(data: Data, name: string, most: number): string[] {
  const values = new Set<unknown>();
  let before: unknown;
  for (const value of column(data, name)) {
    // To look at the one before is much faster than to look it up, and most are the same.
    if (value === before || value == null || value === "") continue;
    values.add((before = value));
    if (values.size >= most) break;
  }
  return texts({[name]: [...values]}, name);
}
