// How long charts take from rows in the page to the picture in the document, beside a plain plot of the same rows.
import {availableParallelism} from "node:os";
import {bundledPage} from "../test/charts/bundled-page.js";
import {launchChromium, visit} from "../test/browser/chromium.js";
import {serveStatic} from "../test/browser/static-server.js";
import {median} from "./measure.js";

const runs = 3;

/** Rows of several series or versions, each with its columns and its plain plot. Charts of versions have five, and each of many has 100 points. */
const source = `
import * as charts from "./lib/charts/index.ts";
import * as Plot from "@observablehq/plot";
const make = (rows, series) => Array.from({length: rows}, (_, i) => {
  const each = rows / series;
  const [s, t] = [Math.floor(i / each), i % each];
  const value = 100 + s + 20 * Math.sin(t / 50);
  const forecast = t < 0.5 * each ? null : value + (t % 7) + s;
  return {time: new Date(Date.UTC(2000, 0, 1) + 600000 * t), actual: t < 0.7 * each ? value : null, forecast,
    lower: forecast && forecast - 9, upper: forecast && forecast + 9,
    series: "SKU-" + s, parent: "Region " + s % 20, version: "v" + s, feature: "f" + s, importance: s, horizon: t % 24 + 1};
});
const line = (y, z = "series") => (rows) => Plot.plot({marks: [Plot.lineY(rows, {x: "time", y, z})]});
const error = (d) => Math.abs(d.actual - d.forecast);
const byMean = (x, z = "version") => (rows) => Plot.plot({marks: [Plot.lineY(rows, Plot.groupX({y: "mean"}, {x, y: error, z}))]});
const bars = (y, x) => (rows) => Plot.plot({marks: [Plot.barX(rows, Plot.groupY({x: "sum"}, {y, x}))]});
const chart = (name, series, plain, options) => ({series, plain, chart: (rows) => charts[name](rows, options)});
const origins = (rows) => rows.map(({version, ...row}) => ({...row, origin: new Date(Date.UTC(2000, 0, 1 + row.series.slice(4) % 28))}));
const byOrigin = (name) => ({...chart(name, 5, line("forecast")), prepare: origins});
const twoVersions = (rows) => rows.filter((_, i) => i % 2).flatMap((row) =>
  ["a", "b"].map((version, i) => ({...row, version, forecast: row.forecast && row.forecast + i})));
const statuses = ["done", "failed", "stopped", "running"];
const runsOf = (rows) => rows.map(({time, version}, i) => ({id: "r" + i, status: statuses[i % 4], variables: {}, user: version,
  createdAt: time, startedAt: time, endedAt: i % 4 === 3 ? null : new Date(+time + 1000 * (i % 90))}));
const graphOf = (rows) => ({facets: rows.map((_, i) => ({facetId: "f" + i, name: "Facet " + i, type: "filter", chain: "MID"})),
  arrows: rows.slice(1).map((_, i) => ({source: "f" + (i >> 1), destination: "f" + (i + 1)}))});
globalThis.kinds = {
  forecastChart: chart("forecastChart", 1, line("forecast")),
  versionsChart: chart("versionsChart", 5, line("forecast")),
  forecastOrigins: byOrigin("forecastOrigins"),
  forecastRevisions: byOrigin("forecastRevisions"),
  errorByVersion: chart("errorByVersion", 5, byMean("version")),
  errorByHorizon: chart("errorByHorizon", 5, byMean("horizon")),
  errorOverTime: chart("errorOverTime", 5, byMean("time"), {every: "month"}),
  biasOverTime: chart("biasOverTime", 5, byMean("time"), {every: "month"}),
  residualsChart: chart("residualsChart", 5, line((d) => d.actual - d.forecast, "version")),
  residualPanel: chart("residualPanel", 1, line((d) => d.actual - d.forecast, "version")),
  autocorrelationChart: chart("autocorrelationChart", 1, line((d) => d.actual - d.forecast, "version")),
  residualHistogram: chart("residualHistogram", 1,
    (rows) => Plot.plot({marks: [Plot.rectY(rows, Plot.binX({y: "count"}, {x: (d) => d.actual - d.forecast}))]})),
  calibrationChart: chart("calibrationChart", 5, byMean("horizon"), {level: 0.9}),
  versionDifference: {...chart("versionDifference", 1, byMean("version"), {against: "a"}), prepare: twoVersions},
  columnProfile: chart("columnProfile", 1,
    (rows) => Plot.plot({marks: [Plot.rectY(rows, Plot.binX({y: "count"}, {x: "actual"}))]}), {column: "actual"}),
  "columnProfile of times": chart("columnProfile", 1,
    (rows) => Plot.plot({marks: [Plot.rectY(rows, Plot.binX({y: "count"}, {x: "time"}))]}), {column: "time"}),
  "columnProfile of texts": chart("columnProfile", 10000, bars("series", () => 1), {column: "series"}),
  "forecastChart of 10,000 series": {...chart("forecastChart", 10000, line("forecast")), isMany: true},
  "smallMultiples of 10,000 series": {...chart("smallMultiples", 10000, line("forecast")), isMany: true,
    chart: (rows) => charts.smallMultiples(rows, charts.forecastChart, {by: "series", height: 180})},
  "errorBySeries of 10,000 series": {...chart("errorBySeries", 10000, byMean("series")), isMany: true},
  "valueAddedChart of 10,000 series": {...chart("valueAddedChart", 10000, byMean("series"),
    {by: "series", baseline: ({actual}) => actual * 1.1}), isMany: true},
  "versionSlope of 10,000 series": {...chart("versionSlope", 10000, byMean("version", "series"), {from: "a", to: "b"}),
    prepare: twoVersions, isMany: true},
  "hierarchyChart of 10,000 series": {...chart("hierarchyChart", 10000, bars("series", "actual")), rows: 10000},
  "importanceByVersion of 10,000 features": {...chart("importanceByVersion", 10000, bars("feature", "importance")),
    prepare: (rows) => rows.map((row) => ({...row, version: "v" + row.horizon % 5})), rows: 10000},
  "hyperparametersChart of 10,000 versions": {...chart("hyperparametersChart", 10000, bars("version", "importance")),
    prepare: (rows) => rows.map(({version, importance, horizon}) => ({version, depth: importance % 9, rate: horizon})), rows: 10000},
  "metricsByVersion of 10,000 versions": {...chart("metricsByVersion", 10000, bars("version", "value")),
    prepare: (rows) => rows.flatMap(({version}, i) => ["wape", "bias"].map((metric) => ({version, metric, value: i}))), rows: 10000},
  "runHistory of 1,000 runs": {...chart("runHistory", 1, (runs) => Plot.plot({marks: [Plot.dot(runs, {x: "createdAt", y: "id"})]})),
    prepare: runsOf, rows: 1000},
  "flowGraph of 100 facets": {...chart("flowGraph", 1, ({facets}) => Plot.plot({marks: [Plot.text(facets, {x: "facetId", text: "name"})]})),
    prepare: graphOf, rows: 100}
};
const made = new Map();
globalThis.measure = async (name, size) => {
  const {series, chart, plain, prepare = (rows) => rows} = kinds[name];
  if (made.key !== name + size) Object.assign(made, {key: name + size, rows: prepare(make(size, series))});
  const {rows} = made;
  const time = async (draw) => {
    const start = performance.now();
    document.querySelector("main").replaceChildren(await draw(rows));
    document.querySelector("main").getBoundingClientRect(); // lays it out
    return performance.now() - start;
  };
  return {chart: await time(chart), plain: await time(plain)};
};`;

