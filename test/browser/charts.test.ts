// Charts in a real browser: what they draw, say and refuse, in light and dark, wide and narrow.
import {resolve} from "node:path";
import {tableFromArrays, tableToIPC} from "apache-arrow";
import type * as Arrow from "apache-arrow";
import type * as Plot from "@observablehq/plot";
import {beforeEach, describe, expect, it} from "vitest";
import type * as Charts from "../../lib/charts/index.js";
import {summarize} from "../../lib/metrics/index.js";
import {sampleForecasts, sampleHistory, sampleSeries} from "../charts/sample-forecasts.js";
import {bundledSite} from "./bundled-site.js";
import type {WatchedPage} from "./chromium.js";

/** What the page has: the charts, data to draw, and a place to draw in. */
interface Kit {
  charts: typeof Charts;
  Plot: typeof Plot;
  Arrow: typeof Arrow;
  series: Record<string, unknown>[];
  forecasts: Record<string, unknown>[];
  show: (chart: Element) => void;
}
declare const kit: Kit;
declare const axe: {
  run: (selector: string) => Promise<{violations: {id: string; nodes: {html: string}[]}[]}>;
};

const series = sampleSeries("Construction");
const forecasts = sampleForecasts();
const overlay = [
  ...sampleHistory().filter((row) => row.sector === "Construction" && row.month >= new Date("2013-01-01")),
  ...sampleForecasts(["2014-06-01"])
    .filter((row) => row.sector === "Construction")
    .map((row) => ({...row, actual: null}))
];

const source = `
import * as charts from "./lib/charts/index.ts";
import * as Plot from "@observablehq/plot";
import * as Arrow from "apache-arrow";
const dated = (rows) => rows.map((row) => ({...row, month: new Date(row.month)}));
const show = (chart) => {
  const card = Object.assign(document.createElement("div"), {className: "card"});
  card.append(chart);
  document.querySelector("main").replaceChildren(card);
};
globalThis.width = document.documentElement.clientWidth - 80;
globalThis.kit = {
  charts, Plot, Arrow, show,
  series: dated(${JSON.stringify(series)}),
  forecasts: dated(${JSON.stringify(forecasts)})
};
const overlay = dated(${JSON.stringify(overlay)});
const {series, forecasts} = kit;
const tidy = ["mean_absolute_error", "weighted_mean_absolute_percentage_error", "bias", "loss"].flatMap((metric, i) =>
  ["ets", "mstl"].map((version, j) => ({metric, version, value: (i - 2) * (j + 1) * 0.01})));
globalThis.gallery = {
  forecastChart: () => charts.forecastChart(series, {time: "month", unit: "thousand jobs", level: 0.9, width, title: "Construction"}),
  forecastOfSeries: () => charts.forecastChart([...series, ...series.map((d) => ({...d, sector: "Other", actual: d.actual && d.actual * 1.2, forecast: d.forecast && d.forecast * 1.1}))],
    {time: "month", series: "sector", width}),
  versionsChart: () => charts.versionsChart(overlay, {time: "month", unit: "thousand jobs", width}),
  errorByVersion: () => charts.errorByVersion(forecasts, {width}),
  biasByVersion: () => charts.errorByVersion(forecasts, {measure: "relativeBias", width}),
  errorByHorizon: () => charts.errorByHorizon(forecasts, {unit: "months", width}),
  coverageByHorizon: () => charts.errorByHorizon(forecasts, {measure: "coverage", reference: 0.9, width}),
  errorBySeries: () => charts.errorBySeries(forecasts, {series: "sector", width}),
  metricsByVersion: () => charts.metricsByVersion(tidy, {width}),
  smallMultiples: () => charts.smallMultiples(forecasts.filter((d) => d.version === "last-interval" && +new Date(d.origin) === Date.UTC(2014, 5)),
    charts.forecastChart, {by: "sector", time: "month", height: 180, width}),
  empty: () => charts.forecastChart([], {time: "month", title: "Nothing yet", width})
};`;
declare const gallery: Record<string, () => Element>;
const names = [...source.split("globalThis.gallery")[1]!.matchAll(/^ {2}(\w+): \(\)/gm)].map(
  ([, name]) => name!
);

