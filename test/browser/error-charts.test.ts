// Charts of errors with the data that real sites have: zeros, nothing to measure, many versions and series, long names, outliers;
// their keys, their tables and paper.
import {resolve} from "node:path";
import type * as Plot from "@observablehq/plot";
import {beforeEach, describe, expect, it} from "vitest";
import type * as Charts from "../../lib/charts/index.js";
import {bundledSite} from "./bundled-site.js";
import type {WatchedPage} from "./chromium.js";

declare const kit: {charts: typeof Charts; Plot: typeof Plot};
declare const axe: {
  run: (selector: string) => Promise<{violations: {id: string; nodes: {html: string}[]}[]}>;
};

type Row = Record<string, unknown>;

const source = `
import * as charts from "./lib/charts/index.ts";
import * as Plot from "@observablehq/plot";
globalThis.kit = {charts, Plot};`;

const site = bundledSite(source);
let watched: WatchedPage;

beforeEach(async () => {
  watched = await site.open();
  await watched.page.waitForFunction(() => "kit" in globalThis);
});

type Kind = "errorByVersion" | "errorByHorizon" | "errorBySeries";

/** Shows a chart of rows whose measure is in `wape`. */
const draw = (kind: Kind, rows: Row[], options: Row = {}) =>
  watched.page.evaluate(
    ([kind, rows, options]) => {
      // What isn't a number travels as text.
      const data = rows.map((row) => ({...row, wape: Number(row.wape)}));
      document.querySelector("main")!.replaceChildren(kit.charts[kind](data, {value: "wape", ...options}));
    },
    [kind, rows.map((row) => ({...row, wape: String(row.wape)})), options] as const
  );

/** The texts of the picture, without the full names that are shown on hover. */
const texts = () =>
  watched.page
    .locator("main figure > svg text")
    .evaluateAll((all) =>
      all.map((text) =>
        [...text.childNodes].map((node) => (node.nodeName === "title" ? "" : node.textContent)).join("")
      )
    );
const widths = () =>
  watched.page
    .locator("[aria-label=bar] rect")
    .evaluateAll((all) => all.map((rect) => Math.round(rect.getBoundingClientRect().width)));
const height = () =>
  watched.page.locator("main figure > svg").evaluate((svg) => Number(svg.getAttribute("height")));
const byVersion = (values: Record<string, number>) =>
  Object.entries(values).map(([version, wape]) => ({version, wape}));
const byHorizon = (versions: string[], count: number, error: (i: number, horizon: number) => number) =>
  versions.flatMap((version, i) =>
    Array.from({length: count}, (_, h) => ({version, horizon: h + 1, wape: error(i, h + 1)}))
  );
const bySeries = (versions: string[], series: string[], error: (i: number, j: number) => number) =>
  versions.flatMap((version, i) => series.map((series, j) => ({version, series, wape: error(i, j)})));

/** Expects that no such text lies on another text, on a dot or a triangle, or outside of the picture. */
async function expectApart(such: RegExp) {
  const boxes = await watched.page
    .locator("main figure > svg :is(text, [aria-label=dot] :is(circle, path))")
    .evaluateAll((all) =>
      all.map((mark) => {
        const {left, right, top, bottom} = mark.getBoundingClientRect();
        return {text: mark.textContent, left, right, top, bottom};
      })
    );
  const frame = (await watched.page.locator("main figure > svg").boundingBox())!;
  const some = boxes.filter(({text}) => such.test(text));
  expect(some.length).toBeGreaterThan(0);
  for (const box of some) {
    expect(box.left).toBeGreaterThanOrEqual(frame.x);
    expect(box.right).toBeLessThanOrEqual(frame.x + frame.width);
    const covered = boxes.filter(
      (other) =>
        other !== box &&
        Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
        Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1
    );
    expect({text: box.text, covered}).toEqual({text: box.text, covered: []});
  }
}

