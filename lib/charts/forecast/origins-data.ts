// The forecasts of one series that were made at several origins.
import type {Data} from "../../metrics/column.js";
import {inFiles} from "../../metrics/column.js";
import {findColumn, needColumn} from "../find-columns.js";
import {firstTwice, twoRows} from "../two-rows.js";
import {dataOf, instants, nameOf, numbers, type Value} from "../values.js";

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

/** Values in the order of time, which is in milliseconds since 1970: of a million, dates take much longer to make. */
export interface Line {
  times: number[];
  values: number[];
}

/** What was read. */
export interface OriginsData {
  /** The forecasts of each origin, from the oldest. */
  origins: (Line & {origin: Date})[];
  actual: Line;
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
  const part = dataOf(data, [time, origin, forecast, actual]);
  const [times, made] = [instants(part, time, timeZone), instants(part, origin, timeZone)];
  const forecasts = numbers(part, forecast);
  const known = actual === undefined ? [] : numbers(part, actual);
  const byOrigin = new Map<number, Line>();
  const actuals: Line = {times: [], values: []};
  for (let i = 0; i < times.length; ++i) {
    const at = times[i]!;
    if (isNaN(at)) continue;
    if (known[i] !== undefined && !isNaN(known[i]!)) add(actuals, at, known[i]!);
    const from = made[i]!;
    if (isNaN(from) || isNaN(forecasts[i]!)) continue;
    const line = byOrigin.get(from) ?? {times: [], values: []};
    byOrigin.set(from, line);
    add(line, at, forecasts[i]!);
  }
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const origins = [...byOrigin].sort(([a], [b]) => a - b);
  return {
    origins: origins.map(([from, line]) => {
      const sorted = inOrder(line);
      const again = sorted.times.find((at, i) => at === sorted.times[i - 1]);
      if (again !== undefined) {
        const isAgain = (i: number) => times[i] === again && made[i] === from && !isNaN(forecasts[i]!);
        const [first, second] = firstTwice(times.length, (i) => (isAgain(i) ? 0 : undefined))!;
        throw new Error(
          `There are several forecasts${inFiles(data)} for ${nameOf(time)} ${day(again)} of the ${nameOf(origin)} ` +
            `${day(from)}, such as ${twoRows(first, second)}: choose one series and version`
        );
      }
      return {origin: new Date(from), ...sorted};
    }),
    actual: lastOfEach(inOrder(actuals)),
    timeName: nameOf(time)
  };
}

/** Adds a point at the end. */
export function add({times, values}: Line, time: number, value: number): void {
  times.push(time);
  values.push(value);
}

/** The same points, of which most lines are in order already. */
function inOrder(line: Line): Line {
  if (line.times.every((time, i) => !(line.times[i - 1]! > time))) return line;
  return pick(
    line,
    [...line.times.keys()].sort((a, b) => line.times[a]! - line.times[b]!)
  );
}

/** Each origin's rows have the actual values, too. */
const lastOfEach = (line: Line): Line =>
  pick(
    line,
    [...line.times.keys()].filter((i) => line.times[i] !== line.times[i + 1])
  );

/** The points at these places. */
export const pick = ({times, values}: Line, places: readonly number[]): Line => ({
  times: places.map((i) => times[i]!),
  values: places.map((i) => values[i]!)
});
