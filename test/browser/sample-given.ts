// What samples take from the text around them: code for each name, and imports.
import * as charts from "../../lib/charts/index.js";
import * as database from "../../lib/database/index.js";
import * as inputs from "../../lib/inputs/index.js";
import * as metrics from "../../lib/metrics/index.js";
import * as page from "../../lib/page/index.js";
import {declares, lacks} from "../docs/names.js";

const rooms = {charts, database, inputs, metrics, page};

/** What a page's text says that its samples have: code by name. Later ones may use earlier ones. */
const given: Record<string, string> = {
  history: `const history = await FileAttachment("data/given-history.json").json();`,
  forecasts: `const forecasts = await FileAttachment("data/given-forecasts.json").json();`,
  rows: `const rows = ROWS;`,
  db: `const db = database({
  forecast: FileAttachment("data/employment-forecast.parquet"),
  history: FileAttachment("data/employment-history.arrow"),
  sales: FileAttachment("data/sales.parquet"),
  editions: FileAttachment("data/demand-forecast-editions.parquet"),
  readings: FileAttachment("data/readings.parquet"),
  t: FileAttachment("data/parts-of.parquet")
}, {setup: macros});`,
  sql: `const sql = db.sql;`,
  // Not of all columns: in Chromium's worker DuckDB-WASM fails with "memory access out of bounds" at the profile of so many.
  described: `const described = [...(await db.query("SELECT column_name AS name, column_type AS type FROM (DESCRIBE forecast) WHERE column_name IN ('month', 'employees')"))];`,
  hyperparameters: `const hyperparameters = ["v1", "v2"].map((version, i) => ({version, hyperparameter: "depth", value: 4 + i}));`,
  metrics: `const metrics = ["v1", "v2"].map((version, i) => ({version, metric: "mape", value: 0.1 + i / 100}));`,
  importances: `const importances = ["v1", "v2"].map((version, i) => ({version, feature: "price", method: "permutation", importance: 0.1 + i / 10}));`,
  names: `const names = FileAttachment("data/series.arrow").arrow();`,
  trigger: `import * as trigger from "npm:ikigai-kit/trigger";`,
  definition: `import {FlowBuilder, facetTypes} from "npm:ikigai-kit/definition";
const {facets} = await FileAttachment("data/specs.json").json();
const [{id}] = await FileAttachment("data/catalog.json").json();
const {INPUT, OUTPUT} = facetTypes(facets);
const definition = new FlowBuilder()
  .facet({facetType: INPUT.IMPORTED})
  .arguments({datasetId: id, fileType: "csv", header: true, useRawFile: false})
  .facet({facetType: OUTPUT.EXPORTED})
  .arguments({datasetName: "What if", fileType: "csv", header: true})
  .build();`,
  flow: `const flow = await trigger.app("US employment").save(\`Given \${Date.now()}\`, definition);`,
  sector: `const sector = "Construction";`,
  origin: `const origin = new Date("2014-06-01");`,
  version: `const version = "ets";`,
  horizon: `const horizon = 1;`,
  sku: `const sku = "Construction";`,
  name: `const name = "demand-forecast";`,
  sectors: `const sectors = ["Construction", "Government"];`,
  origins: `const origins = [new Date("2013-12-01"), new Date("2014-06-01")];`,
  sectorInput: `const sectorInput = Inputs.select(["Construction", "Government"]);`,
  versionInput: `const versionInput = Inputs.select(["ets"]);`,
  outlook: `const outlook = picture((width) => forecastChart(rows, {time: "month", width}));`,
  shown: `const shown = rows;`,
  latest: `const latest = trigger.fresh(FileAttachment("data/employment-latest.arrow"));`,
  parts: `const parts = FileAttachment("data/employment-forecast.parquet");`,
  runs: `const runs = trigger.flow("reforecast").history();`
};

/** Which forecasts `rows` are, by what is called with them. */
const rowsOf: [call: RegExp, rows: string][] = [
  [
    /hierarchyChart\(/,
    `forecasts.filter((d) => d.version === "ets" && d.origin === forecasts[0].origin && d.horizon === 1)`
  ],
  [/smallMultiples\(/, `forecasts.filter((d) => d.version === "ets" && d.origin === forecasts[0].origin)`],
  [
    /\bforecast(Chart|Mark)\(/,
    `forecasts.filter((d) => d.sector === "Construction" && d.version === "ets" && d.origin === forecasts[0].origin)`
  ],
  [
    /\bversions(Chart|Mark)\(/,
    `forecasts.filter((d) => d.sector === "Construction" && d.origin === forecasts[0].origin)`
  ],
  [
    /\bforecast(Origins|Revisions)\(/,
    `forecasts.filter((d) => d.sector === "Construction" && d.version === "ets")`
  ],
  [/(?:)/, "forecasts"]
];

/** The cells that a page's text needs before it, by the name that each gives. */
export function givenTo(text: string): Map<string, string> {
  const cells = new Map<string, string>();
  let all = text;
  for (const [name, cell] of Object.entries(given).reverse()) {
    if (!lacks(all)(name) && !(name === "sql" && /^```sql/m.test(text) && !declares(all, "sql"))) continue;
    const [, rows] = rowsOf.find(([call]) => call.test(text))!;
    const filled = cell.replace("ROWS", rows);
    cells.set(name, filled);
    all = `${filled}\n${all}`;
  }
  for (const [room, module] of Object.entries(rooms))
    for (const name of Object.keys(module).filter(lacks(all)))
      if (!cells.has(name)) cells.set(name, `import {${name}} from "npm:ikigai-kit/${room}";`);
  return cells;
}