describe("values that are none or extreme", () => {
  it("a zero has no bar, whether all are zero or some", async () => {
    await draw("errorByVersion", byVersion({ets: 0, mstl: 0}));
    expect(await widths()).toEqual([]);
    expect((await texts()).filter((text) => text === "0.00%")).toHaveLength(2);
    await draw("errorByVersion", byVersion({ets: 0, mstl: 0.1}));
    const bars = await widths();
    expect(bars).toHaveLength(1);
    expect(bars[0]).toBeGreaterThan(300);
  });

  it("a version without a finite value comes last and says so", async () => {
    await draw("errorByVersion", byVersion({ets: NaN, mstl: 0.1, drift: Infinity, naive: -0.2}));
    const shown = await texts();
    expect(shown.filter((text) => ["ets", "mstl", "drift", "naive"].includes(text))).toEqual([
      "naive",
      "mstl",
      "drift",
      "ets"
    ]);
    expect(shown.filter((text) => text === "no value")).toHaveLength(2);
    expect(shown).toContain("−20.0%");
  });

  it("zeros alone have no tick but theirs", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(["ets"], 3, () => 0)
    );
    expect((await texts()).filter((text) => text.endsWith("%"))).toEqual(["0%"]);
    await draw(
      "errorBySeries",
      bySeries(["ets"], ["north", "south"], () => 0)
    );
    expect((await texts()).filter((text) => text.endsWith("%"))).toEqual(["0%"]);
  });

  it("a chart without any finite value says that", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(["ets"], 3, () => NaN)
    );
    expect(await texts()).toEqual(["No finite values of weighted MAPE"]);
    await draw(
      "errorBySeries",
      bySeries(["ets"], ["north"], () => Infinity)
    );
    expect(await texts()).toEqual(["No finite values of weighted MAPE"]);
  });

  it("a horizon without a value is a gap in the line", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(["ets"], 5, (_, h) => (h === 3 ? NaN : h))
    );
    const path = await watched.page.locator("[aria-label=line] path").first().getAttribute("d");
    expect(path!.match(/M/g)).toHaveLength(2);
  });

  it("a horizon without a row is a gap in the line, if the others are regular", async () => {
    const rows = (horizons: number[]) =>
      horizons.map((horizon) => ({version: "ets", horizon, wape: horizon}));
    for (const [horizons, pieces] of [
      [[1, 2, 3, 6, 7], 2],
      [[3, 6, 9, 12], 1]
    ] as const) {
      await draw("errorByHorizon", rows([...horizons]));
      const path = await watched.page.locator("[aria-label=line] path").first().getAttribute("d");
      expect(path!.match(/M/g)).toHaveLength(pieces);
    }
  });

  it("a version without a value by horizon is in the key, which says so", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(["ets", "mstl"], 3, (i) => (i ? NaN : 0.1)),
      {width: 640}
    );
    expect(await watched.page.locator(".ikigai-key bdi").allTextContents()).toEqual(["mstl (no value)"]);
  });

  it("a chart says if no forecast has an actual value", async () => {
    const said = await watched.page.evaluate(() =>
      (["errorByHorizon", "errorBySeries"] as const).map((kind) => {
        const rows = [
          {version: "ets", series: "north", horizon: 1, actual: null, forecast: 1, lower: 0, upper: 2}
        ];
        return [kit.charts[kind](rows), kit.charts[kind](rows, {measure: "coverage"})].map(
          (figure) => figure.querySelector("svg text")!.textContent
        );
      })
    );
    const why = "No forecasts with an actual value";
    expect(said).toEqual([
      [why, `${why}, lower and upper`],
      [why, `${why}, lower and upper`]
    ]);
  });

  it("a dot at zero keeps away from its name", async () => {
    await draw(
      "errorBySeries",
      bySeries(["ets", "mstl", "drift"], ["north"], () => 0)
    );
    const right = await watched.page
      .locator("figure text", {hasText: "north"})
      .evaluate((text) => text.getBoundingClientRect().right);
    const dots = await watched.page
      .locator("[aria-label=dot] circle")
      .evaluateAll((all) => all.map((dot) => dot.getBoundingClientRect().left));
    expect(Math.min(...dots) - right).toBeGreaterThan(3);
  });

  it("an outlier stands at the cap and names its value", async () => {
    await draw("errorByVersion", byVersion({ets: 0.1, mstl: 0.12, drift: 0.13, naive: 9}), {clip: true});
    const [least, , , most] = await widths();
    expect(least! / most!).toBeGreaterThan(0.5);
    expect(await texts()).toContain("900%");
    await draw(
      "errorByHorizon",
      byHorizon(["ets"], 6, (_, h) => (h === 3 ? 9 : 0.1)),
      {clip: 0.2}
    );
    expect(await texts()).toEqual(expect.arrayContaining(["900%", "0%"]));
    expect(await watched.page.locator("[aria-label=dot] path").count()).toBe(1);
    await draw("errorByVersion", byVersion({ets: 0.1, mstl: -0.2, drift: 0.3, naive: 1e6}), {
      clip: true,
      measure: "bias"
    });
    expect(await texts()).toEqual(expect.arrayContaining(["1 million", "0.100", "−0.200"]));
  });

  it("outliers beside each other name their values, and no text lies on another, on a dot or outside", async () => {
    const isFar = (horizon: number) => horizon === 6 || horizon === 7 || horizon === 12;
    await draw(
      "errorByHorizon",
      byHorizon(["ets", "mstl"], 12, (i, h) => (i === 0 && isFar(h) ? h : 0.1 + 0.01 * i)),
      {clip: true, width: 368}
    );
    expect(await texts()).toEqual(expect.arrayContaining(["600%", "700%", "1,200%"]));
    await expectApart(/^[\d,]+%$/);
    const stores = Array.from({length: 8}, (_, i) => `Store ${i}`);
    const [near, two, one] = [
      [0.05, 0.1, 0.15],
      [9, 10, 0.17],
      [0.05, 0.1, 9]
    ];
    const rows = bySeries(
      ["ets", "mstl", "naive"],
      stores,
      (i, j) => [near, near, two, near, one][j % 5]![i]!
    );
    await draw("errorBySeries", rows, {clip: true, width: 368});
    expect(await texts()).toEqual(expect.arrayContaining(["▸ up to 1,000%", "▸ 900%"]));
    await expectApart(/^▸/);
    const negative = rows.map(({wape, ...row}) => ({...row, wape: -wape}));
    await draw("errorBySeries", negative, {clip: true, width: 368, measure: "bias"});
    expect(await texts()).toEqual(expect.arrayContaining(["down to −10.0 ◂", "−9.0 ◂"]));
    await expectApart(/◂$/);
  });
});

