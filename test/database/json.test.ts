// JSON as the page's database reads it: types, digits, times, and what is refused.
import {beforeAll, describe, expect, it} from "vitest";
import {askOf, type Engine} from "../../lib/database/engine.js";
import {insertJson} from "../../lib/database/json.js";
import {openEngine} from "./wasm-engine.js";

let engine: Engine;
let tables = 0;

beforeAll(async () => {
  engine = await openEngine();
});

/** The table as DuckDB has it: its columns' types, its rows as texts, and what was told of it. */
async function read(json: unknown) {
  const table = `t${++tables}`;
  const text = typeof json === "string" ? json : JSON.stringify(json);
  const warnings = await insertJson(engine, table, new Blob([text]));
  const ask = askOf(engine);
  const columns = await ask(`SELECT column_name, column_type FROM (DESCRIBE ${table})`);
  const rows = await ask(`SELECT COLUMNS(*)::VARCHAR FROM ${table}`);
  return {
    types: Object.fromEntries(columns) as Record<string, string>,
    rows: rows.map((row): Record<string, unknown> =>
      Object.fromEntries(columns.map(([name], i): [string, unknown] => [String(name), row[i]]))
    ),
    warnings
  };
}

const fault = async (text: string | Uint8Array<ArrayBuffer>) => {
  const reason = await insertJson(engine, `t${++tables}`, new Blob([text])).then(
    () => new Error("it was read"),
    (error: Error) => error
  );
  return reason.message;
};

describe("types", () => {
  it("are the narrowest that all values of a column fit", async () => {
    const {types, rows, warnings} = await read([
      {whole: 3, share: 1, ok: true, name: "x", none: null, big: 9007199254740991},
      {whole: -2147483649, share: 0.5, ok: null, name: "", big: -1},
      {share: 1e300}
    ]);
    expect(types).toEqual({
      whole: "BIGINT",
      share: "DOUBLE",
      ok: "BOOLEAN",
      name: "VARCHAR",
      none: "VARCHAR",
      big: "BIGINT"
    });
    expect(rows).toEqual([
      {whole: "3", share: "1.0", ok: "true", name: "x", none: null, big: "9007199254740991"},
      {whole: "-2147483649", share: "0.5", ok: null, name: "", none: null, big: "-1"},
      {whole: null, share: "1e+300", ok: null, name: null, none: null, big: null}
    ]);
    expect(warnings).toEqual([]);
  });

  it("keep the digits of long numbers, or tell what they cut", async () => {
    const {types, rows, warnings} = await read(
      `[{"id": 12345678901234567890, "n": 9007199254740993, "cut": 90071992547409.931, "huge": 1e400, "mixed": 0.5},
        {"id": 12345678901234567891, "n": 1, "cut": 0.25, "huge": 1, "mixed": 9007199254740993}]`
    );
    expect(types).toEqual({
      id: "DECIMAL(38,0)",
      n: "BIGINT",
      cut: "DOUBLE",
      huge: "VARCHAR",
      mixed: "VARCHAR"
    });
    expect(rows).toMatchObject([
      {id: "12345678901234567890", n: "9007199254740993", huge: "1e400", mixed: "0.5"},
      {id: "12345678901234567891", n: "1", huge: "1", mixed: "9007199254740993"}
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/column "cut": "90071992547409.931" has more digits than a DOUBLE holds/),
      expect.stringMatching(/column "huge" is kept as text.*"1e400"/),
      expect.stringMatching(/column "mixed" is kept as text/)
    ]);
  });

  it("are text for nested values, with each digit, and for mixed ones, which it tells", async () => {
    const {types, rows, warnings} = await read(
      `[{"tags": ["a", {"id": 12345678901234567890}], "mixed": "x", "flag": true},
        {"tags": {"b": null}, "mixed": 1.5, "flag": 1}]`
    );
    expect(types).toEqual({tags: "VARCHAR", mixed: "VARCHAR", flag: "VARCHAR"});
    expect(rows).toEqual([
      {tags: '["a",{"id":12345678901234567890}]', mixed: "x", flag: "true"},
      {tags: '{"b":null}', mixed: "1.5", flag: "1"}
    ]);
    expect(warnings).toEqual([
      'column "mixed" is kept as text: it holds texts and numbers',
      'column "flag" is kept as text: it holds booleans and numbers'
    ]);
  });

  it("are times where all texts are ISO 8601: as they stand without a zone, else moved to UTC", async () => {
    const {types, rows, warnings} = await read([
      {day: "2015-01-01", at: "2015-02-01T10:30:00", zoned: "2024-01-01T10:00:00-08:00 ", some: "2024-01-01"},
      {day: null, at: "2015-02-01T10:30:00.123456", zoned: "2024-01-01T10:00:00Z", some: "2024-01-02"},
      {day: "0999-12-31", at: "2015-02-01 10:30", zoned: "2024-01-01 10:00+0530", some: "soon"}
    ]);
    expect(types).toEqual({day: "TIMESTAMP", at: "TIMESTAMP", zoned: "TIMESTAMP", some: "VARCHAR"});
    expect(rows).toEqual([
      {
        day: "2015-01-01 00:00:00",
        at: "2015-02-01 10:30:00",
        zoned: "2024-01-01 18:00:00",
        some: "2024-01-01"
      },
      {day: null, at: "2015-02-01 10:30:00.123456", zoned: "2024-01-01 10:00:00", some: "2024-01-02"},
      {day: "0999-12-31 00:00:00", at: "2015-02-01 10:30:00", zoned: "2024-01-01 04:30:00", some: "soon"}
    ]);
    expect(warnings).toEqual(['column "some" is kept as text: not all of it is a time in ISO 8601']);
  });

  it("leave other texts alone: codes, words for missing values, times in other ways", async () => {
    const texts = ["01/02/2024", "0122", "NA", "", "12", "2024-01", "2024-01-01 is a day"];
    const {types, rows, warnings} = await read([Object.fromEntries(texts.map((text, i) => [`c${i}`, text]))]);
    expect(Object.values(types)).toEqual(texts.map(() => "VARCHAR"));
    expect(Object.values(rows[0]!)).toEqual(texts);
    expect(warnings).toEqual([]);
  });
});

