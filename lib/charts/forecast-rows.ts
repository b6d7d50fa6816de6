// The rows of a forecast chart: checked, in order of time, and with the last time that was known.
import {inFiles, type Data} from "../metrics/column.js";
import {dates, nameOf, numbers, texts, type Value} from "./values.js";

/** One time of one series; unknown values are NaN. */
export interface ForecastRow {
  time: Date;
  series: string;
  actual: number;
  forecast: number;
  lower: number;
  upper: number;
}

interface ForecastColumns {
  time: Value;
  actual: Value;
  forecast: Value;
  lower?: Value | undefined;
  upper?: Value | undefined;
  series?: Value | undefined;
}

/**
 * The rows that have a time, in order of time. Throws an Error if one series has several rows at one time, such as forecasts of
 * several origins: a line can't be drawn through them.
 */
export function forecastRows(data: Data, {time, series, ...columns}: ForecastColumns): ForecastRow[] {
  const times = dates(data, time);
  const none = times.map(() => NaN);
  const read = (value: Value | undefined) => (value === undefined ? none : numbers(data, value));
  const [actual, forecast, lower, upper] = [
    columns.actual,
    columns.forecast,
    columns.lower,
    columns.upper
  ].map(read);
  const names = series === undefined ? times.map(() => "") : texts(data, series);
  const rows = times.flatMap((time, i) =>
    time
      ? [
          {
            time,
            series: names[i]!,
            actual: actual![i]!,
            forecast: forecast![i]!,
            lower: lower![i]!,
            upper: upper![i]!
          }
        ]
      : []
  );
  rows.sort((a, b) => +a.time - +b.time);
  checkOneRowPerTime(rows, inFiles(data), nameOf(time), series === undefined ? undefined : nameOf(series));
  return rows;
}

/** The last time that was known when the forecasts were made: the last one with an actual value before the first forecast. */
export function lastKnown(rows: ForecastRow[]): Date | undefined {
  const first = rows.find(({forecast}) => !isNaN(forecast));
  return first && rows.findLast(({time, actual}) => time < first.time && !isNaN(actual))?.time;
}

/** Throws an Error with the fix if a series has several rows at one time. */
function checkOneRowPerTime(
  rows: ForecastRow[],
  place: string,
  time: string,
  series: string | undefined
): void {
  const seen = new Set<string>();
  for (const row of rows) {
    const id = `${+row.time} ${row.series}`;
    if (seen.has(id)) {
      const where = series === undefined ? "" : ` and ${series} "${row.series}"`;
      throw new Error(
        `There are several rows${place} for ${time} ${row.time.toISOString().slice(0, 10)}${where}: choose one origin, horizon or ` +
          `version, or name the column that distinguishes them as "series"`
      );
    }
    seen.add(id);
  }
}