describe("horizons", () => {
  it("of a short axis are all labelled, and a single one has a dot", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(["ets", "mstl"], 12, (i, h) => h + i),
      {width: 390}
    );
    expect((await texts()).filter((text) => /^\d+$/.test(text))).toEqual(
      Array.from({length: 12}, (_, i) => String(i + 1))
    );
    await draw(
      "errorByHorizon",
      byHorizon(["ets"], 1, () => 0.1)
    );
    expect(
      await watched.page
        .locator("[aria-label=dot] circle")
        .evaluate((dot) => dot.getBoundingClientRect().width)
    ).toBeGreaterThan(5);
    expect((await texts()).filter((text) => /^[\d.]+$/.test(text))).toEqual(["1"]);
  });

  it("of a thousand and more have their thousands separated, except years", async () => {
    const described = () =>
      watched.page.locator("main svg[aria-description]").getAttribute("aria-description");
    const along = (start: number) =>
      Array.from({length: 1500}, (_, i) => ({
        horizon: start + i,
        lower: 0,
        upper: 2,
        actual: 1,
        forecast: 1,
        wape: 1
      }));
    for (const kind of ["errorByHorizon", "calibrationChart"] as const)
      for (const [start, tick, others, end] of [
        [1, "1,000", "1000", "1,500"],
        [1001, "2000", "2,000", "2500"]
      ] as const) {
        await watched.page.evaluate(
          ([kind, rows]) => {
            const chart =
              kind === "errorByHorizon"
                ? kit.charts.errorByHorizon(rows, {value: "wape", width: 320})
                : kit.charts.calibrationChart(rows, {level: 0.9, by: "horizon", width: 320});
            document.querySelector("main")!.replaceChildren(chart);
          },
          [kind, along(start)] as const
        );
        expect(await texts(), kind).toContain(tick);
        expect(await texts(), kind).not.toContain(others);
        expect(await described()).toContain(
          kind === "errorByHorizon" ? `at horizon ${end}.` : `at horizon ${start}, they hold`
        );
      }
  });

  it("keep their unit as it is written", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(["ets"], 3, () => 1),
      {unit: "mW"}
    );
    expect(await texts()).toContain("Horizon (mW)");
  });

  it("of counts have whole ticks", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(["ets"], 3, (_, h) => Math.min(2, h)),
      {
        measure: {label: "Forecasts", unit: "count"},
        width: 640
      }
    );
    expect((await texts()).filter((text) => /^[\d.]+$/.test(text))).toEqual(["0", "1", "2", "1", "2", "3"]);
  });
});

