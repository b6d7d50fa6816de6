// PREDICT learns, judges itself on rows it hasn't seen, and predicts with what it learned.
import {describe, expect, it} from "vitest";
import type {HostModel} from "../../../lib/platform/engine/index.js";
import {arrow, definitionOf, exportOf, facet, importOf, run, type Settings} from "./flows.js";

const rows = Array.from({length: 60}, (_, i) => {
  const [a, b, group] = [i, (i * 7) % 11, ["red", "green", "blue"][i % 3]!];
  return {a, b, group, y: 5 + 2 * a - 3 * b + (group === "red" ? 10 : 0)};
});
const table = (target: (row: (typeof rows)[number], i: number) => unknown = ({y}) => y) =>
  ["a,b,group,y", ...rows.map((row, i) => `${row.a},${row.b},${row.group},${String(target(row, i))}`)].join(
    "\n"
  );

const model = (subModelType: string, versions: HostModel["versions"] = []): HostModel => ({
  name: "prices",
  modelType: "Linear",
  subModelType,
  versions
});

const fit = (data: string, learner: HostModel, args = {}, settings: Settings = {}) =>
  run(
    definitionOf(
      [
        importOf("in", "in"),
        facet("fit", "PREDICT", {
          model_name: "prices",
          model_version: "initial",
          parameters: {target_column: "y"},
          hyperparameters: {},
          ...args
        }),
        exportOf("out")
      ],
      [arrow("in > fit"), arrow("fit > out")]
    ),
    {in: data},
    {models: [learner], ...settings}
  );

