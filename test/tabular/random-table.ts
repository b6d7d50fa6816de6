// Random tables as CSV, and what may become of them: each value is as it went up, or a warning names its column. Many more of them, as
// before a release: IKIGAI_KIT_RANDOM_TABLES=2000.
import fc from "fast-check";
import {expect} from "vitest";
import {missingWords} from "../../lib/tabular/missing-words.js";
import type {ColumnType} from "../../lib/wire/index.js";
import {integer, numeric, text, time} from "./vectors.js";

/** How many are tried. */
export const randomTables = Number(process.env["IKIGAI_KIT_RANDOM_TABLES"] ?? 60);

/** Milliseconds for them. */
export const randomTablesTimeout = 30_000 + randomTables * 5_000;

/** A field, and what time it tells, as DuckDB writes it. */
interface Cell {
  text: string | null;
  time?: string;
}

export interface Column {
  type: ColumnType | undefined;
  cells: Cell[];
}

const blanks = fc.constantFrom("", "", "", " ", "\t", "  ");
const padded = (texts: fc.Arbitrary<string>) =>
  fc.tuple(blanks, texts, blanks).map(([before, value, after]): Cell => ({text: before + value + after}));

const whole = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({min: -(2n ** 64n), max: 2n ** 64n}).map(String),
  fc.bigInt({min: -(10n ** 39n), max: 10n ** 39n}).map(String),
  fc.nat(9).map((digit) => `+${digit}`)
);
const decimal = fc.oneof(
  fc.double({noNaN: true}).map(String),
  fc.tuple(fc.integer(), fc.nat(99)).map(([a, b]) => `${a}.${String(b).padStart(2, "0")}`),
  fc.stringMatching(/^-?[1-9][0-9]{0,20}[.][0-9]{0,20}$/),
  fc.stringMatching(/^[.][0-9]{1,25}$/),
  fc.stringMatching(/^[1-9][.][0-9]{1,5}[eE][+-]?[1-9][0-9]{0,2}$/)
);
const code = fc.stringMatching(/^-?0[0-9]{1,6}([.][0-9]{0,2})?$/);

const instant = fc.date({min: new Date("1000-01-01"), max: new Date("9999-12-30"), noInvalidDate: true});
/** As DuckDB writes it, and what is cut off at microseconds. */
const asTimestamp = (date: Date, fraction = "") => {
  const kept = fraction.slice(0, 6).replace(/0+$/, "");
  return date.toISOString().slice(0, 19).replace("T", " ") + (kept && `.${kept}`);
};
const isoTime = fc
  .record({
    date: instant,
    separator: fc.constantFrom("T", " ", "t"),
    fraction: fc.oneof(fc.constant(""), fc.stringMatching(/^[0-9]{1,9}$/)),
    offset: fc.option(fc.integer({min: -14 * 60, max: 14 * 60}), {nil: undefined}),
    style: fc.constantFrom("+hh:mm", "+hhmm", "+hh", "Z"),
    gap: fc.constantFrom("", "", " "),
    around: fc.tuple(blanks, blanks)
  })
  .map(({date, separator, fraction, offset, style, gap, around: [before, after]}): Cell => {
    const hours = style === "+hh" ? Math.trunc((offset ?? 0) / 60) * 60 : (offset ?? 0);
    const minutes = style === "Z" ? 0 : hours;
    const [h, m] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((n) =>
      String(n).padStart(2, "0")
    );
    const written = {"+hh:mm": `${h}:${m}`, "+hhmm": `${h}${m}`, "+hh": h, Z: ""}[style];
    const zone = style === "Z" ? "Z" : (minutes < 0 ? "-" : "+") + written;
    const local = date.toISOString().slice(0, 19).replace("T", separator) + (fraction && `.${fraction}`);
    const utc = new Date(date.getTime() - (offset === undefined ? 0 : minutes * 60_000));
    return {
      text: before + local + (offset === undefined ? "" : gap + zone) + after,
      time: asTimestamp(utc, fraction)
    };
  });
const day = instant.map((date): Cell => {
  const written = date.toISOString().slice(0, 10);
  return {text: written, time: `${written} 00:00:00`};
});
const slashed = (isMonthFirst: boolean) =>
  instant.map((date): Cell => {
    const [year, month, dayOfMonth] = date.toISOString().slice(0, 10).split("-");
    const parts = isMonthFirst ? [month, dayOfMonth, year] : [dayOfMonth, month, year];
    return {text: parts.join("/"), time: `${year}-${month}-${dayOfMonth} 00:00:00`};
  });

