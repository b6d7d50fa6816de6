// The apps that a new platform starts with: their shape, and that every number in them can be had again from the data.
import {existsSync, readFileSync} from "node:fs";
import {csvParse} from "d3-dsv";
import {beforeAll, describe, expect, it} from "vitest";
import {demoApps, type SeedApp, type SeedDataset} from "../../../lib/platform/seed/index.js";
import {argumentOf, facetByUid, subModelSpec} from "../../../lib/platform/specs/index.js";

let apps: SeedApp[];
const reports: [done: number, total: number, label: string][] = [];

beforeAll(async () => {
  apps = await demoApps((...report) => reports.push(report));
});

const app = (name: string) => apps.find((each) => each.name === name)!;
const dataset = (of: string, name: string) => app(of).datasets.find((each) => each.name === name)!;
const text = ({csv}: SeedDataset) => (typeof csv === "string" ? csv : readFileSync(csv.path, "utf8"));
const rows = (of: string, name: string) => csvParse(text(dataset(of, name)));

describe("demoApps", () => {
  it("makes two apps", () =>
    expect(apps.map(({name}) => name)).toEqual(["US employment", "Seattle weather"]));

  it("types exactly the columns that each dataset has", () => {
    for (const each of apps.flatMap(({datasets}) => datasets))
      expect(Object.keys(each.dataTypes!)).toEqual(csvParse(text(each)).columns);
  });

  it("has only numbers or blanks in number columns, and dates in time columns", () => {
    for (const each of apps.flatMap(({datasets}) => datasets)) {
      const parsed = csvParse(text(each));
      for (const [column, {data_type}] of Object.entries(each.dataTypes!)) {
        const pattern = {
          NUMERIC: /^(-?\d+(\.\d+)?)?$/,
          TIME: /^\d{4}-\d\d-\d\d$/,
          // The past of an outlook comes from no model.
          CATEGORICAL: column === "model" ? /^/ : /./,
          TEXT: /./
        }[data_type];
        expect(parsed.filter((row) => !pattern.test(row[column]!))).toEqual([]);
      }
    }
  });

  it("copies files that are there", () => {
    const paths = apps.flatMap(({datasets}) =>
      datasets.flatMap(({csv}) => (typeof csv === "string" ? [] : csv.path))
    );
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it("reports every step in order, up to the end", () => {
    const total = reports[0]![1];
    expect(reports.map(([done]) => done)).toEqual(Array.from({length: total + 1}, (_, i) => i));
    expect(new Set(reports.map((report) => report[1]))).toEqual(new Set([total]));
    expect(reports[0]![2]).toBe("US employment, last-interval: Total nonfarm");
  });

  it("makes the same apps again", async () => {
    expect(JSON.stringify(await demoApps())).toBe(JSON.stringify(apps));
  });
});

describe("US employment", () => {
  it("has ten years of 22 sectors, by readable names", () => {
    const history = rows("US employment", "Employment history");
    expect(history).toHaveLength(22 * 120);
    const sectors = new Set(history.map(({sector}) => sector));
    expect(sectors.size).toBe(22);
    expect([...sectors].filter((name) => /_|nonfarm_change/.test(name!))).toEqual([]);
    expect(sectors).toContain("Trade, transportation, and utilities");
    expect(history[0]).toEqual({sector: "Total nonfarm", month: "2006-01-01", employees: "135450"});
  });

  it("names wholes and parts rightly", () => {
    const at = new Map(
      rows("US employment", "Employment history")
        .filter(({month}) => month === "2015-12-01")
        .map(({sector, employees}) => [sector, Number(employees)])
    );
    const sum = (...names: string[]) => names.reduce((total, name) => total + at.get(name)!, 0);
    expect(sum("Total private", "Government")).toBe(at.get("Total nonfarm"));
    expect(sum("Mining and logging", "Construction", "Manufacturing")).toBe(at.get("Goods-producing"));
    expect(sum("Durable goods", "Nondurable goods")).toBe(at.get("Manufacturing"));
  });

  const versions = ["last-interval", "moving-average", "ets", "mstl"];

  it("forecasts every sector in every version from every origin, and the year after the last month", () => {
    const forecasts = rows("US employment", "Employment forecast");
    expect(forecasts).toHaveLength(22 * versions.length * (12 * 12 + 12));
    const future = forecasts.filter(({origin}) => origin === "2015-12-01");
    expect(future).toHaveLength(22 * versions.length * 12);
    expect(future.filter(({actual}) => actual !== "")).toEqual([]);
    expect(future[11]).toMatchObject({month: "2016-12-01", horizon: "12"});
    expect(forecasts.filter(({actual, origin}) => actual === "" && origin !== "2015-12-01")).toEqual([]);
  });

  it("has the actual values of the history", () => {
    const history = new Map(
      rows("US employment", "Employment history").map((row) => [`${row.sector} ${row.month}`, row.employees])
    );
    const judged = rows("US employment", "Employment forecast").filter(({actual}) => actual !== "");
    expect(judged.filter((row) => history.get(`${row.sector} ${row.month}`) !== row.actual)).toEqual([]);
  });

  it("has an outlook with the past, and a year more as the best version sees it", () => {
    const outlook = rows("US employment", "Employment outlook");
    expect(outlook).toHaveLength(22 * (120 + 12));
    const last = rows("US employment", "Employment forecast").filter(({origin}) => origin === "2015-12-01");
    for (const {sector, month, employees, forecast, model} of outlook.filter((row) => row.forecast)) {
      expect(employees).toBe("");
      const same = last.find((row) => row.sector === sector && row.month === month && row.version === model);
      expect(forecast).toBe(same!.forecast);
    }
  });

  it("has versions a day apart, with what they were made with", () => {
    const {versions: made, modelType, subModelType} = app("US employment").models[0]!;
    expect(subModelSpec(modelType, subModelType)).toBeDefined();
    expect(made.map(({version}) => version)).toEqual(versions);
    expect(made.map(({createdAt}) => createdAt.toISOString().slice(0, 10))).toEqual([
      "2016-01-01",
      "2016-01-02",
      "2016-01-03",
      "2016-01-04"
    ]);
    expect(made[1]!.hyperparameters).toMatchObject({
      models_to_include: ["Sma"],
      eval_method: "cv",
      interval_to_predict: 12,
      confidence: 0.9,
      nonnegative: true,
      window: 3
    });
  });
});

interface Measured {
  average_test: number;
  average_train?: number;
  by_horizon: Record<string, number>;
  by_series: Record<string, number>;
}

const performance = (of: string, model: string, version: string) =>
  app(of)
    .models.find(({name}) => name === model)!
    .versions.find((each) => each.version === version)!.metrics.performance as Record<string, Measured>;

describe("metrics", () => {
  const trials = (of: string, name: string, series: string, version: string) =>
    rows(of, name)
      .filter((row) => row.version === version && row.actual !== "")
      .map((row) => ({
        series: row[series]!,
        horizon: Number(row.horizon),
        actual: Number(row.actual),
        forecast: Number(row.forecast),
        inside: Number(row.lower) <= Number(row.actual) && Number(row.actual) <= Number(row.upper)
      }));
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;

  it.each(["last-interval", "moving-average", "ets", "mstl"])(
    "of employment's %s are those of its rows",
    (version) => {
      const all = trials("US employment", "Employment forecast", "sector", version);
      const got = performance("US employment", "Employment aiCast", version);
      const shares = all.map(({actual, forecast}) => Math.abs(forecast - actual) / actual);
      const errors = all.map(({actual, forecast}) => forecast - actual);
      expect(got.mean_absolute_percentage_error!.average_test).toBeCloseTo(mean(shares), 12);
      expect(got.mean_absolute_error!.average_test).toBeCloseTo(mean(errors.map(Math.abs)), 8);
      expect(got.mean_squared_error!.average_test).toBeCloseTo(mean(errors.map((e) => e ** 2)), 4);
      expect(got.bias!.average_test).toBeCloseTo(mean(errors), 8);
      expect(got.weighted_mean_absolute_percentage_error!.average_test).toBeCloseTo(
        mean(errors.map(Math.abs)) / mean(all.map(({actual}) => actual)),
        12
      );
      expect(got.interval_coverage!.average_test).toBeCloseTo(
        mean(all.map(({inside}) => Number(inside))),
        12
      );

      const near = all
        .filter(({horizon}) => horizon === 1)
        .map(({actual, forecast}) => Math.abs(forecast - actual));
      expect(got.mean_absolute_error!.by_horizon["1"]).toBeCloseTo(mean(near), 8);
      const building = all.filter(({series}) => series === "Construction");
      expect(got.bias!.by_series.Construction).toBeCloseTo(
        mean(building.map(({actual, forecast}) => forecast - actual)),
        8
      );
    }
  );

  it("say how far the last interval is off in the sample", () => {
    const history = rows("US employment", "Employment history");
    const steps = history.flatMap(({sector, employees}, i) =>
      i > 0 && history[i - 1]!.sector === sector
        ? Math.abs(Number(employees) - Number(history[i - 1]!.employees))
        : []
    );
    const {average_train} = performance(
      "US employment",
      "Employment aiCast",
      "last-interval"
    ).mean_absolute_error!;
    expect(average_train).toBeCloseTo(mean(steps), 8);
  });

  it("leave the sample out where the method doesn't tell", () =>
    expect(performance("US employment", "Employment aiCast", "ets").bias).not.toHaveProperty(
      "average_train"
    ));

  it("have no percentage of degrees Celsius", () => {
    const names = Object.keys(performance("Seattle weather", "Temperature aiCast", "mstl"));
    expect(names).toEqual(["mean_absolute_error", "mean_squared_error", "bias", "interval_coverage"]);
  });

  it("are all finite numbers", () => {
    const leaves = (value: unknown): unknown[] =>
      typeof value === "object" && value ? Object.values(value).flatMap(leaves) : [value];
    const all = apps.flatMap(({models}) =>
      models.flatMap(({versions}) => versions.flatMap((v) => leaves(v.metrics)))
    );
    expect(all.length).toBeGreaterThan(500);
    expect(all.filter((value) => typeof value !== "number" || !Number.isFinite(value))).toEqual([]);
  });
});

describe("Seattle weather", () => {
  it("has four years of days", () => {
    const history = rows("Seattle weather", "Weather history");
    expect(history).toHaveLength(1461);
    expect(history.at(-1)).toMatchObject({date: "2015-12-31", temp_max: "5.6"});
  });

  it("forecasts each day of the last year once, and four weeks more", () => {
    const highs = rows("Seattle weather", "Weather forecast").filter(
      (row) => row.measure === "temp_max" && row.version === "mstl"
    );
    expect(new Set(highs.map(({date}) => date)).size).toBe(highs.length);
    expect(highs).toHaveLength(14 * 28);
    expect(highs.at(-1)).toMatchObject({date: "2016-01-28", actual: "", horizon: "28", origin: "2015-12-31"});
  });

  it("has a model a unit, of at least three versions each", () =>
    expect(app("Seattle weather").models.map(({name, versions}) => [name, versions.length])).toEqual([
      ["Temperature aiCast", 4],
      ["Wind aiCast", 3],
      ["Precipitation aiCast", 3],
      ["Outlook aiCast", 0]
    ]));

  it("has an outlook with the past, and four weeks more as the best version sees them", () => {
    const outlook = rows("Seattle weather", "Temperature outlook");
    expect(outlook).toHaveLength(1461 + 28);
    expect(outlook[1460]).toMatchObject({date: "2015-12-31", temp_max: "5.6", forecast: "", model: ""});
    const [{model}] = outlook.slice(-1) as [{model: string}];
    const foretold = rows("Seattle weather", "Weather forecast").find(
      (row) => row.measure === "temp_max" && row.version === model && row.date === "2016-01-28"
    );
    expect(outlook.at(-1)).toMatchObject({
      date: "2016-01-28",
      temp_max: "",
      forecast: foretold!.forecast,
      upper: foretold!.upper
    });
  });

  it("has no rain below zero", () => {
    const rain = rows("Seattle weather", "Weather forecast").filter(
      ({measure}) => measure === "precipitation"
    );
    expect(Math.min(...rain.map(({lower}) => Number(lower)))).toBe(0);
  });
});

describe("flows", () => {
  it("use facets and arguments of the specs, and datasets and models of their app", () => {
    for (const {datasets, models, flows} of apps) {
      for (const {definition} of flows!) {
        for (const {facet_uid, arguments: args} of definition.facets) {
          const spec = facetByUid(facet_uid)!;
          expect(Object.keys(args).filter((name) => !argumentOf(spec, name))).toEqual([]);
          if ("dataset_id" in args)
            expect(datasets.map(({name}) => ({dataset: name}))).toContainEqual(args.dataset_id);
          if ("model_name" in args) expect(models.map(({name}) => name)).toContain(args.model_name);
        }
        for (const {facet_name, name} of Object.values(definition.variables)) {
          const facet = definition.facets.find((each) => each.name === facet_name)!;
          expect(argumentOf(facetByUid(facet.facet_uid)!, name)).toBeDefined();
        }
      }
    }
    expect(apps.flatMap(({flows}) => flows!.map(({name}) => name))).toEqual([
      "Re-forecast employment",
      "Employment since",
      "Re-forecast temperature"
    ]);
  });
});