interface Bench {
  kinds: Record<string, {isMany?: boolean; rows?: number}>;
  measure: (name: string, size: number) => Promise<{chart: number; plain: number}>;
}

export async function run(): Promise<void> {
  console.log(`${availableParallelism()} cores, Node ${process.version}. Median of ${runs} drawings, in ms`);
  const page = await bundledPage(source, {minify: true});
  const server = await serveStatic(page.folder);
  const browser = await launchChromium();
  try {
    const watched = await visit(browser, server.url);
    await watched.page.waitForFunction(() => "measure" in globalThis);
    const kinds = await watched.page.evaluate(() =>
      Object.entries((globalThis as unknown as Bench).kinds).map(([name, {isMany, rows}]) => ({
        name,
        sizes: rows ? [rows] : isMany ? [1_000_000] : [10_000, 100_000, 1_000_000]
      }))
    );
    for (const {name, sizes} of kinds.filter(({name}) => name.includes(process.argv[3] ?? "")))
      for (const size of sizes) {
        const times: {chart: number; plain: number}[] = [];
        for (let i = 0; i < runs; ++i)
          times.push(
            await watched.page.evaluate(
              ([name, size]) => (globalThis as unknown as Bench).measure(name, size),
              [name, size] as const
            )
          );
        const [chart, plain] = [times.map(({chart}) => chart), times.map(({plain}) => plain)].map(median);
        console.log(
          `  ${name.padEnd(42)}${size.toLocaleString("en-US").padStart(10)} rows` +
            `${chart!.toFixed(0).padStart(7)}, a plain plot${plain!.toFixed(0).padStart(7)}, ratio ${(chart! / plain!).toFixed(2)}`
        );
      }
    if (watched.errors.length) console.log(watched.errors.join("\n"));
  } finally {
    await browser.close();
    await server.close();
    await page.remove();
  }
}
