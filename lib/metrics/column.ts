// Reads named columns from a page's data: rows, columns, or an Arrow table.
import {filesOf} from "../tabular/files-of.js";

/** Rows, such as an array of objects; columns by name, such as `{actual: [1, 2], forecast: [1.5, 2]}`; or an Arrow table. */
export type Data = Iterable<object> | Record<string, ArrayLike<unknown>>;

/** What an Arrow table of any version has. */
interface ArrowTable {
  schema: {fields: {name: string; type: {typeId: number}}[]};
  getChild(name: string): Iterable<unknown> | null;
}

/** The values of a column in the order of the rows. The error for a missing column names those that exist. */
export function column(data: Data, name: string): readonly unknown[] {
  if (isArrow(data)) {
    const type = data.schema.fields.find((field) => field.name === name)?.type;
    if (!type) throw missing(name, data);
    const values = Array.from(data.getChild(name)!);
    return isDate(type) ? values.map(toDate) : values;
  }
  if (isRows(data)) {
    const all = rows(data);
    if (all.length && !all.some((row) => hasMember(row, name))) throw missing(name, all);
    return isInherited(name)
      ? all.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined))
      : all.map((row) => row[name]);
  }
  if (!hasMember(data, name)) throw missing(name, data);
  const values = data[name]!;
  return Array.isArray(values) ? values : Array.from(values);
}

/**
 * These columns of an array of rows, as columns: to go through a million rows once takes 0.6 times as long as to go through them for each
 * of seven columns. Other data, and rows without one of the columns, are given back as they are.
 */
export function picked(data: Data, names: readonly string[]): Data {
  const isArray: boolean = Array.isArray(data);
  if (!isArray || !names.length || names.some(isInherited)) return data;
  const all = rows(data);
  if (!names.every((name) => all.some((row) => name in row))) return data;
  const columns = names.map(() => new Array<unknown>(all.length));
  for (let i = 0; i < all.length; ++i) {
    const row = all[i]!;
    for (let k = 0; k < names.length; ++k) columns[k]![i] = row[names[k]!];
  }
  return Object.fromEntries(names.map((name, k) => [name, columns[k]!]));
}

/** Whether every object has a member of this name, such as "constructor", which is no value of a row. */
const isInherited = (name: string) => name in Object.prototype;

const hasMember = (object: object, name: string) =>
  isInherited(name) ? Object.hasOwn(object, name) : name in object;

/** The rows as objects. */
export function rows(data: Data): Record<string, unknown>[] {
  if (isRows(data)) return (Array.isArray(data) ? data : Array.from(data)) as Record<string, unknown>[];
  const names = Object.keys(data);
  const length = Math.max(0, ...names.map((name) => data[name]!.length));
  return Array.from({length}, (_, i) => Object.fromEntries(names.map((name) => [name, data[name]![i]])));
}

/** The names of the columns; none for an empty array. */
export function columnNames(data: Data): string[] {
  if (isArrow(data)) return data.schema.fields.map((field) => field.name);
  if (isRows(data)) {
    const names = new Set<string>();
    let usual: string[] = []; // of a million rows with the same names, too
    for (const row of data) {
      // Much faster, but of an object with a prototype of its own it gives that one's, too.
      if (Object.getPrototypeOf(row) !== Object.prototype)
        for (const name of Object.keys(row)) names.add(name);
      else {
        let i = 0;
        for (const name in row) if (name !== usual[i++]) names.add(name);
        if (names.size > usual.length) usual = [...names];
      }
    }
    return [...names];
  }
  return Object.keys(data);
}

/** Whether there is a column of this name. */
export const hasColumn = (data: Data, name: string): boolean =>
  !isArrow(data) && isRows(data)
    ? rows(data).some((row) => hasMember(row, name))
    : columnNames(data).includes(name);

/** The column as numbers, with NaN for what is missing. The error for any other value names the column and the value. */
export const numbers = (data: Data, name: string): number[] => toNumbers(column(data, name), name, data);

/** The values of a column of `data`, called `name`, as numbers: as `numbers`. */
export function toNumbers(values: readonly unknown[], name: string, data: Data): number[] {
  const read = new Array<number>(values.length);
  for (let i = 0; i < values.length; ++i) {
    const value = values[i];
    if (typeof value === "number") read[i] = value;
    else if (value == null) read[i] = NaN;
    else if (typeof value === "bigint") read[i] = Number(value);
    else
      throw new TypeError(
        `Column "${name}"${inFiles(data)} holds ${describe(value)} in row ${i + 1}: it must hold numbers. Convert it in the query or the loader.`
      );
  }
  return read;
}

const isRows = (data: Data): data is Iterable<object> => Symbol.iterator in data;

const isArrow = (data: unknown): data is ArrowTable =>
  typeof data === "object" && data !== null && "getChild" in data && "schema" in data;

const isDate = ({typeId}: {typeId: number}) => typeId === 8 || typeId === 10; // Date, Timestamp

/** Arrow gives dates and timestamps of every unit as milliseconds. */
const toDate = (value: unknown) => (value == null ? null : new Date(Number(value)));

function missing(name: string, data: Data | ArrowTable): Error {
  const names = columnNames(data as Data).join(", ");
  return new Error(`There is no column "${name}"${inFiles(data)}. There are: ${names}.`);
}

/** For an error's sentence: ` in forecast.parquet`, where it is known which files the rows came from, else nothing. */
export function inFiles(data: unknown): string {
  const files = filesOf(data);
  return files.length ? ` in ${files.join(" and ")}` : "";
}

const describe = (value: unknown) =>
  typeof value === "string" ? `the text ${JSON.stringify(value)}` : `a ${typeof value}`;
