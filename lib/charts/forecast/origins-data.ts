// The forecasts of one series that were made at several origins.
import type {Data} from "../../metrics/column.js";
import {inFiles} from "../../metrics/column.js";
import {findColumn, needColumn} from "../find-columns.js";
import {dates, nameOf, numbers, type Value} from "../values.js";

/** The columns of forecasts by origin. Those that are left out are found by their usual names. */
export interface OriginsColumnOptions {
  /** The time that a forecast is for, as in `forecastChart`. Found as time, date, ds, month, timestamp and such. */
  time?: Value;
  /** The actual values. Found as actual, y, observed, value, target, sales and such. */
  actual?: Value | undefined;
  /** The forecasts. Found as forecast, yhat, prediction, predicted, mean and such. */
  forecast?: Value;
  /** When each forecast was made: a time. Found as origin, cutoff, forecast_origin, forecast_date, edition. */
  origin?: Value;
  /** The zone of texts that name none, and in which times are shown; UTC if left out. */
  timeZone?: string | undefined;
}

/** A forecast for a time. */
export interface OriginPoint {
  time: Date;
  forecast: number;
}

/** What was read, in order of time. */
export interface OriginsData {
  /** The forecasts of each origin, from the oldest. */
  origins: {origin: Date; points: OriginPoint[]}[];
  actuals: {time: Date; actual: number}[];
  timeName: string;
}

/** Reads the columns. Throws an Error with the fix if an origin has two forecasts for one time, as of several series or versions. */
export function originsData(
  data: Data,
  {
    time = needColumn(data, "time"),
    forecast = needColumn(data, "forecast"),
    origin = needColumn(data, "origin"),
    actual = findColumn(data, "actual"),
    timeZone
  }: OriginsColumnOptions
): OriginsData {
  const [times, made] = [dates(data, time, timeZone), dates(data, origin, timeZone)];
  const forecasts = numbers(data, forecast);
  const known = actual === undefined ? [] : numbers(data, actual);
  const byOrigin = new Map<number, Map<number, number>>();
  const actuals = new Map<number, number>();
  for (const [i, at] of times.entries()) {
    if (!at) continue;
    if (known[i] !== undefined && !isNaN(known[i])) actuals.set(+at, known[i]);
    const from = made[i];
    if (!from || isNaN(forecasts[i]!)) continue;
    const points = byOrigin.get(+from) ?? new Map<number, number>();
    byOrigin.set(+from, points);
    if (points.has(+at))
      throw new Error(
        `There are several forecasts${inFiles(data)} for ${nameOf(time)} ${at.toISOString().slice(0, 10)} of the ${nameOf(origin)} ` +
          `${from.toISOString().slice(0, 10)}: choose one series and version`
      );
    points.set(+at, forecasts[i]!);
  }
  const inOrder = <T>(map: Map<number, T>) => [...map].sort(([a], [b]) => a - b);
  return {
    origins: inOrder(byOrigin).map(([at, points]) => ({
      origin: new Date(at),
      points: inOrder(points).map(([time, forecast]) => ({time: new Date(time), forecast}))
    })),
    actuals: inOrder(actuals).map(([time, actual]) => ({time: new Date(time), actual})),
    timeName: nameOf(time)
  };
}