const site = bundledSite(source);
let watched: WatchedPage;

async function open(width = 1280, colorScheme: "light" | "dark" = "light") {
  watched = await site.open();
  await watched.page.setViewportSize({width, height: 900});
  await watched.page.emulateMedia({colorScheme});
  await watched.page.reload(); // the charts measure the page when it loads
  await watched.page.waitForFunction(() => "gallery" in globalThis);
}

/** The texts of the picture that is shown. */
const texts = () => watched.page.locator("main svg text").allTextContents();

/** What the tip says with the pointer at this part of the picture's width and height. */
async function tipAt(x: number, y: number): Promise<string> {
  const box = (await watched.page.locator("figure > svg").boundingBox())!;
  await watched.page.mouse.move(box.x + box.width * x, box.y + box.height * y);
  const tip = watched.page.locator("[aria-label=tip] text");
  await tip.waitFor();
  return (await tip.locator("> tspan").allTextContents())
    .map((line) => line.replace(/[\u200b■]/g, "").trim())
    .join("\n");
}

describe.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"]
] as const)("at %i pixels, %s", (width, scheme) => {
  it("every chart is named, described, within its bounds, and free of faults that axe knows", async () => {
    await open(width, scheme);
    await watched.page.addScriptTag({
      path: resolve(import.meta.dirname, "../../node_modules/axe-core/axe.min.js")
    });
    for (const name of names) {
      const faults = await watched.page.evaluate(async (name) => {
        kit.show(gallery[name]!());
        const faults: string[] = [];
        for (const svg of document.querySelectorAll("main figure > svg")) {
          if (!["img", "application"].includes(svg.getAttribute("role")!) || !svg.getAttribute("aria-label"))
            faults.push("no name");
          if (!svg.getAttribute("aria-description")) faults.push("no description");
          const bounds = svg.getBoundingClientRect();
          for (const text of svg.querySelectorAll("text")) {
            const box = text.getBoundingClientRect();
            if (box.left < bounds.left - 4 || box.right > bounds.right + 8)
              faults.push(`outside: ${text.textContent}`);
          }
          if (/NaN|undefined|null/.test(svg.outerHTML)) faults.push("NaN or undefined");
        }
        const {scrollWidth, clientWidth} = document.documentElement;
        if (scrollWidth > clientWidth)
          faults.push(`the page scrolls sideways, by ${scrollWidth - clientWidth}`);
        const {violations} = await axe.run("main");
        return [...faults, ...violations.map(({id, nodes}) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)];
      }, name);
      expect.soft(faults, name).toEqual([]);
    }
  });
});

it("every chart can be drawn at any width, as for a moment while a page is laid out", async () => {
  await open();
  await watched.page.evaluate(() => {
    for (const width of [0, 1, 40, 90, 150, 2000]) {
      Object.assign(globalThis, {width});
      for (const draw of Object.values(gallery)) kit.show(draw());
    }
  });
});

