// AI_CAST and TIME_SERIES_ANALYSIS forecast, choose, judge themselves, and remember.
import {describe, expect, it} from "vitest";
import type {HostModel} from "../../../lib/platform/engine/index.js";
import {arrow, definitionOf, exportOf, facet, importOf, run} from "./flows.js";

const month = (i: number) => new Date(Date.UTC(2018, i, 1)).toISOString().slice(0, 10);
const season = [0, 3, 8, 12, 9, 2, -4, -9, -12, -8, -2, 1];

/** Five years of months: "up" rises with a season, "flat" stays, "last" jumps about. */
const shops = {
  up: (i: number) => 100 + 2 * i + season[i % 12]!,
  flat: () => 50,
  rare: (i: number) => (i % 5 === 0 ? 10 : 0)
};
const table = (keep: (shop: string, i: number) => boolean = () => true) =>
  [
    "shop,month,sold",
    ...Object.entries(shops).flatMap(([shop, value]) =>
      Array.from({length: 60}, (_, i) => i)
        .filter((i) => keep(shop, i))
        .map((i) => `${shop},${month(i)},${value(i)}`)
    )
  ].join("\n");

const model = (versions: HostModel["versions"] = []): HostModel => ({
  name: "demand",
  modelType: "Ai Cast",
  subModelType: "Base",
  versions
});

interface Asked {
  mode?: string;
  processing?: object;
  selection?: object;
  metrics?: object;
  identifiers?: string[];
  versions?: HostModel["versions"];
}

async function cast(
  data: string,
  {
    mode = "train",
    processing = {},
    selection = {},
    metrics = {},
    identifiers = ["shop"],
    versions = []
  }: Asked = {}
) {
  const outcome = await run(
    definitionOf(
      [
        importOf("in", "in"),
        facet("cast", "AI_CAST", {
          model_name: "demand",
          model_version: "v1",
          parameters: {time_column: "month", identifier_columns: identifiers, value_column: "sold", mode},
          processing: {include_reals: false, ...processing},
          model_selection: {
            models_to_include: ["Last_Interval", "Sma", "Additive", "Croston"],
            confidence: 0.9,
            ...selection
          },
          metrics: [{interval_to_predict: 6, ...metrics}]
        }),
        exportOf("out")
      ],
      [arrow("in > cast"), arrow("cast > out")]
    ),
    {in: data},
    {models: [model(versions)]}
  );
  const [head, ...lines] = outcome.csv.out!.trimEnd().split("\n");
  const names = head!.split(",");
  const rows = lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i]!, cell])));
  return {...outcome, head, rows, of: (shop: string) => rows.filter((row) => row.shop === shop)};
}

const numbers = (rows: Record<string, string>[], column: string) => rows.map((row) => Number(row[column]));

