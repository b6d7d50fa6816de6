// How a table writes numbers and times: each column's alike.
import {jsonOf, type CsvRow} from "./csv.js";

/** Options of `Inputs.table`, for some of its columns. */
export interface TableFormat {
  /** The text of a value, by column. */
  format: Record<string, (value: unknown) => string>;
  /** The columns of numbers. */
  align: Record<string, "right">;
}

/** What `profileSql` of ikigai-kit/metrics gives of a column: its least and greatest value as DuckDB writes them. */
export interface ColumnEnds {
  kind: string;
  min: string | null;
  max: string | null;
}

/**
 * How the columns of these rows are written: `Inputs.table(rows, tableFormat(rows))`.
 *
 * - Numbers have thousands separators and stand at the right, all of a column with as many digits behind the point as the one that needs
 *   most. If one needs more than six, as computed ones do, these are six digits of the largest, and at least three behind the point. Whole
 *   numbers that are all from 1900 to 2100 are years.
 * - Times are ISO 8601 in UTC, as exact as the column's: "2006-01-31", or "2006-01-31 10:30" if one isn't at midnight.
 */
export function tableFormat(rows: readonly CsvRow[]): TableFormat {
  const columns = new Map<string, unknown[]>();
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) {
      if (!columns.has(name)) columns.set(name, []);
      if (value != null) columns.get(name)!.push(value);
    }
  const isNumeric = (values: unknown[]) => values.length > 0 && values.every(isNumber);
  return {
    format: Object.fromEntries(Array.from(columns, ([name, values]) => [name, formatOf(values)])),
    align: Object.fromEntries(
      [...columns].filter(([, values]) => isNumeric(values)).map(([name]) => [name, "right"])
    )
  };
}

/** A column's least and greatest value as {@link tableFormat} would write them. */
export function endTexts({kind, min, max}: ColumnEnds): Pick<ColumnEnds, "min" | "max"> {
  const read: (text: string) => unknown = kind === "number" ? numberOf : kind === "time" ? timeOf : String;
  const format = formatOf([min, max].filter((text) => text !== null).map(read));
  const written = (text: string | null) => (text === null ? null : format(read(text)));
  return {min: written(min), max: written(max)};
}

/** A number of DuckDB, exact where it is whole. */
function numberOf(text: string): number | bigint {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  return Number(text.replace(/^(-?)inf.*$/, "$1Infinity"));
}

/** "2006-01-31 10:30:00" or "2006-01-31 10:30:00+00" as a date; the text for what JavaScript's dates can't hold. */
function timeOf(text: string): Date | string {
  const [, day, time = "00:00:00"] =
    /^(\d{4}-\d\d-\d\d)(?: ([\d:]+(?:\.\d{1,3})?)(?:\+00)?)?$/.exec(text) ?? [];
  return day === undefined ? text : new Date(`${day}T${time}Z`);
}

const isNumber = (value: unknown) => typeof value === "number" || typeof value === "bigint";

function formatOf(values: readonly unknown[]): (value: unknown) => string {
  const format: (value: never) => string = !values.length
    ? plain
    : values.every(isNumber)
      ? numberFormat(values)
      : values.every((value) => value instanceof Date)
        ? timeFormat(values)
        : plain;
  return (value) => (value == null ? "" : format(value as never));
}

const plain = (value: unknown): string =>
  value instanceof Date
    ? timeFormat([value])(value)
    : typeof value === "object"
      ? jsonOf(value)
      : `${value as string}`;

/** Beyond this a power of ten reads better. */
const largest = 1e15;

function numberFormat(values: readonly (number | bigint)[]): (value: number | bigint) => string {
  const digits = decimals(values.map(Number).filter(Number.isFinite));
  const areYears = !digits && values.every((value) => value >= 1900 && value <= 2100);
  const fixed = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: !areYears,
    signDisplay: "negative"
  });
  const power = new Intl.NumberFormat("en-US", {notation: "scientific", maximumSignificantDigits: 6});
  return (value) => {
    const size = Math.abs(Number(value));
    const isFixed =
      typeof value === "bigint" ||
      !size ||
      (size < largest && size >= 0.5 * 10 ** -digits) ||
      size === Infinity;
    return (isFixed ? fixed : power).format(value).replaceAll("-", "−");
  };
}

/** How many digits behind the point all of these get. */
function decimals(values: readonly number[]): number {
  const most = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, decimalsOf(b)), 0);
  const needed = most(values);
  if (needed <= 6) return needed;
  const size = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const kept = Math.min(12, Math.max(3, 5 - Math.floor(Math.log10(size))));
  return most(values.map((value) => Number(value.toFixed(kept))));
}

/** Behind the point, of the shortest text that is this number. */
function decimalsOf(value: number): number {
  const [, fraction = "", exponent = "0"] = /^[^.e]*(?:\.(\d+))?(?:e(.+))?$/.exec(String(value))!;
  return Math.max(0, fraction.length - Number(exponent));
}

function timeFormat(dates: readonly Date[]): (date: Date) => string {
  const times = dates.map(Number).filter((time) => !Number.isNaN(time));
  const inAll = (unit: number) => times.every((time) => time % unit === 0);
  // What is cut off of "2006-01-31T10:30:00.000Z".
  const cut = inAll(86_400_000) ? 14 : inAll(60_000) ? 8 : inAll(1000) ? 5 : 1;
  return (date) => (Number.isNaN(+date) ? "" : date.toISOString().slice(0, -cut).replace("T", " "));
}
