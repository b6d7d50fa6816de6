// How long charts take from rows in the page to the picture in the document, beside a plain plot of the same rows.
import {availableParallelism} from "node:os";
import {bundledPage} from "../test/charts/bundled-page.js";
import {launchChromium, visit} from "../test/browser/chromium.js";
import {serveStatic} from "../test/browser/static-server.js";
import {median} from "./measure.js";

const runs = 3;

const source = `
import * as charts from "./lib/charts/index.ts";
import * as Plot from "@observablehq/plot";
const make = (rows, series) => Array.from({length: rows}, (_, i) => {
  const each = rows / series;
  const [s, t] = [Math.floor(i / each), i % each];
  const value = 100 + s + 20 * Math.sin(t / 50);
  return {time: new Date(Date.UTC(2000, 0, 1) + 600000 * t), actual: t < 0.7 * each ? value : null,
    forecast: t < 0.5 * each ? null : value + (t % 7), series: "SKU-" + s, version: "v" + s, horizon: t % 24 + 1};
});
const plain = (y) => (rows) => Plot.plot({marks: [Plot.lineY(rows, {x: "time", y, z: "series"})]});
const byMean = (x) => (rows) => Plot.plot({marks: [
  Plot.lineY(rows, Plot.groupX({y: "mean"}, {x, y: (d) => Math.abs(d.actual - d.forecast), z: "version"}))]});
globalThis.kinds = {
  forecastChart: {series: 1, chart: (rows) => charts.forecastChart(rows), plain: plain("forecast")},
  versionsChart: {series: 5, chart: (rows) => charts.versionsChart(rows), plain: plain("forecast")},
  errorByVersion: {series: 5, chart: (rows) => charts.errorByVersion(rows), plain: byMean("version")},
  errorByHorizon: {series: 5, chart: (rows) => charts.errorByHorizon(rows), plain: byMean("horizon")},
  "forecastChart, 10,000 series": {series: 10000, only: 360000, chart: (rows) => charts.forecastChart(rows), plain: plain("forecast")},
  "errorBySeries, 10,000 series": {series: 10000, only: 360000, chart: (rows) => charts.errorBySeries(rows), plain: byMean("series")}
};
globalThis.measure = (name, size) => {
  const {series, chart, plain} = kinds[name];
  const rows = make(size, series);
  const time = (draw) => {
    const start = performance.now();
    document.querySelector("main").replaceChildren(draw(rows));
    document.querySelector("main").getBoundingClientRect(); // lays it out
    return performance.now() - start;
  };
  return {chart: time(chart), plain: time(plain)};
};`;

interface Bench {
  kinds: Record<string, {only?: number}>;
  measure: (name: string, size: number) => {chart: number; plain: number};
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
      Object.entries((globalThis as unknown as Bench).kinds).map(([name, {only}]) => ({name, only}))
    );
    for (const {name, only} of kinds)
      for (const size of only === undefined ? [10_000, 100_000, 1_000_000] : [only]) {
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
          `  ${name.padEnd(30)}${size.toLocaleString("en-US").padStart(10)} rows` +
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
