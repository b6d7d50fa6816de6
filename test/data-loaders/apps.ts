// What the local platform is seeded with here: small datasets, and odd ones.
import type {SeedApp} from "../../lib/platform/index.js";

export const history = `sector,month,jobs,note
Retail,2024-01-01,10,"said ""hi"", left"
Retail,2024-02-01,12,
Farming,2024-01-01,3,"two
lines"
Farming,2024-02-01,,""
`;

const numeric = {data_type: "NUMERIC" as const, data_formats: {}};
const integer = {data_type: "NUMERIC" as const, data_formats: {numeric_format: "INTEGER"}};
const text = {data_type: "TEXT" as const, data_formats: {}};

export const apps: SeedApp[] = [
  {
    name: "Jobs",
    description: "",
    models: [
      {
        name: "Jobs aiCast",
        modelType: "Ai Cast",
        subModelType: "Base",
        description: "",
        versions: [
          {
            version: "naive",
            hyperparameters: {method: "naive"},
            metrics: {performance: {mape: {average_test: 0.25}}},
            createdAt: new Date("2024-01-01")
          },
          {
            version: "ets",
            hyperparameters: {method: "ets", season: 12},
            metrics: {performance: {mape: {average_test: 0.125}}},
            createdAt: new Date("2024-02-01")
          }
        ]
      }
    ],
    datasets: [
      {name: "History", csv: history},
      {name: "No rows", csv: "sector,jobs\n", dataTypes: {sector: text, jobs: integer}},
      {name: "Text in numbers", csv: "a,b\n1,1\n2,two\n3,3\n", dataTypes: {a: integer, b: numeric}},
      {name: "Odd names", csv: "a,,a,A\n1,2,3,4\n", dataTypes: {a: numeric}},
      {name: "Large numbers", csv: "small,large\n1,1\n2,3000000000\n"},
      {name: "Many", csv: `a long name\n${"1\n".repeat(1000)}`},
      {name: "Twin", csv: "a\n1\n"},
      {name: "Twin", csv: "a\n2\n"}
    ]
  },
  {
    name: "Weather",
    description: "",
    models: [],
    datasets: [{name: "Days", csv: "day,rain\n2024-01-01,0.5\n"}]
  }
];

export const config = {
  app: "Jobs",
  datasets: {
    history: {dataset: "History"},
    "by-sector": {
      dataset: "History",
      sql: "SELECT sector, sum(jobs) AS jobs FROM dataset GROUP BY ALL ORDER BY ALL"
    },
    weather: {app: "Weather", dataset: "Days"},
    "no-rows": {dataset: "No rows"},
    "text-in-numbers": {dataset: "Text in numbers"},
    "odd-names": {dataset: "Odd names"},
    "large-numbers": {dataset: "Large numbers"},
    many: {dataset: "Many"}
  },
  models: {jobs: {model: "Jobs aiCast"}}
};