describe("forecastChart", () => {
  beforeEach(() => open());

  it("draws actual values, forecasts, the interval, and the cutoff", async () => {
    await watched.page.evaluate(() => kit.show(gallery.forecastChart!()));
    const drawn = await watched.page.evaluate(() =>
      [...document.querySelectorAll("figure > svg > g > g:not(.ikigai-interval-edge)")].map((g) => [
        g.getAttribute("aria-label"),
        g.querySelectorAll("path, line").length
      ])
    );
    expect(drawn).toEqual(
      expect.arrayContaining([
        ["area", 1],
        ["line", 1],
        ["rule", 1]
      ])
    );
    expect(drawn.filter(([label]) => label === "line")).toHaveLength(2);
    expect(await texts()).toEqual(expect.arrayContaining(["Known to Mar 2015", "↑ thousand jobs"]));
    expect(await watched.page.locator(".ikigai-key > span").allTextContents()).toEqual([
      "Actual",
      "Forecast",
      "90% interval"
    ]);
    expect(await watched.page.locator("figure > h2").textContent()).toBe("Construction");
  });

  it("shows all values of a month in its tip", async () => {
    await watched.page.evaluate(() => kit.show(gallery.forecastChart!()));
    const shown = await tipAt(0.9, 0.5);
    const [, month] = /^Month (.*)$/m.exec(shown)!;
    const row = series.find((row) => row.forecast !== null && format(row.month) === month)!;
    const number = (value: number) => Math.round(value).toLocaleString("en-US");
    expect(shown.split("\n")).toEqual([
      `Month ${month}`,
      `Actual ${number(row.actual!)}`,
      `Forecast ${number(row.forecast!)}`,
      `Interval ${number(row.lower!)} – ${number(row.upper!)}`,
      `Error ${number(row.forecast! - row.actual!).replace("-", "−")}`
    ]);
  });

  it("draws an Arrow table as it does its rows", async () => {
    const arrow = tableFromArrays({
      month: series.map((row) => row.month),
      actual: series.map((row) => row.actual),
      forecast: series.map((row) => row.forecast)
    });
    const same = await watched.page.evaluate(
      (bytes) => {
        const {charts, Arrow, series} = kit;
        const table = Arrow.tableFromIPC(Uint8Array.from(bytes));
        const picture = (data: Parameters<typeof charts.forecastChart>[0]) => {
          const chart = charts.forecastChart(data, {time: "month", lower: undefined, upper: undefined});
          return chart.innerHTML.replace(/clip-\d+/g, "");
        };
        const rows = series.map(({month, actual, forecast}) => ({month, actual, forecast}));
        return picture(table) === picture(rows);
      },
      [...tableToIPC(arrow)]
    );
    expect(same).toBe(true);
  });

  it("takes Plot's options, more marks, and a cutoff", async () => {
    await watched.page.evaluate(() => {
      const {charts, Plot, series} = kit;
      kit.show(
        charts.forecastChart(series, {
          time: "month",
          cutoff: "2014-12-01",
          caption: "A caption",
          y: {domain: [0, 8000]},
          marks: [Plot.ruleY([4000], {stroke: "red"})]
        })
      );
    });
    expect(await texts()).toEqual(expect.arrayContaining(["Known to Dec 2014", "8,000", "0"]));
    expect(await watched.page.locator("g[stroke=red]").count()).toBe(1);
    expect(await watched.page.locator("figcaption").textContent()).toBe("A caption");
  });

  it("is marks, too, for a plot of one's own", async () => {
    await watched.page.evaluate(() => {
      const {charts, Plot, series} = kit;
      kit.show(
        Plot.plot({marks: [charts.forecastMark(series, {time: "month", cutoff: null}), Plot.ruleY([0])]})
      );
    });
    expect(
      await watched.page.locator("main g[aria-label=line]:not(.ikigai-interval-edge) path").count()
    ).toBe(2);
    expect(await texts()).not.toContain("Known to Mar 2015");
  });

  it("says when there is no data, and names a column that isn't there", async () => {
    await watched.page.evaluate(() => kit.show(gallery.empty!()));
    expect(await texts()).toEqual(["No data"]);
    const message = await watched.page.evaluate(() => {
      try {
        kit.charts.forecastChart(kit.series, {time: "week"});
        return "drawn";
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toBe(
      'There is no column "week". There are: sector, month, actual, forecast, lower, upper, version, horizon, origin.'
    );
  });
});

describe("error charts", () => {
  beforeEach(() => open());
  const percent = (value: unknown) => `${(100 * (value as number)).toFixed(2)}%`;

  it("by version: the measures as computed, the best first", async () => {
    await watched.page.evaluate(() => kit.show(gallery.errorByVersion!()));
    const expected = summarize(forecasts, {by: ["version"]}).sort((a, b) => Number(a.wape) - Number(b.wape));
    const shown = await texts();
    expect(shown).toContain("Weighted MAPE");
    expect(shown.filter((text) => /^[a-z]/.test(text))).toEqual(expected.map(({version}) => version));
    expect(shown.filter((text) => text.endsWith("%"))).toEqual(expected.map(({wape}) => percent(wape)));
  });

  it("by horizon: a line for each version, all of them in the tip", async () => {
    await watched.page.evaluate(() => kit.show(gallery.errorByHorizon!()));
    expect(await watched.page.locator("g[aria-label=line] > path").count()).toBe(2);
    expect(await texts()).toEqual(
      expect.arrayContaining(["last-interval", "seasonal-naive", "Horizon (months)"])
    );
    const shown = await tipAt(0.5, 0.5);
    const [, horizon] = /^Horizon \(months\) (\d+)$/m.exec(shown)!;
    const atHorizon = forecasts.filter((row) => row.horizon === Number(horizon));
    for (const {version, wape} of summarize(atHorizon, {by: ["version"]}))
      expect(shown).toContain(`${String(version)} ${percent(wape)}`);
  });

  it("by series: a row each, the hardest first, a dot for each version", async () => {
    await watched.page.evaluate(() => kit.show(gallery.errorBySeries!()));
    expect(await watched.page.locator("g[aria-label=dot] circle").count()).toBe(6);
    const worst = (sector: unknown) =>
      Math.max(
        ...summarize(forecasts, {by: ["sector", "version"]})
          .filter((row) => row.sector === sector)
          .map((row) => Number(row.wape))
      );
    const order = ["Construction", "Retail trade", "Government"].sort((a, b) => worst(b) - worst(a));
    expect((await texts()).filter((text) => order.includes(text))).toEqual(order);
    expect(await tipAt(0.5, 0.5)).toMatch(/^Sector .*\nlast-interval .*%\nseasonal-naive .*%$/);
  });

  it("take what SQL computed as they take the forecasts themselves", async () => {
    const same = await watched.page.evaluate(
      (summary) => {
        const {charts, forecasts} = kit;
        const picture = (chart: Element) => chart.innerHTML;
        return (
          picture(charts.errorByVersion(summary, {value: "wape"})) ===
          picture(charts.errorByVersion(forecasts))
        );
      },
      summarize(forecasts, {by: ["version"]})
    );
    expect(same).toBe(true);
  });

  it("of metrics: each in its unit, under its name", async () => {
    await watched.page.evaluate(() => kit.show(gallery.metricsByVersion!()));
    const shown = await texts();
    expect(shown).toEqual(
      expect.arrayContaining(["Mean absolute error", "Weighted MAPE", "Bias", "loss", "−1.00%", "−0.0200"])
    );
  });
});

describe("the versions' overlay", () => {
  it("lists the actual value and every version in its tip", async () => {
    await open();
    await watched.page.evaluate(() => kit.show(gallery.versionsChart!()));
    const shown = await tipAt(0.68, 0.5);
    expect(shown).toMatch(/^Month \w+ 201\d\nActual [\d,]+\nlast-interval [\d,]+\nseasonal-naive [\d,]+$/);
    expect(await texts()).toEqual(
      expect.arrayContaining(["last-interval", "seasonal-naive", "Known to Jun 2014"])
    );
  });

  it("moves the versions' names from the lines to the key where there is little room", async () => {
    await open(390);
    await watched.page.evaluate(() => kit.show(gallery.versionsChart!()));
    expect(await texts()).not.toContain("last-interval");
    expect(await watched.page.locator(".ikigai-key > span").allTextContents()).toEqual([
      "Actual",
      "last-interval",
      "seasonal-naive"
    ]);
  });
});

describe("smallMultiples", () => {
  it("draw a chart for each part, as many in a row as fit, under one key", async () => {
    await open();
    await watched.page.evaluate(() => kit.show(gallery.smallMultiples!()));
    expect(await watched.page.locator("figure > h2").allTextContents()).toEqual([
      "Construction",
      "Retail trade",
      "Government"
    ]);
    expect(await watched.page.locator(".ikigai-key").count()).toBe(1);
    const tops = await watched.page
      .locator("figure")
      .evaluateAll((all) => all.map((figure) => figure.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);
  });
});

const format = (date: Date) =>
  date.toLocaleDateString("en-US", {month: "short", year: "numeric", timeZone: "UTC"});