describe("AI_CAST", () => {
  it("forecasts each series from where the past ends, by what was best there", async () => {
    const {head, rows, of, modelVersions} = await cast(table());
    expect(head).toBe("shop,month,sold,forecast,lower,upper,model");
    expect(rows).toHaveLength(18);
    expect(of("up").map((row) => row.month)).toEqual([60, 61, 62, 63, 64, 65].map(month));
    expect(of("up")[0]!.model).toBe("Additive");
    for (const [h, value] of numbers(of("up"), "forecast").entries())
      expect(Math.abs(value - shops.up(60 + h))).toBeLessThan(6);
    for (const row of rows) {
      expect(Number(row.lower)).toBeLessThanOrEqual(Number(row.forecast));
      expect(Number(row.forecast)).toBeLessThanOrEqual(Number(row.upper));
      expect(row.sold).toBe("");
    }
    expect(numbers(of("flat"), "forecast")).toEqual(Array(6).fill(50));

    const [version] = modelVersions;
    expect(version).toMatchObject({modelName: "demand", version: "v1"});
    expect(version!.hyperparameters).toMatchObject({
      eval_method: "cv",
      confidence: 0.9,
      interval_to_predict: 6,
      type: "base"
    });
    const {performance} = version!.metrics as {
      performance: Record<string, {average_test: number; by_series: Record<string, number>}>;
    };
    expect(Object.keys(performance)).toEqual(
      expect.arrayContaining([
        "mean_absolute_percentage_error",
        "weighted_mean_absolute_percentage_error",
        "mean_absolute_error",
        "mean_squared_error"
      ])
    );
    expect(Object.keys(performance.mean_absolute_error!.by_series)).toEqual(["flat", "rare", "up"]);
    expect(performance.mean_absolute_error!.by_series.flat).toBe(0);
  });

  it("gives the same numbers each time, and for rows in any order", async () => {
    const once = await cast(table());
    const [head, ...rows] = table().split("\n");
    const again = await cast([head!, ...rows.toReversed()].join("\n"));
    expect(again.csv.out).toBe(once.csv.out);
    expect(again.modelVersions).toEqual(once.modelVersions);
  });

  it("puts the past above the forecasts where asked", async () => {
    const {of} = await cast(table(), {processing: {include_reals: true}});
    expect(of("up")).toHaveLength(66);
    expect(of("up")[59]).toMatchObject({
      month: month(59),
      sold: String(shops.up(59)),
      forecast: "",
      model: ""
    });
  });

  it("gives every method's forecasts where asked, the best first", async () => {
    const {of} = await cast(table(), {selection: {best_model_only: false}});
    expect([...new Set(of("up").map((row) => row.model))]).toHaveLength(4);
    expect(of("up")[0]!.model).toBe("Additive");
  });

  it("takes one series where nothing tells rows apart, adding up what falls together", async () => {
    const {rows} = await cast(table(), {identifiers: [], selection: {models_to_include: ["Last_Interval"]}});
    expect(numbers(rows, "forecast")).toEqual(Array(6).fill(shops.up(59) + 50 + shops.rare(59)));
  });

  it("widens intervals with the confidence", async () => {
    const width = async (confidence: number) => {
      const {of} = await cast(table(), {selection: {confidence, models_to_include: ["Sma"]}});
      return Number(of("up")[0]!.upper) - Number(of("up")[0]!.lower);
    };
    expect(await width(0.95)).toBeGreaterThan(await width(0.5));
  });

  it("takes intervals from its own errors where asked", async () => {
    const {of} = await cast(table(), {
      selection: {enable_conformal_interval: true, models_to_include: ["Last_Interval"]}
    });
    const widths = of("up").map((row) => (Number(row.upper) - Number(row.forecast)).toFixed(9));
    expect(new Set(widths).size).toBe(1);
  });

  it("keeps what can't be negative from being so", async () => {
    const falling = [
      "shop,month,sold",
      ...Array.from({length: 24}, (_, i) => `a,${month(i)},${Math.max(0, 46 - 2 * i)}`)
    ].join("\n");
    const selection = {models_to_include: ["Additive"]};
    const {rows} = await cast(falling, {processing: {nonnegative: true}, selection});
    for (const column of ["forecast", "lower", "upper"])
      expect(Math.min(...numbers(rows, column))).toBeGreaterThanOrEqual(0);
  });

  it("judges by a holdout of its own length", async () => {
    const {modelVersions} = await cast(table(), {
      selection: {eval_method: "holdout"},
      metrics: {holdout_period: 12}
    });
    const {performance} = modelVersions[0]!.metrics as {
      performance: {mean_absolute_error: {by_horizon: object}};
    };
    expect(Object.keys(performance.mean_absolute_error.by_horizon)).toHaveLength(12);
  });

  it.each([
    ["zero", 0],
    ["forward_fill", 50],
    ["linear", 50],
    ["mean", 50]
  ])("fills gaps: %s", async (fill_missing_values, value) => {
    const gappy = table((shop, i) => shop !== "flat" || (i > 2 && i !== 30 && i < 58));
    const {of} = await cast(gappy, {processing: {fill_missing_values, include_reals: true}});
    const past = of("flat").filter((row) => row.model === "");
    expect(past[0]!.month).toBe(month(3));
    expect(Number(past.find((row) => row.month === month(30))!.sold)).toBe(value);
    expect(Number(past.at(-1)!.sold)).toBe(value);
  });

  it("leaves out series of which too much is missing, and says so", async () => {
    const {of, notes} = await cast(
      table((shop, i) => shop !== "flat" || i % 4 === 0),
      {processing: {drop_threshold: 0.5}}
    );
    expect(of("flat")).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("1 of 3 series have too few values")]);
  });

  it("says which methods can't run here", async () => {
    const {notes} = await cast(table(), {selection: {models_to_include: ["Sma", "Lgmt1", "Deepar"]}});
    expect(notes).toEqual([
      expect.stringContaining("Lgmt1, Deepar can't run on this platform and were left out")
    ]);
    await expect(cast(table(), {selection: {models_to_include: ["Sarimax"]}})).rejects.toThrow(
      "none of Sarimax can run on this platform: include one of Additive"
    );
  });
});

describe("AI_CAST's hierarchies", () => {
  const hierarchy = (hierarchical_type: string, return_all_levels = true) =>
    cast(table(), {
      processing: {type: "hierarchical", hierarchical_type, return_all_levels},
      selection: {models_to_include: ["Last_Interval", "Additive"]}
    });

  it.each(["bottom_up", "top_down"])("%s: the parts add up to the whole", async (kind) => {
    const {of} = await hierarchy(kind);
    const parts = ["up", "flat", "rare"].map((shop) => numbers(of(shop), "forecast"));
    for (const [h, whole] of numbers(of("(all)"), "forecast").entries()) {
      expect(parts.reduce((sum, part) => sum + part[h]!, 0)).toBeCloseTo(whole, 8);
    }
    for (const row of of("(all)")) expect(Number(row.lower)).toBeLessThanOrEqual(Number(row.upper));
  });

  it("keep the levels above to themselves unless asked", async () => {
    expect((await hierarchy("bottom_up", false)).of("(all)")).toEqual([]);
  });

  it("refuse kinds that can't run here", async () => {
    await expect(hierarchy("spatio_grouped")).rejects.toThrow("use 'bottom_up' or 'top_down'");
  });
});

