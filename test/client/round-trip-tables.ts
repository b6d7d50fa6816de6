// Random tables of all that a dataset can hold, hostile ones above all.
import {
  Bool,
  Float64,
  Int64,
  Null,
  Table,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
  type DataType
} from "apache-arrow";
import fc from "fast-check";
import type {Cell, Row} from "../../lib/client/index.js";

export type Kind = "text" | "integer" | "number" | "time" | "truth" | "nothing";

export interface Column {
  name: string;
  kind: Kind;
  cells: Cell[];
}

/** Texts that CSV, DuckDB, pandas or JavaScript might take for something else. */
const traps = [
  ...'"|,|;|\n|\r\n|\r|\t| |  padded  |\'|\\|\\N|""|a,"b"\nc|\u0000|\ufeff|\u200b|é|e\u0301|😀|ß|İ|𝒳'.split(
    "|"
  ),
  ..."null|NULL|NA|N/A|NaN|nan|None|true|false|007|1|-1.5|1e3|inf|0x10|1_000|2024-01-02|2024|12:30|=1+1|-|#".split(
    "|"
  ),
  "",
  "half a \ud83d pair",
  "x".repeat(70_000)
];

const character = fc.oneof(
  {weight: 4, arbitrary: fc.constantFrom(..."abc \"',;\n\r\t\\")},
  fc.string({unit: "binary", minLength: 1, maxLength: 1})
);
const text = fc.oneof(fc.constantFrom(...traps), fc.string({unit: "grapheme"}), fc.string({unit: character}));

/** Names that are told apart without looking at casings, as SQL has it; those that aren't, `table` renames. */
const name = fc
  .oneof(
    fc.constantFrom(
      ...["__proto__", "constructor", "toString", "length", "c0", "column_1", "Unnamed: 0", "a.1", "select"],
      ...[
        '"',
        '""',
        "'",
        ",",
        "\n",
        "\r\n",
        " ",
        " id ",
        "\ufeffid",
        "1",
        "null",
        "😀",
        'a,b\n"c"',
        "%s",
        "{}"
      ]
    ),
    fc.string({unit: "grapheme", minLength: 1, maxLength: 12}),
    fc.string({unit: character, minLength: 1, maxLength: 5})
  )
  .filter((text) => text !== "");

const years = {min: new Date("1000-01-01"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true};
const day = 86_400_000;

const cells: Record<Kind, fc.Arbitrary<Cell>> = {
  text,
  integer: fc.oneof(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), fc.integer(), fc.maxSafeInteger()),
  number: fc.oneof(
    fc.double({noNaN: true}),
    fc.double({noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6}),
    fc.integer()
  ),
  time: fc.oneof(
    fc.date(years),
    fc.date(years).map((date) => new Date(Math.floor(date.getTime() / day) * day))
  ),
  truth: fc.boolean(),
  nothing: fc.constant(null)
};

const column = (rows: number): fc.Arbitrary<Column> =>
  fc
    .constantFrom<Kind>("text", "text", "integer", "number", "time", "truth", "nothing")
    .chain((kind) =>
      fc.record({
        name,
        kind: fc.constant(kind),
        cells: fc.array(fc.option(cells[kind], {freq: 6}), {minLength: rows, maxLength: rows})
      })
    )
    // The platform goes by what a column's values look like: only a word tells that it holds texts.
    .map((made) => (made.kind === "text" ? {...made, cells: ["a word", ...made.cells.slice(1)]} : made));

/** Columns of as many cells each, at least one. */
export const columns: fc.Arbitrary<Column[]> = fc
  .integer({min: 1, max: 6})
  .chain((rows) =>
    fc.uniqueArray(column(rows), {
      selector: ({name}) => name.toLowerCase(),
      minLength: 1,
      maxLength: 5
    })
  )
  // A file whose only name is blank is one without columns.
  .filter((table) => table.some(({name}) => name.trim() !== ""));

/** As objects. Only the first has what is missing in it: the others lack it. */
export const rowsOf = (table: readonly Column[]): Row[] =>
  table[0]!.cells.map((_, row) =>
    Object.fromEntries(
      table.filter(({cells}) => row === 0 || cells[row] !== null).map(({name, cells}) => [name, cells[row]])
    )
  );

const types: Record<Kind, () => DataType> = {
  text: () => new Utf8(),
  integer: () => new Int64(),
  number: () => new Float64(),
  time: () => new TimestampMillisecond("UTC"),
  truth: () => new Bool(),
  nothing: () => new Null()
};

/** The columns in JavaScript's order of an object's fields: names that are whole numbers first. */
export const ordered = (table: readonly Column[]): Column[] =>
  Object.values(Object.fromEntries(table.map((column) => [column.name, column])));

export const arrowOf = (table: readonly Column[]): Table =>
  new Table(
    Object.fromEntries(
      table.map(({name, kind, cells}) => {
        const values = kind === "integer" ? cells.map((cell) => cell && BigInt(cell as number)) : cells;
        return [name, vectorFromArray(values, types[kind]())];
      })
    )
  );

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** As somebody else might write it: every text in quotes, numbers and times without. */
export function csvOf(table: readonly Column[], lineEnd: string): string {
  const missing = table.length === 1 ? '""' : "";
  const field = (cell: Cell) => {
    if (cell == null) return missing;
    if (typeof cell === "string") return quoted(cell);
    return cell instanceof Date ? cell.toISOString() : String(cell);
  };
  const lines = table[0]!.cells.map((_, row) => table.map(({cells}) => field(cells[row])));
  return [table.map(({name}) => quoted(name)), ...lines].map((fields) => fields.join(",") + lineEnd).join("");
}