describe("many", () => {
  const versions = Array.from({length: 40}, (_, i) => `version-${i}`);
  /** The colors of the lines, without the gaps around those in color. */
  const strokes = () =>
    watched.page
      .locator("[aria-label=line]:not([stroke-width='6']) > path")
      .evaluateAll((all) => all.map((path) => getComputedStyle(path).stroke));

  it("versions are grey but for the best five, or for those that are chosen", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(versions, 6, (i, h) => i + h)
    );
    const drawn = await strokes();
    expect(drawn).toHaveLength(40);
    expect(new Set(drawn).size).toBe(6);
    const names = (await texts()).filter((text) => text.startsWith("version"));
    expect(new Set(names)).toEqual(new Set(versions.slice(0, 5)));
    expect(await watched.page.locator(".ikigai-key").textContent()).toBe("35 others");
    await draw(
      "errorByHorizon",
      byHorizon(versions, 6, (i, h) => i + h),
      {highlight: ["version-39"]}
    );
    expect((await texts()).filter((text) => text.startsWith("version"))).toEqual(["version-39"]);
  });

  it("series are the worst, and how many more there are", async () => {
    const series = Array.from({length: 3000}, (_, i) => `SKU-${String(i).padStart(6, "0")}`);
    await draw(
      "errorBySeries",
      bySeries(["ets"], series, (_, j) => j),
      {limit: 20}
    );
    const shown = await texts();
    expect(shown.filter((text) => text.startsWith("SKU"))).toEqual(series.slice(-20).reverse());
    expect(shown).toContain("and 2,980 more");
    expect(await height()).toBeLessThan(600);
    await draw(
      "errorByVersion",
      bySeries(["ets"], series, (_, j) => j).map((row) => ({...row, version: row.series}))
    );
    expect(await texts()).toContain("and 2,960 more");
    expect(await height()).toBeLessThan(1300);
  });

  it("rows take no longer, each, than a few do", async () => {
    const times = await watched.page.evaluate(() => {
      const took = (rows: number) => {
        const [series, version, actual, forecast] = [[], [], [], []] as [
          string[],
          string[],
          number[],
          number[]
        ];
        for (let i = 0; i < rows; ++i) {
          series.push(`series ${i % (rows / 100)}`);
          version.push(`version ${(i >> 4) % 3}`);
          actual.push(100 + (i % 7));
          forecast.push(100 + (i % 5));
        }
        const start = performance.now();
        for (const chart of [kit.charts.errorBySeries, kit.charts.errorByVersion])
          document.querySelector("main")!.replaceChildren(chart({series, version, actual, forecast}));
        return performance.now() - start;
      };
      const few = took(100_000);
      return took(1_000_000) / few;
    });
    // About ten; a hundred if each series were held against all others.
    expect(times).toBeLessThan(50);
  });
});