describe("keys", () => {
  it("may be missing, differ in case alone, be numbers, or be called as what every object has", async () => {
    const {types, rows, warnings} = await read(
      `[{"Id": 1, "id": 2, "__proto__": 3, "constructor": 4, "b c": 5}, {"2024": 6}, {}]`
    );
    expect(Object.keys(types).sort()).toEqual(["2024", "Id", "__proto__", "b c", "constructor", "id.1"]);
    expect(rows[0]).toMatchObject({Id: "1", "id.1": "2", constructor: "4", "b c": "5", "2024": null});
    expect(Object.entries(rows[0]!)).toContainEqual(["__proto__", "3"]);
    expect(Object.values(rows[1]!).filter((value) => value !== null)).toEqual(["6"]);
    expect(Object.values(rows[2]!).filter((value) => value !== null)).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/the column name "id" stands more than once/)]);
  });

  it("needn't be: no rows are a table without rows, and rows without keys are rows", async () => {
    expect(await read("[]")).toEqual({
      types: {json: "VARCHAR"},
      rows: [],
      warnings: ["it holds no rows, and so names no columns: a statement that names one fails"]
    });
    expect(await read("[{}, {}]")).toEqual({
      types: {json: "VARCHAR"},
      rows: [{json: "{}"}, {json: "{}"}],
      warnings: []
    });
  });
});

describe("a file that is something else", () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ["an object", `{"a": 1}`, "it must hold an array of objects, one for each row, not an object"],
    [
      "a long number",
      "12345678901234567890",
      "it must hold an array of objects, one for each row, not a number"
    ],
    [
      "an array of arrays",
      "[[1, 2], [3, 4]]",
      'it must hold an array of objects, but row 1 is an array: write each row as {"column": value}'
    ],
    [
      "an array with null",
      `[{"a": 1}, null]`,
      'it must hold an array of objects, but row 2 is null: write each row as {"column": value}'
    ],
    ["nothing", "\n", "it is empty: without rows it must be []"],
    [
      "an object on each line",
      `{"a": 1}\n{"a": 2}\n`,
      "it isn't JSON: it has an object on each line. Make them one array, with [ before, ] after, and commas between them"
    ],
    ["NaN", `[{"a": NaN}]`, "it isn't JSON: NaN is not a JSON value. Write null"],
    ["-Infinity", `[{"a": -Infinity}]`, "it isn't JSON: -Infinity is not a JSON value. Write null"],
    [
      "Latin-1",
      Uint8Array.from(Buffer.from(`[{"a": "é"}]`, "latin1")),
      "it isn't UTF-8. Write the data as UTF-8."
    ],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "the data is compressed by gzip, not JSON. Unpack it first"]
  ])("is refused: %s", async (_, bytes, message) => {
    expect(await fault(bytes)).toBe(message);
  });

  it("is refused where it is cut, in few words", async () => {
    const message = await fault(`[{"a": "${"x".repeat(5e6)}`);
    expect(message).toMatch(/^it isn't JSON: /);
    expect(message.length).toBeLessThan(200);
  });
});
