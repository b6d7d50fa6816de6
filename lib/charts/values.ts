// The values that a chart's options name: a column, or a function of the row, like Plot's channels.
import {column, hasColumn, inFiles, picked, rows, toNumbers, type Data} from "../metrics/column.js";
import {toInstants, toTimes} from "./times.js";

/** The name of a column, or a function that makes the value from a row. */
export type Value = string | ((row: Record<string, unknown>, index: number) => unknown);

/** The values in the order of the rows. The error for a missing column names those that exist. */
export function values(data: Data, value: Value): readonly unknown[] {
  return typeof value === "string" ? column(data, value) : rows(data).map(value);
}

/** The data to read these values of, faster if there are many rows. Functions read whole rows, so that nothing is gained then. */
export function dataOf(data: Data, read: readonly (Value | number | undefined)[]): Data {
  if (read.some((value) => typeof value === "function")) return data;
  return picked(data, [...new Set(read.filter((value) => typeof value === "string"))]);
}

/** The values as numbers, with NaN for what is missing or infinite. */
export function numbers(data: Data, value: Value): number[] {
  const read = unbounded(data, value); // a new array
  for (let i = 0; i < read.length; i++) if (!Number.isFinite(read[i])) read[i] = NaN;
  return read;
}

/** The values as numbers, which may be infinite, as the ends of one-sided intervals are; with NaN for what is missing. */
export const unbounded = (data: Data, value: Value): number[] =>
  toNumbers(values(data, value), nameOf(value), data);

/** The values as texts, such as the names of series; what is missing is empty. */
export function texts(data: Data, value: Value): string[] {
  return values(data, value).map((v) => {
    if (typeof v === "string") return v;
    if (v == null) return "";
    if (v instanceof Date) return v.toISOString().slice(0, 10);
    return typeof v === "object" ? JSON.stringify(v) : `${v as number}`;
  });
}

/** The values as dates, or null where one is missing; `toTimes` says which forms are known. */
export const dates = (data: Data, value: Value, timeZone?: string): (Date | null)[] =>
  toTimes(values(data, value), {name: nameOf(value), place: inFiles(data), timeZone});

/** The same in milliseconds since 1970, with NaN where one is missing. */
export const instants = (data: Data, value: Value, timeZone?: string): Float64Array =>
  toInstants(values(data, value), {name: nameOf(value), place: inFiles(data), timeZone});

/** The same as a column to group by, with null where one is missing. */
export const times = (data: Data, value: Value, timeZone?: string): (number | null)[] => {
  const read = instants(data, value, timeZone);
  const all = new Array<number | null>(read.length);
  for (let i = 0; i < read.length; ++i) all[i] = isNaN(read[i]!) ? null : read[i]!;
  return all;
};

/** The default of an option for a column that may be missing: the column's name if it exists, else undefined. */
export const ifPresent = (data: Data, name: string) => (hasColumn(data, name) ? name : undefined);

export const nameOf = (value: Value) => (typeof value === "string" ? value : value.name || "values");
