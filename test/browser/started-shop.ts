// An app whose forecasts are of regions and categories, others whose actual values aren't known yet, and a model whose versions are
// numbered.
import type {SeedApp} from "../../lib/platform/index.js";

const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);

const sold: [region: string, category: string, mean: number][] = [
  ["North", "Hats", 20],
  ["North", "Shoes", 40],
  ["North", "Ties", 10],
  ["South", "Hats", 25],
  ["South", "Shoes", 50]
];

/** Sixty days of which the last ten are forecast from the fiftieth on; "ets" has no forecast of ties. */
const sales = sold.flatMap(([region, category, mean]) =>
  ["ets", "naive"]
    .filter((version) => version !== "ets" || category !== "Ties")
    .flatMap((version) =>
      Array.from({length: 60}, (_, i) => {
        const value = mean + (i % 7);
        const forecast = i < 40 ? "" : value + (version === "ets" ? 0.5 : 2);
        return [day(i), region, category, version, i < 50 ? value : "", forecast].join(",");
      })
    )
);
const outlook = Array.from({length: 40}, (_, i) =>
  [day(i), i < 30 ? 10 + (i % 5) : "", i < 30 ? "" : 12].join(",")
);

export const shop: SeedApp = {
  name: "Shop",
  description: "",
  datasets: [
    {
      name: "Sales forecast",
      csv: ["day,region,category,version,sales,forecast", ...sales].join("\n")
    },
    {name: "Outlook", csv: ["day,units,forecast", ...outlook].join("\n")}
  ],
  models: [
    {
      name: "Sales model",
      modelType: "Ai Cast",
      subModelType: "Base",
      description: "",
      versions: ["2", "10", "hyperparameter"].map((version, i) => ({
        version,
        hyperparameters: {season: 7 * (i + 1), same: true},
        metrics: {feature_importance: {}, performance: {mean_absolute_error: {average_test: 3 - i}}},
        createdAt: new Date(Date.UTC(2024, 1, 1 + i))
      }))
    }
  ]
};
