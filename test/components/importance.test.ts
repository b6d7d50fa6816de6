// What a model says of its features, in the rows of its metrics.
import {expect, it} from "vitest";
import {importances} from "../../src/components/metrics.js";

it("reads feature importance by method, of features with dots too", () => {
  const of = (metric: string, value: number) => ({version: "v1", metric, value});
  expect(
    importances([
      of("feature_importance.permutation.price", 0.4),
      of("feature_importance.shapley.store.size", 0.1),
      of("performance.bias.average_test", 3)
    ])
  ).toEqual([
    {version: "v1", method: "permutation", feature: "price", value: 0.4},
    {version: "v1", method: "shapley", feature: "store.size", value: 0.1}
  ]);
});
