// The types of a query's result are known beforehand, and a result that was written as text gets them back where its values fit.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {resultColumns, restoreTypes} from "../../data-loaders/query-types.js";
import type {ColumnType} from "../../lib/client/index.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {identifier, literal} from "../../lib/tabular/quote.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-query-types-"));
});
afterAll(() => rm(folder, {recursive: true}));

const type = (dataType: string, format?: string): ColumnType => ({
  dataType,
  dataFormats: format === undefined ? {} : {numeric_format: format}
});
const dataTypes = {
  day: type("TIME"),
  "sold units": type("NUMERIC", "INTEGER"),
  price: type("NUMERIC"),
  store: type("CATEGORICAL")
};
const columnsOf = (sql: string) => resultColumns(sql, dataTypes, folder);
const typed = async (sql: string) => (await columnsOf(sql)).map(({name, type}) => `${name} ${String(type)}`);

it("are known without the data, and nothing is run", async () => {
  expect(await typed("SELECT *, price > 1 AS dear, [store] AS stores FROM dataset")).toEqual([
    "day TIMESTAMP",
    "sold units BIGINT",
    "price DOUBLE",
    "store VARCHAR",
    "dear BOOLEAN",
    "stores VARCHAR[]"
  ]);
  expect(await typed("SELECT error('it was run') AS a FROM range(1000000000000)")).toHaveLength(1);
  expect(await resultColumns("SELECT a FROM dataset", {}, folder)).toEqual([]);
});

/** What a query's column is restored to when the platform wrote it as these texts. */
async function restored(expression: string, texts: (string | null)[], written = "a") {
  const wanted = await columnsOf(`SELECT ${expression} AS a FROM dataset`);
  const file = join(folder, "result.parquet");
  const rows = texts.map((text) => `(${text === null ? "NULL::VARCHAR" : literal(text)})`).join(", ");
  await withDuckDB({folder}, (connection) =>
    connection.run(
      `COPY (SELECT t AS ${identifier(written)} FROM (VALUES ${rows}) v(t)) TO ${literal(file)} (FORMAT parquet)`
    )
  );
  const {sql, warnings} = await restoreTypes({file, columns: {[written]: "VARCHAR"}}, wanted, {folder});
  return withDuckDB({folder}, async (connection) => {
    await connection.run(`CREATE VIEW dataset AS FROM read_parquet(${literal(file)})`);
    const result = await connection.runAndReadAll(sql);
    return {type: String(result.columnType(0)), values: result.getColumnsJson()[0], warnings};
  });
}

it.each([
  ["store = 'x'", ["true", null, "False"], "BOOLEAN", [true, null, false]],
  ['"sold units"', ["1", "-20", null], "HUGEINT", ["1", "-20", null]],
  // As pandas writes whole numbers beside missing ones.
  ['"sold units"', ["1.0", null], "HUGEINT", ["1", null]],
  ['"sold units"', ["12345678901234567890", "1"], "HUGEINT", ["12345678901234567890", "1"]],
  ['"sold units"', ["1.5", "2.0"], "DOUBLE", [1.5, 2]],
  ["price", ["1.5", "2.0", "inf", "nan"], "DOUBLE", [1.5, 2, "Infinity", "NaN"]],
  ["price", ["10", "20"], "HUGEINT", ["10", "20"]],
  ["price", [null, null], "DOUBLE", [null, null]],
  ["price::DECIMAL(9, 2)", ["1.50", "-0.05"], "DECIMAL(9,2)", ["1.50", "-0.05"]],
  [
    "day",
    ["2024-01-01", "2024-01-01 10:00:00.5"],
    "TIMESTAMP",
    ["2024-01-01 00:00:00", "2024-01-01 10:00:00.5"]
  ],
  ["day::DATE", ["2024-01-01 00:00:00"], "DATE", ["2024-01-01"]],
  ["store", ["01220", "1e5", "NA", ""], "VARCHAR", ["01220", "1e5", "NA", ""]]
])("%s written as %j is %s again", async (expression, texts, type, values) => {
  expect(await restored(expression, texts)).toEqual({type, values, warnings: []});
});

it.each([
  ["store = 'x'", ["true", "perhaps"], "not all its values are BOOLEAN"],
  ['"sold units"', ["1", "two"], "not all its values are BIGINT"],
  ['"sold units"', ["0.12345678901234567890"], "not all its values are BIGINT"],
  ["day", ["2024-01-01", "someday"], "not all its values are TIMESTAMP"],
  ["[price]", ["[1.5]"], "can't be read back from the platform's CSV"],
  ["store::BLOB", ["x"], "can't be read back from the platform's CSV"],
  ["{'a': price}", ["{'a': 1.5}"], "can't be read back from the platform's CSV"]
])("%s written as %j stays text, which is told", async (expression, texts, why) => {
  const {type, values, warnings} = await restored(expression, texts);
  expect([type, values]).toEqual(["VARCHAR", texts]);
  expect(warnings).toEqual([expect.stringContaining('column "a" is kept as text')]);
  expect(warnings[0]).toContain(why);
});

it("a column that the platform calls otherwise is told, and keeps its values", async () => {
  const {values, warnings} = await restored("price", ["1.5"], "_col0");
  expect(values).toEqual(["1.5"]);
  expect(warnings).toEqual([
    `column "a" isn't in the platform's result; give it a name with AS in sql`,
    `column "_col0" of the platform's result has another name here; give it one with AS in sql`
  ]);
});
