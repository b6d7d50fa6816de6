// What a page saves as Parquet, read again by native DuckDB.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import * as parquet from "parquet-wasm";
import {expect, it} from "vitest";
import {arrowStream} from "../../lib/page/parquet.js";

/** The rows after a way through Arrow and Parquet, as DuckDB reads them, and their types. */
async function throughParquet(rows: Record<string, unknown>[]) {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-parquet-"));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const file = join(folder, "saved.parquet");
    await writeFile(file, parquet.writeParquet(parquet.Table.fromIPCStream(await arrowStream(rows))));
    const read = await connection.runAndReadAll(`FROM '${file}'`);
    return {
      rows: read.getRowObjectsJson(),
      types: Object.fromEntries(read.columnNames().map((name, i) => [name, String(read.columnType(i))]))
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, {recursive: true, force: true});
  }
}

it("keeps numbers, times, texts and what is missing", async () => {
  const {rows, types} = await throughParquet([
    {month: new Date("2015-01-01"), jobs: 140_592.25, count: 9007199254740993n, name: "Île, “x”", ok: true},
    {month: new Date("2015-02-01T10:30:00.123Z"), jobs: null, count: 1n, name: undefined, ok: false},
    {month: new Date(NaN), jobs: -0.1, count: null, name: "", ok: null, more: 1}
  ]);
  expect(types).toEqual({
    month: "TIMESTAMP",
    jobs: "DOUBLE",
    count: "BIGINT",
    name: "VARCHAR",
    ok: "BOOLEAN",
    more: "DOUBLE"
  });
  expect(rows).toEqual([
    {
      month: "2015-01-01 00:00:00",
      jobs: 140_592.25,
      count: "9007199254740993",
      name: "Île, “x”",
      ok: true,
      more: null
    },
    {month: "2015-02-01 10:30:00.123", jobs: null, count: "1", name: null, ok: false, more: null},
    {month: null, jobs: -0.1, count: null, name: "", ok: null, more: 1}
  ]);
});

it("writes columns of several kinds, and nested values, as texts", async () => {
  const {rows, types} = await throughParquet([
    {mixed: 1, nested: {a: [1n]}},
    {mixed: "two", nested: null}
  ]);
  expect(types).toEqual({mixed: "VARCHAR", nested: "VARCHAR"});
  expect(rows).toEqual([
    {mixed: "1", nested: '{"a":["1"]}'},
    {mixed: "two", nested: null}
  ]);
});

it("writes columns without values, and no rows", async () => {
  expect((await throughParquet([{a: null}])).rows).toEqual([{a: null}]);
});
