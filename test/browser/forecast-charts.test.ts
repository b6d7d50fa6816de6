// Charts of forecasts, drawn of data as it comes: what a viewer sees of it, whatever the viewer's zone.
import type * as Plot from "@observablehq/plot";
import type {BrowserContextOptions} from "playwright-core";
import {describe, expect, it} from "vitest";
import type * as Charts from "../../lib/charts/index.js";
import type {answer as Answer} from "../../lib/page/index.js";
import {bundledSite} from "./bundled-site.js";
import type {WatchedPage} from "./chromium.js";

declare const charts: typeof Charts;
declare const plot: typeof Plot;
declare const answer: typeof Answer;
declare const show: (chart: Element) => void;
declare const monthly: (values: (number | null)[], more?: (i: number) => object) => Record<string, unknown>[];
declare const overlay: (
  names: string[],
  value: (name: number, i: number) => number
) => Record<string, unknown>[];

const source = `
import * as charts from "./lib/charts/index.ts";
import * as plot from "@observablehq/plot";
import {answer} from "./lib/page/index.ts";
const month = (i) => new Date(Date.UTC(2020, i, 1)).toISOString().slice(0, 10);
Object.assign(globalThis, {
  charts, plot, answer,
  show: (chart) => {
    const card = Object.assign(document.createElement("div"), {className: "card"});
    card.append(chart);
    document.querySelector("main").replaceChildren(card);
  },
  monthly: (values, more = () => ({})) => values.map((actual, i) => ({month: month(i), actual, ...more(i)})),
  overlay: (names, value) => [
    ...Array.from({length: 24}, (_, i) => ({month: month(i), actual: 50 + i})),
    ...names.flatMap((version, j) => Array.from({length: 12}, (_, i) => ({month: month(24 + i), version, forecast: value(j, i)})))
  ]
});`;

const site = bundledSite(source);
let watched: WatchedPage | undefined;

async function open(options: BrowserContextOptions = {}) {
  watched = await site.open(options);
  await watched.page.waitForFunction(() => "charts" in globalThis);
  return watched.page;
}

const texts = () => watched!.page.locator("main figure > svg text").allTextContents();
const key = () => watched!.page.locator(".ikigai-key > span").allTextContents();
const count = (selector: string) => watched!.page.locator(`main figure > svg ${selector}`).count();
/** The texts of the ticks of an axis. */
const ticks = (axis: "x" | "y") =>
  watched!.page.locator(`main figure > svg g[aria-label="${axis}-axis tick label"] text`).allTextContents();

describe.each(["UTC", "America/Los_Angeles", "Asia/Kolkata"])("for a viewer in %s", (timezoneId) => {
  it("texts without a zone are in UTC, or in the chart's zone", async () => {
    const page = await open({timezoneId});
    await page.evaluate(() => {
      const rows = ["2024-01-05", "2024-01-06", "2024-01-07"].map((date, y) => ({date, y}));
      show(charts.forecastChart(rows));
    });
    expect(await ticks("x")).toEqual(["Jan 52024", "Jan 6", "Jan 7"]);
    await page.evaluate(() => {
      const rows = Array.from({length: 49}, (_, y) => ({
        date: +new Date("2024-03-09T08:00Z") + y * 3_600_000,
        y
      }));
      show(charts.forecastChart(rows, {timeZone: "America/Los_Angeles", width: 300}));
    });
    // Clocks skip an hour on March 10: midnights are 24 and 23 hours apart.
    expect(await ticks("x")).toEqual(["Mar 92024", "Mar 10", "Mar 11"]);
    const places = await page
      .locator('g[aria-label="x-axis tick"] path')
      .evaluateAll((all) => all.map((tick) => tick.getBoundingClientRect().x));
    expect((places[1]! - places[0]!) / (places[2]! - places[1]!)).toBeCloseTo(24 / 23, 2);
    expect(await page.locator("figure > svg").getAttribute("aria-description")).toContain(
      "Mar 9, 2024, 00:00"
    );
  });
});