describe("AI_CAST's modes", () => {
  const learned = async () => {
    const {modelVersions} = await cast(table());
    return [
      {version: "v1", state: JSON.parse(JSON.stringify(modelVersions[0]!.state)) as Record<string, unknown>}
    ];
  };

  it("inference takes each series' method from the version, and writes none", async () => {
    const trained = await cast(table());
    const {csv, modelVersions} = await cast(table(), {mode: "inference", versions: await learned()});
    expect(csv.out).toBe(trained.csv.out);
    expect(modelVersions).toEqual([]);
  });

  it("retrain_inference keeps the methods and judges them again", async () => {
    const longer = table((_, i) => i < 48);
    const {modelVersions, of} = await cast(longer, {mode: "retrain_inference", versions: await learned()});
    expect(of("up").map((row) => row.month)[0]).toBe(month(48));
    expect(modelVersions).toHaveLength(1);
  });

  it("ask for training first", async () => {
    await expect(cast(table(), {mode: "inference"})).rejects.toThrow(
      "version 'v1' of model 'demand' has not been trained on this platform"
    );
    await expect(cast(table(), {mode: "fine_tune"})).rejects.toThrow("'fine_tune' can't run");
  });
});

describe("AI_CAST refuses", () => {
  it.each<[string, Parameters<typeof cast>, string]>([
    [
      "a confidence that is none",
      [table(), {selection: {confidence: 95}}],
      "'confidence' is 95: give a number between 0 and 1"
    ],
    [
      "a horizon that is none",
      [table(), {metrics: {interval_to_predict: 0}}],
      "'interval_to_predict' is 0: give a whole number"
    ],
    [
      "an unknown metric",
      [table(), {metrics: {metric: "rmse"}}],
      "hyperparameter 'metric' is \"rmse\": give one of"
    ],
    [
      "a column that isn't there",
      [table(), {identifiers: ["store"]}],
      "no column 'store'; it has: 'month', 'shop', 'sold'"
    ],
    [
      "values without a time",
      ["shop,month,sold\na,soon,1\na,later,2"],
      "no row has both a 'month' and a 'sold'"
    ],
    ["a single value", ["shop,month,sold\na,2024-01-01,1"], "not enough complete history"]
  ])("%s", async (_, args, message) => {
    await expect(cast(...args)).rejects.toThrow(message);
  });
});

describe("TIME_SERIES_ANALYSIS", () => {
  const analyse = (subModelType: string, hyperparameters: object, data = table()) =>
    run(
      definitionOf(
        [
          importOf("in", "in"),
          facet("it", "TIME_SERIES_ANALYSIS", {
            model_name: "series",
            model_version: "v1",
            parameters: {time_column: "month", identifier_columns: ["shop"], value_column: "sold"},
            hyperparameters: {include_reals: false, ...hyperparameters}
          }),
          exportOf("out")
        ],
        [arrow("in > it"), arrow("it > out")]
      ),
      {in: data},
      {models: [{name: "series", modelType: "Time Series", subModelType, versions: []}]}
    );

  it.each(["Additive", "Croston", "Holt_Winters", "Lasso", "Last_Interval", "Sma"])(
    "forecasts by %s",
    async (subModelType) => {
      const {csv, modelVersions} = await analyse(subModelType, {interval_to_predict: 2});
      const lines = csv.out!.trimEnd().split("\n").slice(1);
      expect(lines.length % 2).toBe(0);
      expect(lines.length).toBeGreaterThanOrEqual(4);
      expect(lines.every((line) => line.endsWith(subModelType))).toBe(true);
      expect(modelVersions[0]!.version).toBe("v1");
    }
  );

  it("moves along its window", async () => {
    const {csv} = await analyse("Sma", {interval_to_predict: 1, window: 12});
    const up = csv
      .out!.split("\n")
      .find((line) => line.startsWith("up"))!
      .split(",");
    const mean =
      Array.from({length: 12}, (_, i) => shops.up(48 + i)).reduce((sum, value) => sum + value, 0) / 12;
    expect(Number(up[3])).toBeCloseTo(mean, 9);
  });

  it("says what can't run here", async () => {
    await expect(analyse("Sarimax", {})).rejects.toThrow("none of Sarimax can run on this platform");
  });
});
