// Nested values as rows.
import fc from "fast-check";
import {expect, it} from "vitest";
import {leaves} from "../../data-loaders/flatten.js";

it("names each leaf by its path", () => {
  const metrics = {
    feature_importance: {},
    performance: {mean_absolute_error: {average_test: 1.5, average_train: 1}, folds: [0.1, {last: true}]}
  };
  expect(leaves(metrics, true)).toEqual([
    ["performance.mean_absolute_error.average_test", 1.5],
    ["performance.mean_absolute_error.average_train", 1],
    ["performance.folds.0", 0.1],
    ["performance.folds.1.last", true]
  ]);
});

it("keeps lists whole where they are settings", () => {
  expect(leaves({models_to_include: ["ets", "mstl"], processing: {type: "base"}}, false)).toEqual([
    ["models_to_include", ["ets", "mstl"]],
    ["processing.type", "base"]
  ]);
});

it("tells keys with dots apart from nesting", () => {
  expect(leaves({"a.b": 1, a: {b: 2}, "": 3, 'q"': 4}, true)).toEqual([
    ['"a.b"', 1],
    ["a.b", 2],
    ['""', 3],
    ['"q\\""', 4]
  ]);
});

it("never gives two leaves one path", () => {
  fc.assert(
    fc.property(fc.object(), (value) => {
      const paths = leaves(value, true).map(([path]) => path);
      expect(new Set(paths).size).toBe(paths.length);
    })
  );
});