describe("forecastChart", () => {
  it("names units as they are, and levels with their digits; refuses a level in percent", async () => {
    const page = await open();
    const message = await page.evaluate(() => {
      const rows = monthly([1, 2, null], (i) => (i > 1 ? {forecast: 3, lower: 2, upper: 4} : {}));
      show(charts.forecastChart(rows, {unit: "mW", level: 0.975}));
      try {
        charts.forecastChart(rows, {level: 90});
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    });
    expect(await texts()).toContain("↑ mW");
    expect(await key()).toEqual(["Actual", "Forecast", "97.5% interval"]);
    expect(message).toBe("The level is 90: give 0.9");
  });

  it("shows a forecast of one step, with its interval, and points among gaps", async () => {
    const page = await open();
    await page.evaluate(() =>
      show(
        charts.forecastChart(
          monthly([1, 2, 3, 4, null, 6, null, 8, null], (i) =>
            i === 8 ? {forecast: 9, lower: 8, upper: 10} : {}
          )
        )
      )
    );
    expect(await count("g[aria-label=dot] circle")).toBe(3);
    const bars = await page
      .locator(".ikigai-interval-bar line")
      .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height));
    expect(bars).toHaveLength(2);
    for (const height of bars) expect(height).toBeGreaterThan(20);
  });

  it("labels the only time as exactly as the tip", async () => {
    const page = await open();
    const shown = async (row: object) => {
      await page.evaluate((row) => show(charts.forecastChart([row])), row);
      return ticks("x");
    };
    expect(await shown({month: "2023-01-01", actual: 1})).toEqual(["Jan 2023"]);
    expect(await shown({day: "2023-01-05", actual: 1})).toEqual(["Jan 5, 2023"]);
    expect(await shown({time: "2023-01-05T10:30", actual: 1})).toEqual(["Jan 5, 2023, 10:30"]);
  });

  it("tells dots of forecasts from dots of actual values, and has dots in its key where there are no lines", async () => {
    const page = await open();
    const samples = () =>
      page.locator(".ikigai-key svg > *").evaluateAll((all) =>
        all.map((sample) => {
          if (sample.tagName !== "circle") return sample.hasAttribute("stroke-dasharray") ? "dashed" : "line";
          return sample.getAttribute("fill") === "none" ? "ring" : "dot";
        })
      );
    const one = [{month: "2024-01-01", actual: 1, forecast: 2, store: "Oslo"}];
    await page.evaluate((one) => show(charts.forecastChart(one)), one);
    expect(await samples()).toEqual(["dot", "dot"]);
    await page.evaluate((one) => show(charts.forecastChart(one, {series: "store"})), one);
    expect(await samples()).toEqual(["dot", "dot", "ring"]);
    const fills = await page
      .locator("main figure > svg [aria-label=dot] circle")
      .evaluateAll((dots) => dots.map((dot) => getComputedStyle(dot).fill));
    expect(new Set(fills).size).toBe(2);
    const step = await page.evaluate(() => {
      const rows = monthly([1, 2, 3, null], (i) => ({store: "Oslo", forecast: i === 3 ? 4 : null}));
      show(charts.forecastChart(rows, {series: "store"}));
      return rows.map((row) => ({...row, forecast: 2}));
    });
    expect(await samples()).toEqual(["line", "line", "ring"]);
    await page.evaluate((rows) => show(charts.forecastChart(rows, {series: "store"})), step);
    expect(await samples()).toEqual(["line", "line", "dashed"]);
  });

  it("draws intervals that are open at one end up to the frame", async () => {
    const page = await open();
    await page.evaluate(() =>
      show(
        charts.forecastChart(
          monthly([50, 51, 52, 53, null, null], (i) =>
            i > 3 ? {forecast: 54, lower: -Infinity, upper: 60} : {}
          ),
          {height: 300, marginBottom: 30}
        )
      )
    );
    const bottom = await page.locator("g[aria-label=area] path").getAttribute("d");
    expect(bottom).toContain(",270");
    expect((await ticks("y")).every((tick) => Number(tick) >= 48)).toBe(true);
    expect(await key()).toContain("Interval");
  });

  it("leaves a gap where a regular series misses rows", async () => {
    const page = await open();
    await page.evaluate(() =>
      show(charts.forecastChart(monthly([1, 2, 3, 4, 5, 6, 7, 8]).filter((_, i) => i !== 4)))
    );
    const path = await page.locator("g[aria-label=line] path").first().getAttribute("d");
    expect(path!.match(/M/g)).toHaveLength(2);
  });

  it.each([
    [1e-9, /^[\d.]+×10⁻⁹$/],
    [1e12, /^[\d.]+T$/],
    [-1e6, /^−[\d.]+M$/]
  ])("has short, different ticks for values of about %s, none cut off", async (scale, form) => {
    const page = await open();
    await page.evaluate(
      (scale) => show(charts.forecastChart(monthly([1, 1.7, 2.2].map((v) => v * scale)))),
      scale
    );
    const shown = await ticks("y");
    expect(new Set(shown).size).toBe(shown.length);
    for (const tick of shown) expect(tick).toMatch(form);
    const outside = await page.evaluate(() => {
      const left = document.querySelector("figure > svg")!.getBoundingClientRect().left;
      return [...document.querySelectorAll("figure > svg text")].filter(
        (text) => text.getBoundingClientRect().left < left
      ).length;
    });
    expect(outside).toBe(0);
  });

  it("has whole ticks for whole numbers", async () => {
    const page = await open();
    await page.evaluate(() => show(charts.forecastChart(monthly([0, 2, 1]))));
    expect(await ticks("y")).toEqual(["0", "1", "2"]);
  });

  it("can end the axis before an outlier, which a mark tells, or have a symlog axis", async () => {
    const page = await open();
    await page.evaluate(() =>
      show(charts.forecastChart(monthly([1, 2, 3, 2, 1, 2, 3, 99_999]), {clip: true}))
    );
    expect(await texts()).toContain("99,999");
    expect(await count(".ikigai-clipped path")).toBe(1);
    expect((await ticks("y")).every((tick) => Number(tick) < 10)).toBe(true);
    await page.evaluate(() => show(charts.forecastChart(monthly([1, 2, 3, 1e6]), {y: {type: "symlog"}})));
    expect(await ticks("y")).toEqual(expect.arrayContaining(["10,000", "1M"]));
  });

  it.each([
    ["of the last time", {23: 1e8}, ["100 million"]],
    ["of the first time", {0: 1e8}, ["100 million"]],
    ["below the axis", {12: -1e8, 23: -2e8}, ["−100 million", "−200 million"]],
    ["beside each other", {10: 1e8, 11: 2.345e6}, ["100 million", "2.345 million"]],
    ["that are many", {8: 1e8, 10: 2e8, 12: 3e8, 14: 4e8}, ["400 million"]]
  ])("tells values %s where no text lies on another or outside", async (_, outliers, told) => {
    const page = await open();
    await page.evaluate((outliers: Record<number, number>) => {
      const values = Array.from({length: 24}, (_, i) => outliers[i] ?? 100 + 10 * Math.sin(i));
      show(charts.forecastChart(monthly(values), {clip: true, width: 368}));
    }, outliers);
    const marks = await page.locator("main .ikigai-clipped :is(text, path)").evaluateAll((all) =>
      all.map((mark) => {
        const {left, right, top} = mark.getBoundingClientRect();
        return {text: mark.textContent, left, right, top, isText: mark.tagName === "text"};
      })
    );
    expect(marks.filter(({isText}) => !isText).length).toBe(Object.keys(outliers).length);
    expect(marks.flatMap(({text}) => text ?? [])).toEqual(expect.arrayContaining(told));
    const frame = (await page.locator("main figure > svg").boundingBox())!;
    for (const [i, mark] of marks.entries()) {
      expect(mark.left).toBeGreaterThan(frame.x);
      expect(mark.right).toBeLessThan(frame.x + frame.width);
      for (const other of marks.slice(i + 1))
        if (mark.isText || other.isText)
          expect(
            mark.right <= other.left || other.right <= mark.left || Math.abs(mark.top - other.top) > 50
          ).toBe(true);
    }
  });

  it("draws several levels from light to dark, names them, and says them in words", async () => {
    const page = await open();
    await page.evaluate(() =>
      show(
        charts.forecastChart(
          monthly([1, 2, 3, null, null], (i) =>
            i > 2 ? {forecast: 4, lo80: 3, hi80: 5, lo95: 2, hi95: 6} : {}
          )
        )
      )
    );
    expect(await key()).toEqual(["Actual", "Forecast", "95% interval", "80% interval"]);
    expect(await count("g[aria-label=area] path")).toBe(2);
    expect(await page.locator("figure > svg").getAttribute("aria-description")).toContain(
      "(95% interval 2 – 6, 80% interval 3 – 5)"
    );
  });

  it("is drawn within moments of a million rows", async () => {
    const page = await open();
    const paths = await page.evaluate(() => {
      const rows = Array.from({length: 1_000_000}, (_, i) => ({date: new Date(i * 60_000), y: i % 1000}));
      const chart = charts.forecastChart(rows);
      show(chart);
      return chart.outerHTML.length;
    });
    expect(paths).toBeLessThan(500_000);
  });

  it.each(["light", "dark"] as const)(
    "has bands whose edges stand out on the card, %s",
    async (colorScheme) => {
      const page = await open({colorScheme});
      await page.evaluate(() =>
        show(
          charts.forecastChart(
            monthly([1, 2, null, null], (i) => (i > 1 ? {forecast: 3, lower: 2, upper: 4} : {}))
          )
        )
      );
      const contrast = await page.evaluate(() => {
        const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true})!;
        const luminance = (color: string) => {
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((byte) => {
            const c = byte / 255;
            return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
        };
        const edge = getComputedStyle(document.querySelector(".ikigai-interval-edge")!);
        const card = getComputedStyle(document.querySelector(".card")!);
        const [a, b] = [luminance(edge.stroke), luminance(card.backgroundColor)].sort((x, y) => x - y);
        return edge.strokeOpacity === "1" ? (b! + 0.05) / (a! + 0.05) : 0;
      });
      expect(contrast).toBeGreaterThanOrEqual(3);
    }
  );
});

