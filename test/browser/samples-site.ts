// A site for the samples of the docs that pages run: its data, its app and its configs.
import {exported, flow, horizonVariable, imported, upToHorizon} from "../../lib/platform/seed/flow.js";
import type {SeedApp} from "../../lib/platform/index.js";
import {sampleForecasts, sampleHistory, type SampleRow} from "../charts/sample-forecasts.js";

/** A row under all names by which samples call its columns. */
const row = ({sector, month, actual, forecast, lower, upper, version, ...rest}: SampleRow) => ({
  ...rest,
  version: version === "last-interval" ? "ets" : "mstl",
  ...named(["sector", "sku", "store", "sensor"], sector),
  ...named(["region", "part_of"], "All sectors"),
  ...named(["month", "day", "date", "time"], month),
  ...named(["actual", "employees", "units", "value", "y"], actual),
  ...named(["forecast", "mean", "yhat"], forecast),
  ...named(["lower", "lo80", "lo95", "q05", "q10", "q25"], lower),
  ...named(["upper", "hi80", "hi95", "q75", "q90", "q95"], upper),
  baseline: forecast! + 1
});
const named = (names: string[], value: unknown) => Object.fromEntries(names.map((name) => [name, value]));

const history = sampleHistory().map(({sector, month, actual}) => ({
  sector,
  month,
  actual,
  employees: actual
}));

const text = (value: Date | string | number | null) =>
  value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? "");
const csv = (rows: object[]) =>
  [Object.keys(rows[0]!), ...rows.map((one) => Object.values(one as Record<string, string>).map(text))]
    .map((line) => line.join(","))
    .join("\n");

/** The files that the samples' cells begin with, whose rows have the columns that the text names. */
export const givenFiles: Record<string, string> = {
  "src/data/given-history.json": JSON.stringify(history),
  "src/data/given-forecasts.json": JSON.stringify(sampleForecasts().map(row))
};

export const app: SeedApp = {
  name: "US employment",
  description: "",
  datasets: [
    {name: "Forecasts", csv: csv(sampleForecasts().map(row))},
    {name: "History", csv: csv(history)},
    {name: "To forecast", csv: "month,forecast\n2014-12-01,\n2015-01-01,1\n"}
  ],
  models: [],
  flows: [
    flow(
      "Re-forecast",
      [imported("To forecast"), ...upToHorizon("month", 12, "month"), exported("Copy")],
      horizonVariable
    )
  ]
};

/** A platform's dataset of forecasts has those that were made last. */
const newest = "SELECT * FROM dataset WHERE origin = (SELECT max(origin) FROM dataset)";

/** The site's configs: what {@link app} has, under each name that a sample reads; in parts where it imports a module. */
export function configsFor(pages: readonly string[]): Record<string, string> {
  const files = pages.flatMap((page) =>
    Array.from(page.matchAll(/"(?:\.\/)?data\/([\w-]+?)(-editions)?\.(?:parquet|arrow|csv|json|(js))"/g))
  );
  const datasets = Object.fromEntries(
    files
      .filter(([, name]) => !/^(given-.*|flows|specs|catalog)$/.test(name!))
      .sort(([, , one], [, , other]) => Number(one !== undefined) - Number(other !== undefined))
      .map(([, name, editions, parts]) => [
        name!,
        {
          dataset: name!.includes("history") ? "History" : "Forecasts",
          ...(editions && {keep: 2, editions: true, sql: newest}),
          ...(parts && {partition: {by: "month", every: "year"}})
        }
      ])
  );
  const config = {
    app: app.name,
    datasets,
    flows: {
      reforecast: {flow: "Re-forecast", variables: {horizon: {type: "integer", min: 1, max: 52, default: 12}}}
    },
    allowDefinitions: [app.name]
  };
  return {
    "ikigai.config.ts": `import {defineConfig} from "ikigai-kit";\nexport default defineConfig(${JSON.stringify(config, null, 2)});\n`,
    "observablehq.config.js": `import {hermeticConfig} from "ikigai-kit/hermetic";
export default {...hermeticConfig, root: "src", pages: [], head: '<link rel="icon" href="data:,">', dynamicPaths: ["/data/demand-forecast.json"]};
`
  };
}
