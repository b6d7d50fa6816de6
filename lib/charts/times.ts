// Times as data has them, read the same way in every viewer's zone.
import {zone} from "./zone.js";

/** Where the values came from, for errors, and the zone of texts that name none. */
export interface TimesOptions {
  /** The column's name. */
  name: string;
  /** For an error's sentence, such as " in forecast.parquet". */
  place?: string;
  /** An IANA name; UTC if left out. */
  timeZone?: string | undefined;
}

/**
 * The values as dates, or null where one is missing. Known are: dates; ISO 8601 texts, from "2024" to
 * "2024-01-05T10:30:00.123+02:00", with a space for the T, too; US dates, "1/5/2024" and "1/5/2024 3:30 PM"; and numbers, all of a
 * column in one unit: milliseconds, seconds, microseconds or nanoseconds since 1970 in years from 1973 on, or years.
 * Throws a TypeError for anything else, with its column, row, value and the fix.
 */
export const toTimes = (values: readonly unknown[], options: TimesOptions): (Date | null)[] =>
  Array.from(toInstants(values, options), (instant) => (isNaN(instant) ? null : new Date(instant)));

/** As `toTimes`, in milliseconds since 1970, with NaN where one is missing: of a million, dates take much longer to make. */
export function toInstants(
  values: readonly unknown[],
  {name, place = "", timeZone}: TimesOptions
): Float64Array {
  const {instant} = zone(timeZone);
  const refuse = (value: unknown, row: number, why: string): never => {
    const shown = typeof value === "bigint" ? `${value}` : JSON.stringify(value);
    throw new TypeError(`Column "${name}"${place} holds ${shown} in row ${row + 1}, ${why}`);
  };
  const number = numberReader(values, instant, refuse);
  const read = (value: unknown, i: number): number => {
    if (value == null) return NaN;
    if (value instanceof Date)
      return isNaN(value.getTime()) ? refuse(value, i, `an invalid date: ${example}`) : value.getTime();
    if (typeof value === "string") return textTime(value, instant) ?? refuse(value, i, notATime(value));
    if (typeof value === "number" || typeof value === "bigint") return number(Number(value));
    return refuse(value, i, `which is not a date: ${example}`);
  };
  const instants = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) instants[i] = read(values[i], i);
  return instants;
}

const example = "write it as 2024-01-05 or 2024-01-05T10:30Z";

function notATime(text: string): string {
  const [, first, second, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})\b/.exec(text) ?? [];
  if (iso.test(text)) return "which is a date or time that doesn't exist";
  if (first === undefined) return `which is not a date: ${example}`;
  const why =
    year!.length < 4 ? "whose century is not clear" : `which is not a date in the order month/day/year`;
  const fix = Number(first) > 12 && Number(second) <= 12 && year!.length === 4;
  const pad = (part: string) => part.padStart(2, "0");
  return `${why}: ${fix ? `write it as ${year}-${pad(second!)}-${pad(first)}` : example}`;
}

const iso =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?)?( ?(?:Z|UTC)| ?([+-])(\d\d):?(\d\d)?)?$/;
const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AP])\.?M\.?)?)?$/i;

/** The instant of a text in one of the known forms, or undefined. */
function textTime(text: string, instant: (clock: number) => number): number | undefined {
  const trimmed = text.trim();
  const parts = iso.exec(trimmed);
  if (parts) {
    const [, year, month = "1", date = "1", hour, minute, second, fraction = "", zone, sign, h, m] = parts;
    if (zone !== undefined && hour === undefined) return undefined; // "2024-01" with an offset, or is "2024-0130" meant?
    const clock = clockTime(year!, month, date, hour, minute, second, fraction);
    if (clock === undefined || zone === undefined) return clock === undefined ? undefined : instant(clock);
    const ahead = (Number(h ?? 0) * 60 + Number(m ?? 0)) * 60_000;
    return sign === "-" ? clock + ahead : clock - ahead;
  }
  const [, month, date, year, hour, minute, second, half] = us.exec(trimmed) ?? [];
  if (month === undefined) return undefined;
  if (half !== undefined && !(Number(hour) >= 1 && Number(hour) <= 12)) return undefined;
  const hour24 = half === undefined ? hour : `${(Number(hour) % 12) + (half.toUpperCase() === "P" ? 12 : 0)}`;
  const clock = clockTime(year!, month, date!, hour24, minute, second);
  return clock === undefined ? undefined : instant(clock);
}

/** The clock's time of these fields, or undefined if no calendar has it. */
function clockTime(
  year: string,
  month: string,
  date: string,
  hour = "0",
  minute = "0",
  second = "0",
  fraction = ""
): number | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  const time = new Date(0);
  time.setUTCFullYear(Number(year), Number(month) - 1, Number(date)); // Date.UTC takes the year 50 for 1950
  if (time.getUTCMonth() !== Number(month) - 1 || time.getUTCDate() !== Number(date)) return undefined;
  return time.setUTCHours(Number(hour), Number(minute), Number(second), ms);
}

/** Units of numbers by their size: each has the instants of 1973 to at least 2103 for itself. */
const units = [
  {from: 1e8, below: 4.2e9, perMs: 1 / 1e3}, // seconds
  {from: 1e11, below: 1e14, perMs: 1}, // milliseconds
  {from: 1e14, below: 4.2e15, perMs: 1e3}, // microseconds
  {from: 1e17, below: 4.2e18, perMs: 1e6} // nanoseconds
];

/** How to read the column's numbers; their unit is that of the one farthest from 0. */
function numberReader(
  values: readonly unknown[],
  instant: (clock: number) => number,
  refuse: (value: unknown, row: number, why: string) => never
): (value: number) => number {
  let [farthest, row, areYears] = [0, 0, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number" && typeof value !== "bigint") continue;
    const number = Number(value);
    if (isNaN(number)) continue;
    if (!(number >= 1000 && number <= 3000 && Number.isInteger(number))) areYears = false;
    if (Math.abs(number) > Math.abs(farthest)) [farthest, row] = [number, i];
  }
  if (farthest === 0) return Number;
  if (areYears) return (year) => instant(Date.UTC(year, 0));
  const size = Math.abs(farthest);
  const unit = units.find(({from, below}) => size >= from && size < below);
  if (unit) return (value) => value / unit.perMs;
  return refuse(
    values[row],
    row,
    "and it is not clear in which unit: give dates, texts, or milliseconds since 1970"
  );
}
