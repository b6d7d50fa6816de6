// Any table that goes up comes down equal, within what CSV and the platform's types can carry. What they can't:
//
// - In a table with one column, a missing value is an empty text: a line without anything on it would be no row.
// - A column of texts that all look like numbers or times is one, and truth values are the texts "true" and "false".
// - Of numbers in rows, -0 is 0, NaN is missing, and whole ones are integers. An Arrow table's floats stay floats.
// - Half a surrogate pair is no text in UTF-8, and becomes U+FFFD.
// - A column whose name has a NUL character in it comes down with U+FFFD there, for SQL has no name for it.
// - Apache Arrow for JavaScript drops a byte order mark that a text begins with. It is in the CSV.
import {DataType, type Table} from "apache-arrow";
import {csvParseRows} from "d3-dsv";
import fc from "fast-check";
import {expect, it} from "vitest";
import type {Cell, Dataset, NewDataset} from "../../lib/client/index.js";
import {hasWholeNumbers} from "../../lib/tabular/arrow-whole-numbers.js";
import {arrowOf, columns, csvOf, ordered, rowsOf, type Column} from "./round-trip-tables.js";
import {world} from "./write-support.js";

const at = world();

/** Every upload waits for the platform's next second, so several tables go up at a time. */
const atOnce = 12;

/** What has to hold of each table. A failure shows the table. */
async function ofAnyTable(holds: (table: Column[], name: string) => Promise<void>): Promise<void> {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(columns, {minLength: atOnce, maxLength: atOnce}), async (tables) => {
      const results = await Promise.allSettled(
        tables.map(async (table) => {
          try {
            await holds(table, `Table ${made++}`);
          } catch (cause) {
            throw new Error(`${(cause as Error).message}\nThe table: ${fc.stringify(table)}`, {cause});
          }
        })
      );
      const failed = results.find(({status}) => status === "rejected");
      if (failed) throw (failed as PromiseRejectedResult).reason;
    }),
    // A smaller counterexample would take minutes to find.
    {numRuns: 2, endOnFailure: true}
  );
  // Names that aren't carried as they are, or only past what guards JSON against them.
  expect(at.warnings.filter((warning) => !/NUL character|"__proto__"/.test(warning))).toEqual([]);
}

const up = (name: string, fill: (dataset: NewDataset) => NewDataset): Promise<Dataset> =>
  fill(at.app.dataset.new(name)).build();

async function textOf(dataset: Dataset): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of dataset.stream()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** The columns of a table with its values: numbers by what they are worth, whichever type they have. */
const contents = (table: Table) =>
  table.schema.fields.map(({name, type}, i) => ({
    name,
    cells: Array.from(table.getChildAt(i)!, (value: unknown) =>
      value !== null && DataType.isTimestamp(type) ? new Date(value as number) : worth(value)
    )
  }));

const worth = (value: unknown) =>
  Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value as number) : value;

/** Half a surrogate pair can't be written. */
const inUtf8 = (text: string) => Buffer.from(text).toString();

/** What comes of a column. */
function expected({name, kind, cells}: Column, isAlone: boolean) {
  const isText = ["text", "truth", "nothing"].includes(kind) || cells.every((cell) => cell === null);
  const value = (cell: Cell) => {
    if (cell === null) return isAlone && isText ? "" : null;
    if (typeof cell === "boolean") return String(cell);
    return typeof cell === "string" ? inUtf8(cell).replace(/^\ufeff/, "") : worth(cell);
  };
  return {name: name.replaceAll("\0", "\ufffd"), cells: cells.map(value)};
}

it("rows come down as a table, as rows and as CSV", {timeout: 200_000}, () =>
  ofAnyTable(async (table, name) => {
    const rows = rowsOf(table);
    const inOrder = ordered(table);
    const wanted = inOrder.map(({cells, ...column}) =>
      expected({...column, cells: cells.map((cell) => (cell === 0 ? 0 : cell))}, table.length === 1)
    );
    const dataset = await up(name, (dataset) => dataset.rows(rows));
    expect(contents(await dataset.table())).toEqual(wanted);

    const read = await dataset.rows();
    expect(read).toHaveLength(rows.length);
    expect(wanted.map(({name}) => ({name, cells: read.map((row) => worth(row[name]))}))).toEqual(wanted);

    const [header, ...lines] = csvParseRows(await textOf(dataset));
    expect(header).toEqual(inOrder.map(({name}) => name));
    const texts = inOrder.map(({kind}) => kind === "text");
    expect(lines.map((line) => line.filter((_, i) => texts[i]))).toEqual(
      rows.map((_, row) =>
        inOrder.flatMap(({kind, cells}) => (kind === "text" ? [inUtf8(String(cells[row] ?? ""))] : []))
      )
    );
  })
);

it("an Arrow table comes down, and what has come down does so again with its types", {timeout: 200_000}, () =>
  ofAnyTable(async (table, name) => {
    const dataset = await up(name, (dataset) => dataset.table(arrowOf(table)));
    const first = await dataset.table();
    expect(contents(first)).toEqual(ordered(table).map((column) => expected(column, table.length === 1)));
    const isFloat = ordered(table).map(
      ({kind, cells}) => kind === "number" && cells.some((cell) => cell !== null)
    );
    // Whole numbers beyond 32 bits are doubles, too, but known as whole.
    const isPart = first.schema.fields.map(
      ({type, metadata}) => DataType.isFloat(type) && !hasWholeNumbers(metadata)
    );
    expect(isPart).toEqual(isFloat);

    await dataset.editData({table: first});
    const second = await dataset.table();
    expect(contents(second)).toEqual(contents(first));
    expect(String(second.schema)).toBe(String(first.schema));
  })
);

it("CSV comes down byte for byte, and as the table that it is", {timeout: 200_000}, () =>
  ofAnyTable(async (table, name) => {
    const lineEnd = /[02468]$/.test(name) ? "\n" : "\r\n";
    const csv = csvOf(table, lineEnd);
    const dataset = await up(name, (dataset) => dataset.csv(csv));
    expect(await textOf(dataset)).toBe(inUtf8(csv));
    expect(contents(await dataset.table())).toEqual(
      table.map((column) => expected(column, table.length === 1))
    );
  })
);
