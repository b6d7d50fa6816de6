// The series of a table: one for each combination of identifiers, on one grid of times, its gaps filled.
import {exactSum} from "../exact-sum.js";
import {FacetError} from "../failure.js";
import {identifier} from "../../../tabular/quote.js";
import type {Step} from "../step.js";
import {asNumber, asTime, type Column, columnOf, isWhole, namedColumns, type Table} from "../table.js";
import {type Cadence, cadenceOf, placeOf} from "./cadence.js";
import type {ModelSettings} from "./settings.js";

export interface Series {
  /** Values of the identifier columns, "" where one is missing. */
  key: string[];
  /** The place of the first value. */
  start: number;
  /** One a step; NaN is a gap that wasn't filled. */
  values: Float64Array;
  /** The share of the steps that no row has a value for. */
  missing: number;
}

export interface SeriesTable {
  identifiers: Column[];
  time: Column;
  value: Column;
  cadence: Cadence;
  /** The place after the last one seen in any series: where forecasts begin. */
  end: number;
  series: Series[];
}

export type Fill = "forward_fill" | "mean" | "linear" | "zero";

/**
 * Reads a table's series, in the order of their identifiers. Values that fall on one place are added up; a series goes
 * from its own first value to the last moment that any series has.
 */
export async function readSeries(
  step: Step,
  table: Table,
  {parameters}: ModelSettings,
  fill: Fill
): Promise<SeriesTable> {
  const time = columnOf(table, parameters.text("time_column"));
  const value = columnOf(table, parameters.text("value_column"));
  const identifiers = namedColumns(table, parameters.texts("identifier_columns"));
  const number = asNumber(value);
  const sum = isWhole(value.type) ? `sum(${number})` : exactSum(`${number}::DOUBLE`);
  const moment = `epoch_ms(${asTime(time)}::TIMESTAMP)`;
  const keys = identifiers.map(({name}) => `coalesce(${identifier(name)}::VARCHAR, '')`);
  const rows = await step.database.rows(
    `SELECT ${[...keys, moment, sum].join(", ")} FROM ${identifier(table.name)} ` +
      `WHERE ${asTime(time)} IS NOT NULL AND ${number} IS NOT NULL GROUP BY ${[...keys, moment].join(", ")} ` +
      `ORDER BY ${[...keys, moment].join(", ")}`
  );
  if (rows.length === 0) {
    throw new FacetError(
      `no row has both a '${time.name}' and a '${value.name}': check the columns, or CONVERT them first`
    );
  }
  const found = new Map<string, {key: string[]; times: number[]; values: number[]}>();
  for (const row of rows) {
    const key = row.slice(0, keys.length) as string[];
    const id = JSON.stringify(key);
    const one = found.get(id) ?? {key, times: [], values: []};
    one.times.push(Number(row[keys.length]));
    one.values.push(Number(row[keys.length + 1]));
    found.set(id, one);
  }
  const all = [...found.values()];
  const cadence = cadenceOf(all.map(({times}) => times));
  const end = all.reduce((last, {times}) => Math.max(last, placeOf(cadence, times.at(-1)!)), 0) + 1;
  const series = all.map(({key, times, values}) => {
    const start = placeOf(cadence, times[0]!);
    const placed = new Float64Array(end - start).fill(NaN);
    times.forEach((each, i) => {
      const place = placeOf(cadence, each) - start;
      placed[place] = (Number.isNaN(placed[place]!) ? 0 : placed[place]!) + values[i]!;
    });
    const gaps = placed.filter((each) => Number.isNaN(each)).length;
    return {key, start, values: filled(placed, fill), missing: gaps / placed.length};
  });
  return {identifiers, time, value, cadence, end, series};
}

/** The values with their gaps filled; the first value is always known. */
function filled(values: Float64Array, fill: Fill): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  let last = NaN;
  return values.map((value, i) => {
    if (!Number.isNaN(value)) return (last = value);
    if (fill === "zero") return 0;
    if (fill === "mean") return mean;
    if (fill === "forward_fill") return last;
    return between(values, i);
  });
}

/** On the line between the neighbours that are known; after the last one, that one. */
function between(values: Float64Array, i: number): number {
  let before = i;
  while (Number.isNaN(values[before]!)) before--;
  let after = i;
  while (after < values.length && Number.isNaN(values[after]!)) after++;
  if (after === values.length) return values[before]!;
  return values[before]! + ((values[after]! - values[before]!) * (i - before)) / (after - before);
}
