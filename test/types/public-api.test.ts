// What TypeScript knows of the public API: checked by tsc, which `npm run check` runs over this file. Nothing here does anything when
// it is run.
import type {Table} from "apache-arrow";
import {describe, expectTypeOf, it} from "vitest";
import {forecastChart} from "../../lib/charts/index.js";
import {IkigaiError, type App, type Dataset, type Ikigai} from "../../lib/client/index.js";
import {defineConfig, loadConfig, type CheckedConfig, type Config} from "../../lib/config/index.js";
import {load, pull, type Format} from "../../data-loaders/index.js";
import {database, type Database} from "../../lib/database/index.js";
import {FlowBuilder, FlowDefinition} from "../../lib/definition/index.js";
import {hasEnded, type Run} from "../../lib/gateway-api/index.js";
import {hermeticConfig, runFramework} from "../../lib/hermetic/index.js";
import {seriesPicker, type SeriesPicker} from "../../lib/inputs/index.js";
import {summarySql} from "../../lib/metrics/index.js";
import {arrowRows} from "../../lib/page/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {flow, fresh, TriggerError, type FlowTrigger} from "../../lib/trigger/index.js";

interface CsvFile {
  href: string;
  csv: () => Promise<number[]>;
}

describe("the config", () => {
  it("takes what configuration.md says, and nothing else", () => {
    expectTypeOf(defineConfig).parameter(0).toEqualTypeOf<Config>();
    expectTypeOf({app: "A", datasets: {sales: {dataset: "Sales", sql: "FROM dataset"}}}).toExtend<Config>();
    expectTypeOf({
      app: "A",
      flows: {f: {flow: "F", variables: {n: {type: "integer" as const, min: 1, default: 12}}}}
    }).toExtend<Config>();
    // @ts-expect-error -- an app is needed
    defineConfig({datasets: {}});
    // @ts-expect-error -- a name that is misspelled
    defineConfig({app: "A", dataset: {}});
    // @ts-expect-error -- no such type of variable
    defineConfig({app: "A", flows: {f: {flow: "F", variables: {n: {type: "whole"}}}}});
    expectTypeOf(loadConfig).returns.resolves.toEqualTypeOf<CheckedConfig>();
  });
});

describe("the client", () => {
  it("gives objects of their own classes", () => {
    expectTypeOf<Awaited<ReturnType<Ikigai["apps"]["byId"]>>>().toEqualTypeOf<App>();
    expectTypeOf<Awaited<ReturnType<App["datasets"]["byId"]>>>().toEqualTypeOf<Dataset>();
    expectTypeOf<Dataset["table"]>().returns.resolves.toEqualTypeOf<Table>();
    expectTypeOf<Dataset["rename"]>().parameter(0).toBeString();
    expectTypeOf<Ikigai["builder"]>().toEqualTypeOf<FlowBuilder>();
    expectTypeOf(IkigaiError).instance.toExtend<Error>();
  });

  it("hides the key", () => {
    expectTypeOf<Ikigai>().not.toHaveProperty("apiKey");
  });
});

describe("loaders", () => {
  it("know their formats", () => {
    expectTypeOf(load).parameter(0).toEqualTypeOf<Format>();
    expectTypeOf<Format>().toEqualTypeOf<"parquet" | "arrow" | "csv" | "json">();
    expectTypeOf(pull).returns.toExtend<Promise<unknown>>();
  });
});

describe("what pages import", () => {
  it("opens databases", () => {
    expectTypeOf(database).returns.toEqualTypeOf<Database>();
    expectTypeOf<Database["tables"]>().toEqualTypeOf<string[]>();
    expectTypeOf<Database["query"]>().parameter(0).toBeString();
    expectTypeOf<Database>().toExtend<AsyncDisposable>();
  });

  it("draws and chooses", () => {
    expectTypeOf(forecastChart).returns.toExtend<Element>();
    expectTypeOf(seriesPicker).returns.toEqualTypeOf<SeriesPicker>();
    expectTypeOf(arrowRows).returns.resolves.toEqualTypeOf<Record<string, unknown>[]>();
    expectTypeOf(summarySql).returns.toBeString();
    // @ts-expect-error -- no such measure
    void (() => summarySql("t", {measures: ["meanness"]}));
  });

  it("starts flows, and keeps the kind of a file that it replaces", () => {
    expectTypeOf(flow).returns.toEqualTypeOf<FlowTrigger>();
    expectTypeOf(fresh<CsvFile>).returns.toExtend<AsyncGenerator<unknown, void, undefined>>();
    expectTypeOf(TriggerError).instance.toExtend<Error>();
    expectTypeOf(hasEnded).parameter(0).toExtend<Pick<Run, "status">>();
  });
});

describe("definitions", () => {
  it("are built", () => {
    expectTypeOf(FlowBuilder).instance.toHaveProperty("facet");
    expectTypeOf(FlowDefinition).instance.toBeObject();
  });
});

describe("builds and the local platform", () => {
  it("run Framework", () => {
    expectTypeOf(runFramework).parameter(0).toEqualTypeOf<"build" | "preview">();
    expectTypeOf(hermeticConfig.globalStylesheets).toEqualTypeOf<string[] | undefined>();
  });

  it("start a platform", () => {
    expectTypeOf(startPlatform).returns.resolves.toEqualTypeOf<RunningPlatform>();
    expectTypeOf<RunningPlatform["apiKey"]>().toBeString();
  });
});
