// Writes CSV (RFC 4180) that comes back as what went in, as far as CSV can carry it.
import {ValidationError} from "../wire/validation-error.js";

/** A row by column. What isn't there is missing, as null and undefined are; a `Date` is written in ISO 8601, in UTC. */
export type Row = Readonly<Record<string, Cell>>;
/** A value of a row. null, undefined and NaN are missing; "" is an empty text. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** Characters gathered before a piece is given out. */
const pieceLength = 1 << 16;

/** The text of a value, or undefined when it is missing. */
export type Field = string | undefined;

/** The rows with a header: every column that any of them has, in the order they first appear. Nothing when there is none. */
export function* rowsToCsv(rows: readonly Row[]): Generator<string, void, undefined> {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  const columns = [...names];
  yield* toCsv(columns, fieldsOf(columns, rows));
}

function* fieldsOf(columns: string[], rows: readonly Row[]): Generator<Field[]> {
  for (const [i, row] of rows.entries()) {
    // A column may be called as what every object has: "constructor".
    yield columns.map((column) =>
      Object.hasOwn(row, column) ? cellText(row[column], i, column) : undefined
    );
  }
}

/**
 * A header with these columns, and lines with the fields of each row. Throws `ValidationError` when the platform couldn't
 * tell the columns apart.
 */
export function* toCsv(
  columns: readonly string[],
  rows: Iterable<readonly Field[]>
): Generator<string, void, undefined> {
  if (columns.length === 0) return;
  checkNames(columns);
  // A blank line is no row to most readers, so where a row is one missing value, quotes stand for it.
  const missing = columns.length === 1 ? '""' : "";
  let piece = columns.map(quoted).join(",") + "\n";
  for (const fields of rows) {
    piece += fields.map((text) => (text === undefined ? missing : quoted(text))).join(",") + "\n";
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  if (piece) yield piece;
}

/** An empty text is quoted, so that it isn't taken for a missing value; blanks at the ends are, since some readers trim. */
const quoted = (text: string): string =>
  text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * A float as pandas reads it back: JavaScript's text, with a point in what is whole, which would come back as an integer; and
 * pandas's words for what isn't finite.
 */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function cellText(value: Cell, row: number, column: string): Field {
  switch (typeof value) {
    case "undefined":
      return undefined;
    case "string":
      return value;
    case "number":
      if (Number.isNaN(value)) return undefined;
      // A larger one isn't exact, so it comes back as what it is: a float.
      return Number.isSafeInteger(value) ? String(value) : floatText(value);
    case "bigint":
    case "boolean":
      return String(value);
  }
  if (value === null) return undefined;
  const place = `row ${row + 1}, column ${JSON.stringify(column)}`;
  if (!(value instanceof Date)) {
    throw new ValidationError(
      `${place}: a dataset holds texts, numbers, booleans and dates, but this is ${typeof value}: ` +
        "make it a text, such as with JSON.stringify"
    );
  }
  if (!Number.isNaN(value.getTime())) return value.toISOString();
  throw new ValidationError(`${place}: the date is invalid. Use null for a date that is missing`);
}

function checkNames(columns: readonly string[]): void {
  if (columns.includes("")) throw new ValidationError("a column of the data has no name: give it one");
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new ValidationError(
    `two columns of the data are called ${JSON.stringify(twice)}: rename one of them`
  );
}