it("of series that lie on each other all are seen", async () => {
  const page = await open();
  const dashes = async (south: number) => {
    await page.evaluate((more) => {
      const rows = ["north", "south"].flatMap((series, j) =>
        monthly([1, 5, 2, null, null, null], (i) => ({series, forecast: i > 2 ? 3 + i : null})).map(
          ({actual, forecast, ...row}) => ({
            ...row,
            actual: actual === null ? null : Number(actual) + j * more,
            forecast: forecast === null ? null : Number(forecast) + j * more
          })
        )
      );
      show(charts.forecastChart(rows));
    }, south);
    return page
      .locator("main figure > svg g[aria-label=line]")
      .evaluateAll((all) =>
        all
          .filter((line) => line.querySelector("path"))
          .map(
            (line) =>
              `${line.getAttribute("stroke-dasharray")} from ${line.getAttribute("stroke-dashoffset") ?? 0}: ${line.querySelectorAll("path").length}`
          )
      );
  };
  expect(await dashes(9)).toEqual(["5,4 from 0: 2", "null from 0: 2"]);
  expect(await dashes(0)).toEqual(["5,13 from 0: 1", "5,13 from -9: 1", "null from 0: 1", "7,7 from 0: 1"]);
});

describe("versionsChart", () => {
  it("dashes a line that lies on another, and names both", async () => {
    const page = await open();
    await page.evaluate(() => show(charts.versionsChart(overlay(["ets", "mstl"], (_, i) => 70 + i))));
    expect(await count("g[aria-label=line][stroke-dasharray]")).toBe(1);
    expect(await texts()).toEqual(expect.arrayContaining(["ets", "mstl"]));
  });

  it("dashes a line only where it lies on another", async () => {
    const page = await open();
    await page.evaluate(() =>
      show(charts.versionsChart(overlay(["ets", "mstl"], (j, i) => 70 + i + (i > 3 ? 5 * j : 0))))
    );
    const [dashed] = await page
      .locator("g[aria-label=line][stroke-dasharray] path")
      .evaluateAll((all) => all.map((path) => path.getBoundingClientRect().width));
    const [whole] = await page
      .locator("g[aria-label=line][stroke-width='2']:not([stroke-dasharray]) path")
      .evaluateAll((all) => all.map((path) => path.getBoundingClientRect().width));
    expect(dashed).toBeGreaterThan(0);
    expect(dashed).toBeLessThan(0.6 * whole!);
  });

  it("dashes no line of a dense fan, each two pixels from the next", async () => {
    const page = await open();
    const names = ["a", "b", "c", "d", "e", "f"];
    await page.evaluate(
      (names) =>
        show(
          charts.versionsChart(
            overlay(names, (j, i) => 60 + 15 * i + 1.15 * j),
            {height: 400}
          )
        ),
      names
    );
    const ends = await page
      .locator("g[aria-label=line][stroke-width='2'] path")
      .evaluateAll((all) => all.map((path) => path.getBoundingClientRect().bottom).sort((a, b) => a - b));
    expect(ends).toHaveLength(names.length);
    for (const [i, end] of ends.slice(1).entries()) {
      expect(end - ends[i]!).toBeGreaterThan(1.5);
      expect(end - ends[i]!).toBeLessThan(2.5);
    }
    expect(await count("g[aria-label=line][stroke-dasharray]")).toBe(0);
  });

  it("draws few of forty in color, or those chosen", async () => {
    const page = await open();
    await page.evaluate(() => {
      const rows = overlay(
        Array.from({length: 40}, (_, i) => `v${i}`),
        (j, i) => 70 + i + j
      );
      show(charts.versionsChart(rows, {highlight: ["v3", "v30"]}));
    });
    expect(await key()).toEqual(["Actual", "38 others"]);
    expect((await texts()).filter((text) => /^v\d+$/.test(text))).toEqual(["v3", "v30"]);
    await page.evaluate(() =>
      show(
        charts.versionsChart(
          overlay(
            Array.from({length: 40}, (_, i) => `v${i}`),
            (j, i) => 70 + i + j
          )
        )
      )
    );
    expect((await texts()).filter((text) => /^v\d+$/.test(text))).toHaveLength(5);
  });

  it.each([390, 640])("leaves room for the plot beside long names at %i pixels", async (width) => {
    const page = await open();
    const share = await page.evaluate((width) => {
      const names = [1, 2].map((i) => `a-very-long-version-name-2024-01-0${i}-with-suffix`);
      const chart = charts.versionsChart(
        overlay(names, (j, i) => 70 + i + 9 * j),
        {width}
      );
      show(chart);
      const grid = chart.querySelector("g[aria-label=y-grid] line, [aria-label=y-grid] path")!;
      return (
        grid.getBoundingClientRect().width /
        chart.querySelector(":scope > svg")!.getBoundingClientRect().width
      );
    }, width);
    expect(share).toBeGreaterThan(0.55);
    const shown = [...(await texts()), ...(await key())].filter((text) => text.startsWith("a-very"));
    expect(new Set(shown).size).toBe(2);
  });

  it("is marks, too", async () => {
    const page = await open();
    await page.evaluate(() =>
      show(
        plot.plot({marks: [charts.versionsMark(overlay(["a", "b"], (j, i) => 70 + i + 9 * j))], figure: true})
      )
    );
    expect(await count("g[aria-label=line] path")).toBe(3);
    expect(await texts()).toEqual(expect.arrayContaining(["a", "b"]));
  });

  it.each([60, 110, 200])(
    "has names that differ within a margin of %s pixels, as marks",
    async (marginRight) => {
      const page = await open();
      const names = await page.evaluate((marginRight) => {
        const all = [1, 2, 3].map((i) => `SKU-2024-00000000000000000000${i}`);
        const rows = overlay([...all, "ets"], (j, i) => 70 + i + 9 * j);
        show(plot.plot({width: 400, marginRight, marks: [charts.versionsMark(rows)], figure: true}));
        const {right} = document.querySelector("main figure > svg")!.getBoundingClientRect();
        return [...document.querySelectorAll("main [aria-label=text] text")]
          .filter(({textContent}) => /[…\d]$|^ets$/.test(textContent) && !textContent.startsWith("Known"))
          .map((text) => ({text: text.textContent, isIn: text.getBoundingClientRect().right <= right}));
      }, marginRight);
      expect(new Set(names.map(({text}) => text)).size).toBe(4);
      expect(names.map(({text}) => text)).toContain("ets");
      expect(names.filter(({isIn}) => !isIn)).toEqual([]);
    }
  );
});