// A carriage return, a NUL or half of a surrogate pair isn't carried by CSV, UTF-8 or DuckDB's strings.
const anyText = fc
  .oneof(fc.string({unit: "binary"}), fc.stringMatching(/^[",\n ;a-z'0-9.é☃-]*$/))
  .filter((value) => !/[\r\0\p{Surrogate}]/u.test(value))
  .map((value): Cell => ({text: value}));
const bad = fc
  .constantFrom(
    "?",
    "1_2",
    "0x10",
    "1,5",
    "1,234",
    "soon",
    "2024-13-01",
    "1e400",
    "١٢",
    "12:30",
    "1/2/24",
    "inf",
    "007"
  )
  .map((value): Cell => ({text: value}));
const missing = fc.constantFrom(null, null, "", ...missingWords).map((value): Cell => ({text: value}));

const types = fc.constantFrom<(ColumnType | undefined)[]>(
  numeric,
  numeric,
  integer,
  time,
  text,
  undefined,
  undefined
);
const spellings = [
  padded(whole),
  padded(decimal),
  padded(code),
  isoTime,
  day,
  slashed(true),
  slashed(false),
  anyText
];

const column = (rows: number): fc.Arbitrary<Column> =>
  fc
    .record({type: types, spelling: fc.nat(spellings.length - 1), isClean: fc.boolean()})
    .chain(({type, spelling, isClean}) => {
      const plain = spellings[spelling]!;
      const cell = isClean
        ? fc.oneof({weight: 9, arbitrary: plain}, {weight: 1, arbitrary: missing})
        : fc.oneof(
            {weight: 9, arbitrary: plain},
            {weight: 1, arbitrary: missing},
            {weight: 1, arbitrary: bad}
          );
      return fc.array(cell, {minLength: rows, maxLength: rows}).map((cells) => ({type, cells}));
    });

export interface RandomTable {
  columns: Column[];
  /** How often the first row is there once more, before all others: so often that those come after the rows that types are chosen by. */
  repeats: number;
}

export const randomTable: fc.Arbitrary<RandomTable> = fc
  .record({
    width: fc.integer({min: 2, max: 12}),
    rows: fc.integer({min: 1, max: 12}),
    repeats: fc.constantFrom(0, 0, 0, 2100)
  })
  .chain(({width, rows, repeats}) =>
    fc
      .array(column(rows), {minLength: width, maxLength: width})
      .map((columns): RandomTable => ({columns, repeats}))
  );

/** The columns with all their rows. */
export const allRows = ({columns, repeats}: RandomTable): Column[] =>
  columns.map(({type, cells}) => ({type, cells: [...Array<Cell>(repeats).fill(cells[0]!), ...cells]}));

const field = ({text}: Cell) => (text === null ? "" : `"${text.replaceAll('"', '""')}"`);

/** The digits of a number without the zeros before and after them. */
const digits = (value: string) =>
  value
    .replace(/e.*$/i, "")
    .replaceAll(/\D/g, "")
    .replace(/^0+|0+$/g, "");

/** The time that bare digits tell in a column that the platform calls TIME: a year, or a year, month and day. */
function bareTime(trimmed: string): string | undefined {
  const [, year, month = "01", day = "01"] = /^([1-9]\d{3})(?:(\d{2})(\d{2}))?$/.exec(trimmed) ?? [];
  return year && `${year}-${month}-${day} 00:00:00`;
}

/** Why a value isn't what the field says, or undefined; worked out here by other means than the reader's. */
function fault({text, time}: Cell, sqlType: string, value: string | null): string | undefined {
  if (sqlType === "VARCHAR") return value === text ? undefined : "is another text";
  const trimmed = (text ?? "").trim();
  if (missingWords.includes(trimmed)) return value === null ? undefined : "isn't missing";
  if (value === null) return "is missing";
  if (sqlType === "TIMESTAMP") {
    if (value !== (time ?? bareTime(trimmed))) return "is another time";
    return /[.]\d{6}0*[1-9]/.test(trimmed) ? "is cut" : undefined;
  }
  if (/^[+-]?0\d|[^\d.eE+-]/.test(trimmed.replace(/^[+-]?inf(inity)?$/i, "1"))) return "isn't a number";
  if (sqlType !== "DOUBLE") {
    const isWhole = /^[+-]?\d+([.]0*)?$/.test(trimmed);
    return isWhole && BigInt(value) === BigInt(trimmed.replace(/^[+]|[.]0*$/g, ""))
      ? undefined
      : "is another number";
  }
  const wanted = Number(trimmed.replace(/inf(inity)?/i, "Infinity"));
  if (Number(value.replace("inf", "Infinity")) !== wanted) return "is another number";
  return Number.isFinite(wanted) && digits(trimmed) !== digits(String(wanted))
    ? "has lost digits"
    : undefined;
}

/** The names of a table's columns. */
export const columnNames = (columns: Column[]) => columns.map((_, i) => `c ${i}`);

export function csvOf(columns: Column[]): string {
  const rows = columns[0]!.cells.map((_, row) => columns.map(({cells}) => field(cells[row]!)).join(","));
  return `${[columnNames(columns).join(","), ...rows].join("\n")}\n`;
}

/** A column as it was read. */
export interface ReadColumn {
  name: string;
  sqlType: string;
  /** As DuckDB writes them. */
  values: (string | null)[];
}

/** Holds what was read of a table to it. */
export function expectTable(columns: Column[], read: ReadColumn[], warnings: string[]): void {
  expect(read.map(({name}) => name)).toEqual(columnNames(columns));
  for (const [i, {type, cells}] of columns.entries()) {
    const {name, sqlType, values} = read[i]!;
    const isTold = warnings.some(
      (warning) => warning.startsWith(`column "${name}"`) && !warning.includes("has no type on the platform")
    );
    const context = {name, type, sqlType, warnings};
    expect(values.length, JSON.stringify(context)).toBe(cells.length);
    const isExpectedText = !type || type === text;
    if (sqlType === "VARCHAR" && !isExpectedText) expect({...context, isTold}).toMatchObject({isTold: true});
    for (const [row, cell] of cells.entries()) {
      const found = fault(cell, sqlType, values[row]!);
      if (!found) continue;
      // A text or a missing value is never another one, whatever was told.
      const mayBeTold = /is cut|lost digits/.test(found) || (found === "is another time" && isTold);
      expect({...context, isTold, cell, value: values[row], found}).toMatchObject({
        isTold: true,
        found: mayBeTold ? found : undefined
      });
    }
  }
}
