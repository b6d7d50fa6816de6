// An app whose forecasts are of regions and categories, one whose actual values aren't known yet, and one of a year after twenty; and a
// model whose versions are numbered.
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
  [day(i), i < 30 ? 10 + (i % 5) : "", ...(i < 30 ? ["", "", ""] : [12, 10, 14])].join(",")
);

/** Twenty years of months, and the one after them. */
const visits = Array.from({length: 252}, (_, i) =>
  [
    new Date(Date.UTC(2004, i)).toISOString().slice(0, 10),
    i < 240 ? 1000 + 10 * i : "",
    ...(i < 240 ? ["", "", ""] : [1000 + 10 * i, 900 + 10 * i, 1100 + 10 * i])
  ].join(",")
);

export const shop: SeedApp = {
  name: "Shop",
  description: "",
  datasets: [
    {
      name: "Sales forecast",
      csv: ["day,region,category,version,sales,forecast", ...sales].join("\n")
    },
    {name: "Outlook", csv: ["day,units,forecast,lower,upper", ...outlook].join("\n")},
    {name: "Visits", csv: ["month,visits,forecast,forecast-lo-80,forecast-hi-80", ...visits].join("\n")}
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