describe("names", () => {
  it("are cut to different labels, in full on hover, and leave room for the plot", async () => {
    const versions = ["01", "02", "03"].map(
      (month) =>
        `auto-arima-with-regressors-and-holiday-effects-and-all-of-its-seasonal-terms-2024-${month}-01`
    );
    for (const width of [390, 640]) {
      await draw(
        "errorByVersion",
        versions.map((version, i) => ({version, wape: i + 1})),
        {width}
      );
      const labels = (await texts()).filter((text) => text.includes("…"));
      expect(new Set(labels).size).toBe(3);
      const bars = await widths();
      expect(Math.max(...bars)).toBeGreaterThan(width * 0.4);
      const titles = await watched.page.locator("[aria-label='y-axis tick label'] title").allTextContents();
      expect(titles).toEqual(versions);
    }
    await draw(
      "errorBySeries",
      bySeries(["ets"], ["NW", "NE", "SW"], () => 1)
    );
    expect(await texts()).toEqual(expect.arrayContaining(["NW", "NE", "SW"]));
  });

  it("are text, and may be those of Plot's channels", async () => {
    const names = ["<b>bold</b>", "title", "x", "שלום"];
    await draw(
      "errorByHorizon",
      byHorizon(names, 3, (i, h) => i + h)
    );
    expect(await texts()).toEqual(expect.arrayContaining(["<b>bold</b>", "title", "x", "שלום"]));
    await watched.page.locator("main figure > svg").focus();
    await watched.page.keyboard.press("ArrowRight");
    const tip = await watched.page.locator("[aria-label=tip] text").textContent();
    for (const name of names) expect(tip).toContain(name);
  });
});

it("lines that coincide are seen: dashes of one show the other", async () => {
  await draw(
    "errorByHorizon",
    byHorizon(["ets", "mstl", "drift"], 12, (i, h) => (i < 2 ? h : 2 * h))
  );
  const lines = await watched.page
    .locator("[aria-label=line]")
    .evaluateAll((all) =>
      all.filter((line) => line.querySelector("path")).map((line) => line.getAttribute("stroke-dasharray"))
    );
  expect(lines.filter(Boolean)).toHaveLength(1);
  const radii = await watched.page
    .locator("[aria-label=dot] circle")
    .evaluateAll((all) => all.map((dot) => dot.getAttribute("r")));
  expect(new Set(radii)).toEqual(new Set(["3", "5"]));
});

it("versions keep their color on every chart of a page, also where some are missing", async () => {
  const fills = await watched.page.evaluate(() => {
    const {assignColors, errorByVersion} = kit.charts;
    assignColors(["drift", "ets", "mstl", "naive"]);
    const colorOf = (names: string[], name: string) => {
      const rows = names.map((version, i) => ({version, wape: i + 1}));
      const chart = errorByVersion(rows, {value: "wape"});
      document.querySelector("main")!.replaceChildren(chart);
      return chart.querySelectorAll("[aria-label=bar] rect")[names.indexOf(name)]!.getAttribute("fill");
    };
    return [
      colorOf(["drift", "ets", "mstl"], "mstl"),
      colorOf(["mstl"], "mstl"),
      colorOf(["mstl", "new"], "mstl")
    ];
  });
  expect(new Set(fills).size).toBe(1);
});