it("forecastOrigins draws a line for each origin, and says which are the oldest and the newest", async () => {
  const page = await open();
  await page.evaluate(() => {
    const rows = ["2020-01-01", "2020-02-01", "2020-03-01"].flatMap((origin, j) =>
      monthly([1, 2, 3, 4, 5, 6]).map((row, i) => ({...row, origin, forecast: i > j ? i + j : null}))
    );
    show(charts.forecastOrigins(rows));
  });
  expect(await count("g[aria-label=line] path")).toBe(4);
  expect(await key()).toEqual(["Actual", "Forecast of Mar 2020", "Forecast of Jan 2020"]);
});

it("smallMultiples draws the first of a thousand parts, and says how many more there are", async () => {
  const page = await open();
  await page.evaluate(() => {
    const rows = Array.from({length: 1000}, (_, i) => monthly([1, 2, 3], () => ({sku: `SKU-${i}`}))).flat();
    show(charts.smallMultiples(rows, charts.forecastChart, {by: "sku", width: 900, height: 120}));
  });
  expect(await page.locator("main figure").count()).toBe(18);
  expect(await page.locator("main p").textContent()).toBe("and 982 more");
});

it("smallMultiples says in which part an error is", async () => {
  const page = await open();
  const message = await page.evaluate(() => {
    const rows = [...monthly([1, 2], () => ({sku: "A"})), ...monthly([1], () => ({sku: 'B"'}))];
    try {
      charts.smallMultiples([...rows, rows.at(-1)!], charts.forecastChart, {by: "sku"});
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(message).toMatch(
    /^In the rows with sku "B\\"", which are counted on their own: There are several rows for \w+ \S+, such as rows 1 and 2/
  );
});

it("smallMultiples titles each chart, nearer to it than to the one above, also for an empty name", async () => {
  const page = await open();
  await page.evaluate(() => {
    const rows = ["A", "", "B"].flatMap((sku) => monthly([1, 2, 3], () => ({sku})));
    show(charts.smallMultiples(rows, charts.forecastChart, {by: "sku", width: 300, height: 120}));
  });
  const titles = page.locator("main figure h2");
  expect(await titles.allInnerTexts()).toEqual(["A", "(no name)", "B"]);
  const distances = await page.evaluate(() => {
    const figures = [...document.querySelectorAll("main figure")];
    const boxes = figures.map((figure) => ({
      title: figure.querySelector("h2")!.getBoundingClientRect(),
      svg: figure.querySelector("svg")!.getBoundingClientRect()
    }));
    return boxes
      .slice(1)
      .map(({title, svg}, i) => [title.top - boxes[i]!.svg.bottom, svg.top - title.bottom]);
  });
  for (const [above, below] of distances) expect(above!).toBeGreaterThan(1.5 * below!);
});

describe("keys and tables of forecasts", () => {
  it("arrows move along the points of each chart, its table has them, and names are unique by titles", async () => {
    const page = await open();
    await page.evaluate(() => {
      const rows = overlay(["ets", "mstl"], (j, i) => 70 + i + 9 * j);
      const byOrigin = rows.map(({version, ...row}) => ({
        ...row,
        origin: version === "ets" ? "2019-01-01" : "2019-02-01"
      }));
      const main = document.querySelector("main")!;
      main.replaceChildren(
        charts.forecastChart(
          rows.filter(({version}) => version === "ets"),
          {title: "A"}
        ),
        charts.versionsChart(rows, {title: "B"}),
        charts.forecastOrigins(byOrigin, {title: "C"}),
        charts.forecastRevisions(byOrigin, {title: "D"})
      );
    });
    const said = [];
    for (const svg of await page.locator("main figure > svg").all()) {
      await svg.focus();
      await page.keyboard.press("End");
      said.push([
        await svg.getAttribute("aria-label"),
        await svg.evaluate((svg) => svg.parentElement!.querySelector("[role=status]")!.textContent)
      ]);
    }
    expect(said.map(([name]) => name)).toEqual([
      "A: Forecast chart",
      "B: Forecasts by version",
      "C: Forecasts by origin",
      "D: Forecast revisions"
    ]);
    for (const [name, text] of said) expect(text, name!).toMatch(/\d.*\. (\d+) of \1$/);
    expect(said[1]![1]).toMatch(/ets \d+, mstl \d+/);
    expect(said[3]![1]).toContain("Change +9");
    await page.getByRole("button", {name: /Show as table: B/}).click();
    expect(await page.locator("main figure").nth(1).locator("thead th").allTextContents()).toEqual([
      "Month",
      "Actual",
      "ets",
      "mstl"
    ]);
  });
});

/** Asks the page's one answer for a forecast chart, whose last value is this. */
const askAgain = (page: WatchedPage["page"], last: number) =>
  page.evaluate(async (last) => {
    const shared = globalThis as unknown as {outlook?: ReturnType<typeof Answer<object[]>>};
    const outlook = (shared.outlook ??= answer((rows: object[], width) =>
      charts.forecastChart(rows, {width})
    ));
    if (!outlook.isConnected) document.querySelector("main")!.replaceChildren(outlook);
    await outlook.ask(() => monthly([10, 20, 30, last]));
    await outlook.first;
  }, last);

it("a chart that is drawn again keeps the keyboard's focus, at the same point", async () => {
  const page = await open();
  const ask = (last: number) => askAgain(page, last);
  const state = () =>
    page.evaluate(() => [
      document.activeElement!.localName,
      document.querySelector("main [role=status]")!.textContent
    ]);
  await ask(40);
  await page.locator("main figure > svg").focus();
  for (const key of ["End", "ArrowLeft", "ArrowRight"]) await page.keyboard.press(key);
  expect(await state()).toEqual(["svg", expect.stringContaining("Actual 40. 4 of 4")]);
  await ask(70);
  expect(await state()).toEqual(["svg", expect.stringContaining("Actual 70. 4 of 4")]);
  await page.setViewportSize({width: 500, height: 700});
  await page.waitForFunction(
    () => Number(document.querySelector("main figure > svg")!.getAttribute("width")) <= 500
  );
  await expect.poll(state).toEqual(["svg", expect.stringContaining("Actual 70. 4 of 4")]);
  await page.keyboard.press("ArrowLeft");
  expect((await state())[1]).toContain("Actual 30. 3 of 4");
});

it("a chart that is drawn again keeps its table open, or closed again, and the focus on its button", async () => {
  const page = await open();
  const lastCell = () => page.locator("main tbody tr:last-child td").first();
  await askAgain(page, 40);
  await page.locator("main figure > button").press("Enter");
  expect(await lastCell().textContent()).toBe("40");
  await askAgain(page, 70);
  expect(await lastCell().textContent()).toBe("70");
  expect(await lastCell().isVisible()).toBe(true);
  expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("Hide table");
  await page.keyboard.press("Enter");
  await askAgain(page, 80);
  expect(await page.locator("main table").count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("Show as table");
});

it("forecastRevisions draws a line from each older forecast to the newer one, and says what changed", async () => {
  const page = await open();
  await page.evaluate(() => {
    const forecasts = (origin: string, values: number[], start: number) =>
      values.map((yhat, i) => ({origin, ds: `2024-${String(start + i).padStart(2, "0")}-01`, yhat}));
    show(
      charts.forecastRevisions([
        ...forecasts("2023-12-01", [50, 60, 70, 80], 1),
        ...forecasts("2024-01-01", [66, 70, 75, 90], 2)
      ])
    );
  });
  const heights = await page
    .locator(".ikigai-revision line, line.ikigai-revision")
    .evaluateAll((all) => all.map((line) => Math.round(line.getBoundingClientRect().height)));
  expect(heights).toHaveLength(2); // of three times that both forecast, one is the same
  expect(heights[0]! / heights[1]!).toBeCloseTo(6 / 5, 1);
  expect(await page.locator("main svg[role]").getAttribute("aria-description")).toBe(
    "From Dec 2023 to Jan 2024, of 3 forecasts 1 rose and 1 fell, by +0.333 on average. The largest change is +6 for Feb 2024."
  );
});

it("of ten thousand series few are in color, some grey, and the key counts the rest", async () => {
  const page = await open();
  const drawn = await page.evaluate(() => {
    const draw = (series: number) => {
      const rows = Array.from({length: 12 * series}, (_, i) => ({
        unique_id: `SKU-${Math.floor(i / 12)}`,
        month: new Date(Date.UTC(2024, i % 12, 1)),
        actual: i % 12 < 8 ? Math.floor(i / 12) + i : null,
        forecast: i % 12 < 8 ? null : Math.floor(i / 12) + i
      }));
      const start = performance.now();
      const chart = charts.forecastChart(rows, {width: 390});
      show(chart);
      const {height} = chart.getBoundingClientRect();
      return {height, took: performance.now() - start};
    };
    const few = draw(1_000).took;
    const {height, took} = draw(10_000);
    return {height, times: took / few};
  });
  expect(drawn.times).toBeLessThan(50); // about ten; a hundred if each series were held against all others
  expect(drawn.height).toBeLessThan(500);
  expect(await key()).toContain("95 others, and 9,900 more");
});

it("names stay text, whatever is in them", async () => {
  const page = await open();
  const names = ["<img src=x onerror=alert(1)>", "مرحبا", "🎉"];
  await page.evaluate((names) => {
    show(charts.versionsChart(overlay(names, (j, i) => 70 + i + 9 * j)));
  }, names);
  expect(await texts()).toEqual(expect.arrayContaining(names));
  expect(await page.locator("main img").count()).toBe(0);
});
