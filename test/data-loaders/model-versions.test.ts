// A model's versions as tables.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {modelColumns, modelRows} from "../../data-loaders/model-versions.js";
import {createTable, type Row} from "../../lib/tabular/json-rows.js";

const time = new Date("2024-01-02T03:04:05Z");
const model = {name: "Demand aiCast"} as never;
const version = (versionId: string, day: number, hyperparameters: object, metrics: object) => ({
  versionId,
  version: `v${versionId}`,
  createdAt: new Date(Date.UTC(2024, 0, day)),
  modifiedAt: time,
  hyperparameters,
  metrics
});
const versions = [
  version("2", 2, {method: "ets", season: 12, models: ["a", "b"]}, {performance: {mape: {test: 0.1}}}),
  version(
    "1",
    1,
    {method: "naive", season: "12", drift: null},
    {performance: {mape: {test: "0.25"}, ok: true}, notes: []}
  )
] as never[];

/** Rows as they come back from the session. */
async function stored(table: keyof typeof modelColumns, rows: Row[]) {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-model-"));
  try {
    return await withDuckDB({folder}, async (connection) => {
      await createTable(connection, modelColumns[table], rows);
      return (await connection.runAndReadAll("FROM result")).getRowObjectsJson();
    });
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

it("lists versions, oldest first", async () => {
  const rows = await stored("versions", modelRows("versions", model, versions));
  expect(rows).toEqual([
    {
      model: "Demand aiCast",
      version: "v1",
      version_id: "1",
      created_at: "2024-01-01 00:00:00",
      modified_at: "2024-01-02 03:04:05"
    },
    expect.objectContaining({version: "v2", created_at: "2024-01-02 00:00:00"})
  ]);
});

it("gives a row to each version and metric", async () => {
  const rows = await stored("metrics", modelRows("metrics", model, versions));
  expect(rows.map(({version, metric, value, text}) => [version, metric, value, text])).toEqual([
    ["v1", "performance.mape.test", 0.25, null],
    ["v1", "performance.ok", null, "true"],
    ["v2", "performance.mape.test", 0.1, null]
  ]);
});

it("gives a row to each version and hyperparameter, comparable whatever its type", async () => {
  const rows = await stored("hyperparameters", modelRows("hyperparameters", model, versions));
  expect(
    rows.map(({version, hyperparameter, value, number}) => [version, hyperparameter, value, number])
  ).toEqual([
    ["v1", "method", "naive", null],
    ["v1", "season", "12", 12],
    ["v1", "drift", null, null],
    ["v2", "method", "ets", null],
    ["v2", "season", "12", 12],
    ["v2", "models", '["a","b"]', null]
  ]);
});

it("has typed columns without versions", async () => {
  expect(await stored("metrics", [])).toEqual([]);
});