describe("keys and screen readers", () => {
  const svg = () => watched.page.locator("main figure > svg");
  const said = () => watched.page.locator("main [role=status]").textContent();

  it("arrows move along the points, the tip is shown and read out, Escape leaves", async () => {
    for (const [kind, rows, first] of [
      ["errorByVersion", byVersion({ets: 0.1, mstl: 0.2}), "Version ets: Weighted MAPE 10.0%. 1 of 2"],
      [
        "errorByHorizon",
        byHorizon(["ets", "mstl"], 3, (i, h) => (i + h) / 10),
        "Horizon 1: ets 10.0%, mstl 20.0%. 1 of 3"
      ],
      [
        "errorBySeries",
        bySeries(["ets", "mstl"], ["north", "south"], (i, j) => 0.5 - (i + j) / 10),
        "Series north: ets 50.0%, mstl 40.0%. 1 of 2"
      ]
    ] as const) {
      await draw(kind, [...rows]);
      await watched.page.keyboard.press("Tab");
      expect(await svg().evaluate((svg) => svg === document.activeElement)).toBe(true);
      await watched.page.keyboard.press("ArrowRight");
      expect(await said()).toBe(first);
      await watched.page.locator("[aria-label=tip] text").waitFor();
      await watched.page.keyboard.press("End");
      expect(await said()).toMatch(/(\d) of \1$/);
      await watched.page.keyboard.press("Escape");
      expect(await said()).toBe("");
      await expect.poll(() => watched.page.locator("[aria-label=tip] text").count()).toBe(0);
      await watched.page.evaluate(() => document.querySelector("main")!.replaceChildren());
    }
  });

  it("a button shows the data as a table, of some hundred rows at most", async () => {
    await draw(
      "errorByHorizon",
      byHorizon(["ets", "mstl"], 500, (i, h) => i + h),
      {title: "North"}
    );
    const button = watched.page.getByRole("button", {name: "Show as table: North: Weighted MAPE by horizon"});
    await button.focus();
    await watched.page.keyboard.press("Enter");
    const table = watched.page.getByRole("table");
    expect(await table.locator("caption").textContent()).toBe("The first 300 of 500 rows");
    expect(await table.locator("thead th").allTextContents()).toEqual(["Horizon", "ets", "mstl"]);
    expect(await table.locator("tbody tr").first().locator("th, td").allTextContents()).toEqual([
      "1",
      "100%",
      "200%"
    ]);
    await watched.page.keyboard.press("Enter");
    expect(await table.isVisible()).toBe(false);
    await draw("errorByVersion", byVersion({ets: 1}), {table: true});
    expect(await watched.page.getByRole("table").isVisible()).toBe(true);
    await draw("errorByVersion", byVersion({ets: 1}), {table: false});
    expect(await watched.page.getByRole("button").count()).toBe(0);
  });

  it("charts have names by their titles, and descriptions that name the best version", async () => {
    await draw("errorByVersion", byVersion({ets: 0.2, mstl: 0.1}), {title: "North"});
    expect(await svg().getAttribute("aria-label")).toBe("North: Weighted MAPE by version");
    expect(await svg().getAttribute("aria-description")).toBe(
      "The best is mstl, with 10.0%. mstl: 10.0%; ets: 20.0%."
    );
    await draw(
      "errorByHorizon",
      byHorizon(["ets", "mstl"], 2, (i, h) => i + h)
    );
    expect(await svg().getAttribute("aria-description")).toContain("The best on average is ets.");
  });

  it("have no fault that axe knows, with an open table, in light and dark", async () => {
    await watched.page.addScriptTag({
      path: resolve(import.meta.dirname, "../../node_modules/axe-core/axe.min.js")
    });
    for (const colorScheme of ["light", "dark"] as const) {
      await watched.page.emulateMedia({colorScheme});
      await draw(
        "errorBySeries",
        bySeries(["a", "b", "c", "d", "e", "f", "g"], ["north", "שלום"], (i, j) => i + j),
        {table: true}
      );
      await svg().focus();
      await watched.page.keyboard.press("ArrowRight");
      const {violations} = await watched.page.evaluate(() => axe.run("main"));
      expect(violations.map(({id, nodes}) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
});

it("on paper, charts are whole and light, also of a dark page", async () => {
  await draw("errorByVersion", byVersion({ets: 0.2, mstl: 0.1}));
  await watched.page.evaluate(() => document.documentElement.style.setProperty("color", "white"));
  await watched.page.emulateMedia({media: "print", colorScheme: "dark"});
  const style = await watched.page.locator("main figure").evaluate((figure) => {
    const {breakInside, color} = getComputedStyle(figure);
    return {breakInside, color, button: getComputedStyle(figure.querySelector("button")!).display};
  });
  expect(style).toEqual({breakInside: "avoid", color: "rgb(27, 30, 35)", button: "none"});
});

it("captions and notes have more contrast than a card's muted text", async () => {
  await draw(
    "errorBySeries",
    bySeries(["ets"], ["north", "south", "west"], (_, j) => j),
    {limit: 1, subtitle: "Jobs", caption: "Of 2024"}
  );
  const colors = await watched.page.locator("main figure").evaluate((figure) => {
    figure.parentElement!.className = "card";
    const of = (element: Element) => getComputedStyle(element);
    const note = [...figure.querySelectorAll("svg text")].find((text) => text.textContent === "and 2 more")!;
    const muted = figure.appendChild(document.createElement("span"));
    muted.style.color = "var(--theme-foreground-muted)";
    return {
      muted: of(muted).color,
      notes: [
        of(note).fill,
        of(figure.querySelector("h3")!).color,
        of(figure.querySelector("figcaption")!).color
      ]
    };
  });
  expect(new Set(colors.notes).size).toBe(1);
  expect(colors.notes).not.toContain(colors.muted);
});

it("the marks draw the same in a plot of one's own", async () => {
  const counts = await watched.page.evaluate(() => {
    const {charts, Plot} = kit;
    const rows = ["ets", "mstl"].flatMap((version) =>
      [1, 2].map((horizon) => ({version, horizon, series: `s${horizon}`, actual: 10, forecast: 10 + horizon}))
    );
    const plot = Plot.plot({
      color: charts.colorScale(["ets", "mstl"]),
      marks: [charts.errorByHorizonMark(rows), Plot.ruleY([0])]
    });
    const bars = Plot.plot({marks: [charts.errorByVersionMark(rows)]});
    const dots = Plot.plot({marks: [charts.errorBySeriesMark(rows)]});
    const none = Plot.plot({marks: [charts.errorByVersionMark([])]});
    document.querySelector("main")!.append(plot, bars, dots, none);
    return [
      plot.querySelectorAll("[aria-label=line] path").length,
      bars.querySelectorAll("[aria-label=bar] rect").length,
      dots.querySelectorAll("[aria-label=dot] circle").length,
      none.querySelectorAll("rect").length
    ];
  });
  expect(counts).toEqual([2, 2, 4, 0]);
});

it("the marks label the axes of a plot of one's own", async () => {
  const labels = await watched.page.evaluate(() => {
    const {charts, Plot} = kit;
    const rows = ["ets", "mstl"].flatMap((version) =>
      [1, 2].map((horizon) => ({version, horizon, series: `s${horizon}`, actual: 10, forecast: 10 + horizon}))
    );
    const plots = [
      charts.errorByHorizonMark(rows, {unit: "months"}),
      charts.errorByVersionMark(rows),
      charts.errorBySeriesMark(rows)
    ].map((mark) => Plot.plot({marks: [mark]}));
    return plots.map((plot) =>
      Array.from(plot.querySelectorAll("[aria-label$='axis label']"), (label) =>
        label.textContent.replaceAll(/[↑→]/g, "").trim()
      )
    );
  });
  expect(labels).toEqual([["Weighted MAPE", "Horizon (months)"], ["Weighted MAPE"], ["Weighted MAPE"]]);
});

it("the marks have rings and dashes only where values are near each other in a plot of one's own", async () => {
  const drawn = await watched.page.evaluate(() => {
    const {charts, Plot} = kit;
    // Far from zero, which the axis of such a plot doesn't have.
    const rowsOf = (values: number[]) =>
      values.flatMap((value, i) =>
        [1, 2].map((horizon) => ({
          version: `v${i}`,
          series: "a",
          feature: "a",
          horizon,
          value: value + horizon
        }))
      );
    const marks = (values: number[]) => {
      const rows = rowsOf(values);
      const first = rows.filter(({horizon}) => horizon === 1);
      return [
        charts.errorByHorizonMark(rows, {value: "value"}),
        charts.errorBySeriesMark(first, {value: "value"}),
        charts.importanceByVersionMark(first, {importance: "value"})
      ];
    };
    return [
      [1000, 1001, 1002],
      [1000, 1000, 1002]
    ].map((values) =>
      marks(values).map((mark) => {
        const plot = Plot.plot({color: charts.colorScale(["v0", "v1", "v2"]), marks: [mark]});
        const radii = Array.from(plot.querySelectorAll("circle"), (dot) => Number(dot.getAttribute("r")));
        return {
          ringed: radii.some((radius) => radius !== radii.at(-1)),
          dashed: plot.querySelector("[stroke-dasharray]") !== null
        };
      })
    );
  });
  expect(drawn).toEqual([
    [
      {ringed: false, dashed: false},
      {ringed: false, dashed: false},
      {ringed: false, dashed: false}
    ],
    [
      {ringed: true, dashed: true},
      {ringed: true, dashed: false},
      {ringed: true, dashed: false}
    ]
  ]);
});

it("the marks name all versions and series, in their order, in a plot of one's own", async () => {
  const names = await watched.page.evaluate(() => {
    const {charts, Plot} = kit;
    const errors = {zebra: 0, ant: 0.3, none: NaN, bee: 0.1};
    const rows = Object.entries(errors).map(([name, value]) => ({version: name, series: name, value}));
    const plots = [
      Plot.plot({marks: [charts.errorByVersionMark(rows, {value: "value", highlight: ["bee"]})]}),
      Plot.plot({marks: [charts.errorBySeriesMark(rows, {value: "value"})]})
    ];
    return plots.map((plot) => {
      document.querySelector("main")!.append(plot);
      return Array.from(
        plot.querySelectorAll('[aria-label="y-axis tick label"] text'),
        (text) => text.textContent
      );
    });
  });
  expect(names).toEqual([
    ["zebra", "bee", "ant", "none"],
    ["ant", "bee", "zebra"]
  ]);
});

it.each(["interval_coverage", "performance.interval_coverage.average_test"])(
  "the best %s is the nearest to its nominal level, which is beside the name",
  async (metric) => {
    const drawn = (nominal: number | undefined) =>
      watched.page.evaluate(
        ([metric, nominal]) => {
          const shares = {low: 0.64, high: 0.97, near: 0.93};
          const rows = Object.entries(shares).map(([version, value]) => ({metric, version, value}));
          const element = kit.charts.metricsByVersion(rows, {nominal, width: 260});
          document.querySelector("main")!.replaceChildren(element);
          const texts = Array.from(element.querySelectorAll("figure > svg text"), (text) => {
            const {x, y, width, height} = text.getBoundingClientRect();
            return {text: text.textContent, x, y, width, height};
          });
          const described = element.querySelector("svg")!.getAttribute("aria-description");
          return {texts, described};
        },
        [metric, nominal] as const
      );
    const {texts, described} = await drawn(0.9);
    expect(described).toBe("The best is near, with 93.0%. near: 93.0%; high: 97.0%; low: 64.0%.");
    const find = (start: RegExp) => texts.find(({text}) => start.test(text))!;
    const [target, label] = [find(/^Target 90%$/), find(/^Interval|^performance/)];
    const apart = label.x + label.width < target.x || label.y + label.height <= target.y + 1;
    expect(apart).toBe(true);
    expect((await drawn(undefined)).described).toBe("low: 64.0%; high: 97.0%; near: 93.0%.");
  }
);

it.each([640, 240])("a metric's long name is cut to the width of its chart, at %i pixels", async (width) => {
  const wide = await watched.page.evaluate((width) => {
    const rows = ["mean_absolute_percentage_error", "weighted_mean_absolute_percentage_error"].map(
      (name) => ({
        metric: `performance.${name}.average_test`,
        version: "ets",
        value: 0.1
      })
    );
    const element = kit.charts.metricsByVersion(rows, {width});
    document.querySelector("main")!.replaceChildren(element);
    return Array.from(element.querySelectorAll("figure > svg"), (svg) => {
      const {left, right} = svg.getBoundingClientRect();
      const texts = Array.from(svg.querySelectorAll("text"), (text) => ({
        text: text.textContent,
        box: text.getBoundingClientRect()
      }));
      return {
        names: texts.map(({text}) => text).filter((text) => text.startsWith("performance")),
        out: texts.filter(({box}) => box.left < left - 1 || box.right > right + 1).map(({text}) => text)
      };
    });
  }, width);
  expect(wide.flatMap(({out}) => out)).toEqual([]);
  const names = wide.flatMap(({names}) => names);
  expect(names).toEqual([
    expect.stringMatching(/^performance.*….*test$/),
    expect.stringMatching(/^performance.*….*test$/)
  ]);
});
