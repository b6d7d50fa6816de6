// The rows of a forecast chart: checked, in order of time, and with the cutoff between what was known and what wasn't.
import {inFiles, type Data} from "../metrics/column.js";
import {dates, nameOf, numbers, texts, type Value} from "./values.js";

/** One moment of one series; NaN stands for what isn't known. */
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
 * The rows that have a time, in its order. Several rows of one series at one time, such as the forecasts of many origins, have
 * no order to draw a line by: an error says so.
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
  expectOneRowATime(rows, inFiles(data), nameOf(time), series === undefined ? undefined : nameOf(series));
  return rows;
}

/** The last time that was known when the forecasts were made: the last one with an actual value before the first forecast. */
export function lastKnown(rows: ForecastRow[]): Date | undefined {
  const first = rows.find(({forecast}) => !isNaN(forecast));
  return first && rows.findLast(({time, actual}) => time < first.time && !isNaN(actual))?.time;
}

/** What is wrong with the arrangement of the data, if anything, told with its mend. */
function expectOneRowATime(
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
          `version, or name the column that tells them apart as "series"`
      );
    }
    seen.add(id);
  }
}
