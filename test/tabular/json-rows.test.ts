// Rows that are made here come to the table, and to each file, as they are.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {createTable, type Row} from "../../lib/tabular/json-rows.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-rows-"));
});
afterAll(() => rm(folder, {recursive: true}));

/** The rows of the table that some rows make. */
const tableOf = (types: Record<string, string>, rows: Row[]) =>
  withDuckDB({folder}, async (connection) => {
    await createTable(connection, types, rows);
    return (await connection.runAndReadAll("FROM result")).getRows();
  });

describe("a table of rows", () => {
  it("has the rows' values, in their order", async () => {
    const types = {text: "VARCHAR", whole: "BIGINT", number: "DOUBLE", at: "TIMESTAMP"};
    const at = "2024-02-29T12:00:00.500Z";
    const rows = [
      {text: "a", whole: 1, number: 0.1, at},
      {number: NaN, whole: 9007199254740993n, text: "", at: null},
      {text: null, whole: -(2n ** 63n), number: -Infinity, at}
    ];
    const micros = BigInt(Date.parse(at)) * 1000n;
    expect(await tableOf(types, rows)).toEqual([
      ["a", 1n, 0.1, {micros}],
      ["", 9007199254740993n, NaN, null],
      [null, -(2n ** 63n), -Infinity, {micros}]
    ]);
  });

  it("may be without rows, and its columns have any name", async () => {
    expect(await tableOf({a: "VARCHAR"}, [])).toEqual([]);
    const names = ["__proto__", "constructor", 'say "hi"', "ünï 🦆", "1"];
    const row = Object.fromEntries(names.map((name, i) => [name, i]));
    const types = Object.fromEntries(names.map((name) => [name, "BIGINT"]));
    const [values] = await tableOf(types, [row]);
    expect(values).toEqual(Object.values(row).map(BigInt));
    expect(await tableOf(types, [{}])).toEqual([names.map(() => null)]);
  });

  it("doesn't take a value that its column can't hold", async () => {
    await expect(tableOf({whole: "BIGINT"}, [{whole: 1.5}])).rejects.toThrow(/1\.5/);
    await expect(tableOf({at: "TIMESTAMP"}, [{at: "soon"}])).rejects.toThrow(/soon/);
  });

  it("has any text and any number", async () => {
    const text = fc.oneof(
      fc.string({unit: "binary"}),
      fc.constantFrom("\0", "a\0b", "🦆", "null", "NaN", "[1]", '{"a": 1}', '"', "\\u0000", "é\u0301")
    );
    const row = fc.record({
      text: fc.option(text),
      number: fc.option(fc.double()),
      whole: fc.option(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}))
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, {maxLength: 30}), async (rows) => {
        const types = {text: "VARCHAR", number: "DOUBLE", whole: "BIGINT"};
        const expected = rows.map(({text, number, whole}) => [
          text && Buffer.from(text).toString(),
          number,
          whole
        ]);
        expect(await tableOf(types, rows)).toEqual(expected);
      }),
      {numRuns: 50}
    );
  });
});
