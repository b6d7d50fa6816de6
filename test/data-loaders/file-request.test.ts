// Which file a name asks for.
import {expect, it} from "vitest";
import {entryOf, fileRequest} from "../../data-loaders/file-request.js";
import {checkConfig} from "../../lib/config/index.js";

const config = checkConfig({
  app: "US employment",
  datasets: {
    "employment-history": {dataset: "History"},
    "employment-latest": {dataset: "Forecast", sql: "FROM dataset"}
  },
  models: {"employment-model": {model: "aiCast"}}
});

it("is made from an entry of the config, in the format that its extension says", () => {
  const wanted = fileRequest("employment-latest.arrow", config);
  expect(wanted).toEqual({
    kind: "dataset",
    app: "US employment",
    dataset: "Forecast",
    sql: "FROM dataset",
    file: "employment-latest.arrow",
    name: "employment-latest",
    format: "arrow"
  });
  expect(entryOf(wanted.name, wanted)).toBe("datasets.employment-latest");
});

it("may be a model's table, or the catalog", () => {
  const metrics = fileRequest("employment-model-metrics.parquet", config);
  expect(metrics).toMatchObject({kind: "model", table: "metrics", model: "aiCast"});
  expect(entryOf(metrics.name, metrics)).toBe("models.employment-model");
  expect(fileRequest("catalog.json", config).kind).toBe("catalog");
  expect(fileRequest("flows.json", config).kind).toBe("flows");
});

it("that isn't there is answered with those that are, nearest first", () => {
  expect(() => fileRequest("employment-lastest.arrow", config)).toThrow(
    /gives no file "employment-lastest"\. It gives employment-latest, .*Add an entry "employment-lastest"/
  );
});

it.each(["employment-history", "employment-history.xlsx", ".parquet", "parquet"])("can't be %s", (file) => {
  expect(() => fileRequest(file, config)).toThrow(/should end in \.parquet, \.arrow, \.csv, \.json/);
});

it.each(["flows.csv", "specs.parquet"])("whose values are nested can't be %s", (file) => {
  expect(() => fileRequest(file, config)).toThrow(/comes as "\w+\.json" only/);
});

it.each(["../employment-history.csv", "constructor.json", "__proto__.json"])("isn't found as %s", (file) => {
  expect(() => fileRequest(file, config)).toThrow(/gives no file/);
});