describe("PREDICT", () => {
  it("takes the version by either name, and needs one", async () => {
    const asVersion = {model_version: undefined, version: "second"};
    const {modelVersions} = await fit(table(), model("Base"), asVersion);
    expect(modelVersions).toMatchObject([{version: "second"}]);
    await expect(fit(table(), model("Base"), {model_version: undefined})).rejects.toThrow(
      "argument 'model_version' is missing"
    );
  });

  it("finds an exact relation, categories included", async () => {
    const {csv, modelVersions} = await fit(table(), model("Base"));
    const predicted = csv
      .out!.trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number));
    for (const [i, line] of predicted.entries()) expect(line[4]).toBeCloseTo(rows[i]!.y, 8);
    expect(csv.out).toMatch(/^a,b,group,y,y_prediction\n/);

    const [version] = modelVersions;
    expect(version).toMatchObject({
      modelName: "prices",
      version: "initial",
      hyperparameters: {fit_intercept: true}
    });
    const {performance, feature_importance} = version!.metrics as Record<
      string,
      Record<string, Record<string, number>>
    >;
    expect(performance!.r2!.average_test).toBeCloseTo(1, 10);
    expect(performance!.r2!.average_train).toBeCloseTo(1, 10);
    expect(performance!.neg_mean_absolute_error!.average_test).toBeCloseTo(0, 8);
    const shares = feature_importance!.linear_base!;
    expect(Object.keys(shares)).toEqual(["a", "b", "group"]);
    expect(shares.a! + shares.b! + shares.group!).toBeCloseTo(1, 12);
    expect(shares.a).toBeGreaterThan(shares.b!);
  });

  it("judges by rows that it hasn't learned from", async () => {
    // Noise can't be learned: what is held out shows it.
    const noisy = table((_, i) => ((i * 7919) % 101) - 50);
    const {modelVersions} = await fit(noisy, model("Base"));
    const {r2} = (modelVersions[0]!.metrics as {performance: {r2: Record<string, number>}}).performance;
    expect(r2.average_test).toBeLessThan(r2.average_train!);
  });

  it.each(["Base", "Ridge", "Lasso"])("%s gives the same numbers each time", async (type) => {
    const once = await fit(table(), model(type));
    const again = await fit(table(), model(type));
    expect(again.csv.out).toBe(once.csv.out);
    expect(again.modelVersions).toEqual(once.modelVersions);
  });

  it("shrinks as it is told", async () => {
    const weights = async (type: string, alpha: number) => {
      const {modelVersions} = await fit(table(), model(type), {hyperparameters: {alpha}});
      return modelVersions[0]!.state.weights as number[];
    };
    const size = (values: number[]) => values.reduce((sum, value) => sum + Math.abs(value), 0);
    expect(size(await weights("Ridge", 1000))).toBeLessThan(size(await weights("Ridge", 1)));
    expect((await weights("Lasso", 20)).filter((weight) => weight === 0).length).toBeGreaterThan(0);
  });

  it("fills gaps in what it learns from, and predicts where the target is missing", async () => {
    const gappy = table(({y}, i) => (i % 10 === 0 ? "" : y)).replace("\n1,7,", "\n,7,");
    const {csv} = await fit(gappy, model("Base"));
    const lines = csv.out!.trimEnd().split("\n");
    expect(lines).toHaveLength(61);
    expect(lines.slice(1).every((line) => Number.isFinite(Number(line.split(",")[4] || NaN)))).toBe(true);
  });

  it("uses a version that has learned, without learning again", async () => {
    const {modelVersions} = await fit(table(), model("Base"));
    const learned = model("Base", [
      {
        version: "initial",
        state: JSON.parse(JSON.stringify(modelVersions[0]!.state)) as Record<string, unknown>
      }
    ]);
    const {csv, modelVersions: none} = await fit("b,group,a\n2,red,100\n,green,1", learned);
    expect(none).toEqual([]);
    const lines = csv.out!.trimEnd().split("\n");
    expect(lines[0]).toBe("b,group,a,y_prediction");
    expect(Number(lines[1]!.split(",")[3])).toBeCloseTo(5 + 200 - 6 + 10, 6);
  });

  it("takes column names and categories that are SQL", async () => {
    const hostile = table()
      .replace("a,b,group", `"a""; --",b,"gr'oup"`)
      .replaceAll("red", "r'ed\\")
      .replaceAll("blue", `""`);
    const {csv} = await fit(hostile, model("Base"));
    expect(csv.out!.trimEnd().split("\n")).toHaveLength(61);
  });

  it.each<[string, Parameters<typeof fit>, string]>([
    [
      "a model that isn't there",
      [table(), {...model("Base"), name: "other"}],
      "the app has no model 'prices'"
    ],
    [
      "a model of another type",
      [table(), {...model("Base"), modelType: "Svm"}],
      "model 'prices' is of the type 'Svm'"
    ],
    [
      "an unknown hyperparameter",
      [table(), model("Lasso"), {hyperparameters: {alhpa: 1}}],
      "no hyperparameter 'alhpa'; it has: 'alpha'"
    ],
    [
      "a hyperparameter of the wrong type",
      [table(), model("Lasso"), {hyperparameters: {alpha: "1"}}],
      "hyperparameter 'alpha' takes a number"
    ],
    [
      "a negative penalty",
      [table(), model("Ridge"), {hyperparameters: {alpha: -1}}],
      "'alpha' is -1: give 0 or more"
    ],
    ["no target", [table(), model("Base"), {parameters: {}}], "parameter 'target_column' is missing"],
    [
      "a target that isn't there",
      [table(), model("Base"), {parameters: {target_column: "z"}}],
      "no column 'z'"
    ],
    [
      "a target of words",
      [table(), model("Base"), {parameters: {target_column: "group"}}],
      "linear models here predict numbers"
    ],
    ["hardly any rows", ["a,y\n1,2\n2,3", model("Base")], "2 rows have a 'y', and 10 are the least"],
    [
      "nothing to learn from",
      [["y", ...rows.map(({y}) => y)].join("\n"), model("Base")],
      "no column is left to learn from"
    ]
  ])("refuses %s", async (_, args, message) => {
    await expect(fit(...args)).rejects.toThrow(message);
  });
});
