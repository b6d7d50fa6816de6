// The pages on forecasts and on models from end to end, in Chromium, their numbers held against native DuckDB.
import {readFile} from "node:fs/promises";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, it} from "vitest";
import {visit, type WatchedPage} from "./chromium.js";
import {demoInBrowser} from "./demo-in-browser.js";
import {
  chooseSector,
  expectDescribes,
  expectMetrics,
  measureByVersion,
  written,
  type Of
} from "./demo-numbers.js";
import {type Native} from "./site-native.js";
import {card, chart, description, expectReads, settled, tableRows} from "./site-page.js";
import type {Demo} from "./site.js";

let demo: Demo;
let browser: Browser;
let native: Native;

beforeAll(async () => {
  const started = await demoInBrowser(inject("keptDemo"));
  ({demo, browser, native} = started);
  return started.close;
});

const byVersion = (measure: string, of: Of = {}) => measureByVersion(native, measure, of);

/** Opens a page and waits until all that it shows is there. */
async function open(path: string): Promise<WatchedPage> {
  const watched = await visit(browser, demo.url + path);
  await watched.page.locator(".picture svg, .picture table").first().waitFor();
  await settled(watched.page);
  return watched;
}

describe("the forecast page", () => {
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    watched = await open("/forecast");
    ({page} = watched);
  });

  afterAll(() => page?.context().close());

  it("redraws for another sector, month and version", async () => {
    const origins = await native.rows("SELECT DISTINCT origin FROM forecast ORDER BY origin");
    const origin = String(origins[4]!.origin);
    await chooseSector(page, "Construction");
    await page.getByLabel("Forecast origin").selectOption({label: written(origin)});
    await page.getByLabel("mstl").check();

    const heading = `Thousand jobs; forecast by mstl, origin ${written(origin)}`;
    await page.getByRole("heading", {name: heading, exact: true}).waitFor();
    const made = `sector = 'Construction' AND origin = '${origin}'`;
    const [of] = await native.rows(
      `SELECT min(month) AS first, max(month) AS last, arg_max(actual, month) AS actual, arg_max(forecast, month) AS forecast
       FROM forecast WHERE ${made} AND version = 'mstl'`
    );
    const said = () => description(chart(page, "Forecast chart"));
    const span = `Forecasts from ${written(of!.first!)} to ${written(of!.last!)}`;
    // The chart is drawn again for each of the three.
    await expect
      .poll(async () => {
        const text = await said();
        expect(text).toContain(span);
        const [, actual, forecast] = /the last (\S+); .*, the last (\S+?)(?: \(.*\))?\.$/.exec(text)!;
        expectReads(actual!, Number(of!.actual), "the last actual value");
        expectReads(forecast!, Number(of!.forecast), "the last forecast");
      })
      .toBeUndefined();

    await card(page, "Construction").waitFor();
    const ends = await native.rows(
      `SELECT version, arg_max(forecast, month) AS value FROM forecast WHERE ${made} GROUP BY version`
    );
    await expectDescribes(page, "Forecasts by version", ends);
    await expectDescribes(
      page,
      "Weighted MAPE by horizon",
      await byVersion("Weighted MAPE", {where: "sector = 'Construction' AND horizon = 12"})
    );
  });

  it("has no empty strip in a card, below what is in it", async () => {
    const {page} = await open("/forecast");
    const strips = () =>
      page.locator(".card:has(.picture)").evaluateAll((cards) =>
        cards.map((card) => {
          const drawn = [...card.querySelectorAll("svg, button, p:not(:empty)")].map(
            (part) => part.getBoundingClientRect().bottom
          );
          return Math.round(card.getBoundingClientRect().bottom - Math.max(...drawn));
        })
      );
    // The padding is 16 pixels.
    await expect
      .poll(async () => {
        const all = await strips();
        return all.length === 5 && all.every((strip) => strip <= 24) ? "filled" : all;
      })
      .toBe("filled");
    await page.context().close();
  });

  it("opens with a forecast whose actual values are known", async () => {
    const {page} = await open("/forecast");
    const origin = await native.value(
      "SELECT max(origin) FROM forecast WHERE horizon = 12 AND actual IS NOT NULL"
    );
    await page.getByRole("heading", {name: new RegExp(`origin ${written(origin)}$`)}).waitFor();
    expect(new URL(page.url()).search).toBe("");
    await page.context().close();
  });

  it("keeps what is chosen in its address, and opens with what the address says", async () => {
    await chooseSector(page, "Trade, transportation, and utilities");
    await page.getByLabel("Forecast origin").selectOption({index: 3});
    await page.getByLabel("ets").check();
    // As the page has it: Playwright is told of it a moment later.
    const address = await page.evaluate(() => location.href);
    const {searchParams} = new URL(address);
    expect(searchParams.get("sector")).toBe("Trade, transportation, and utilities");
    const origin = searchParams.get("origin")!;
    expect(origin).toMatch(/^\d{4}-\d\d$/);
    const again = await visit(browser, address);
    await again.page
      .getByRole("heading", {name: new RegExp(`forecast by ets, origin ${written(origin)}$`)})
      .waitFor();
    await card(again.page, "Trade, transportation, and utilities").waitFor();
    expect(again.errors).toEqual([]);
    await again.page.context().close();
  });

  it("saves what is shown as CSV, Parquet, SVG and PNG", async () => {
    const {page} = await open("/forecast?sector=Construction&version=mstl");
    const savedPath = async (format: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("group", {name: "Download"}).getByRole("button", {name: format}).click()
      ]);
      expect(download.suggestedFilename()).toMatch(/^construction-mstl-\w+-\d{4}\.\w+$/);
      return download.path();
    };
    const save = async (format: string) => readFile(await savedPath(format));
    const [head, ...lines] = String(await save("CSV"))
      .trimEnd()
      .split("\r\n");
    expect(head!.split(",").slice(0, 2)).toEqual(["month", "actual"]);
    const [known] = await native.rows(
      `SELECT count(*) AS n FROM history WHERE sector = 'Construction' AND month <= (
         SELECT max(origin) FROM forecast WHERE horizon = 12 AND actual IS NOT NULL)`
    );
    expect(lines).toHaveLength(Number(known!.n) + 12);
    const columns = await native.rows(
      `SELECT count(*) AS n, count(forecast) AS made, sum(actual) AS total FROM read_parquet('${await savedPath("Parquet")}')`
    );
    const [all] = await native.rows(
      `SELECT sum(employees) AS total FROM history WHERE sector = 'Construction' AND month <= '2015-12-01'`
    );
    expect(columns[0]).toMatchObject({n: lines.length, made: 12});
    expect(Number(columns[0]!.total)).toBeCloseTo(Number(all!.total), 3);
    const svg = String(await save("SVG"));
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain("Construction");
    expect(svg).not.toMatch(/var\(--|color-mix\(/);
    const png = await save("PNG");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.length).toBeGreaterThan(10_000);
    await page.context().close();
  });

  it("shows whole quarters and years as means, and says what it leaves out", async () => {
    const {page} = await open("/forecast?sector=Manufacturing&by=quarter&origin=2014-10&version=ets");
    const quarters = `WITH months AS (
        SELECT month, employees AS value FROM history WHERE sector = 'Manufacturing' AND month <= '2014-10-01'
        UNION ALL SELECT month, forecast FROM forecast
        WHERE sector = 'Manufacturing' AND origin = '2014-10-01' AND version = 'ets')
      SELECT date_trunc('quarter', month) AS quarter, avg(value) AS value, count(*) AS n FROM months GROUP BY quarter`;
    const [last] = await native.rows(`FROM (${quarters}) WHERE n = 3 ORDER BY quarter DESC LIMIT 1`);
    const said = () => description(chart(page, "Forecast chart"));
    await expect
      .poll(async () => {
        const [, forecast] = /, the last (\S+?)(?: \(.*\))?\.$/.exec(await said())!;
        expectReads(forecast!, Number(last!.value), "the last quarter");
      })
      .toBeUndefined();
    await page.getByText("Left out as partial: Q4 2015 (1 of 3 months).").waitFor();
    await page.getByLabel("year").check();
    await page.getByText("Left out as partial: 2015 (10 of 12 months).").waitFor();
    await page.context().close();
  });

  it("goes from the total to a part by buttons, keeping the focus in place", async () => {
    const {page} = await open("/forecast");
    await page.getByRole("button", {name: "Goods-producing"}).press("Enter");
    await page.getByRole("button", {name: "Manufacturing"}).press("Enter");
    await page.getByRole("button", {name: "Durable goods", exact: true}).press("Enter");
    await card(page, "Durable goods").waitFor();
    const path = page.getByRole("navigation", {name: "Sectors that contain this one"}).getByRole("button");
    await expect
      .poll(() => path.allInnerTexts())
      .toEqual(["Total nonfarm", "Goods-producing", "Manufacturing"]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Durable goods");
    await page.getByText("Contains no other sector").waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get("sector")).toBe("Durable goods");
    await page.context().close();
  });

  it("zooms by keys and by dragging, and nothing moves meanwhile", async () => {
    const {page, errors} = await open("/forecast");
    await page.evaluate(() => {
      const shifts: number[] = Object.assign(globalThis, {shifts: []}).shifts;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as {value: number}).value);
      }).observe({type: "layout-shift"});
    });
    const from = page.getByRole("slider", {name: "Zoom: from"});
    const said = page.locator(".brush-said");
    await expect.poll(() => said.innerText()).toContain("All months");
    await from.press("PageUp");
    await from.press("ArrowRight");
    expect(await from.getAttribute("aria-valuetext")).toBe("Feb 2007");
    expect(await said.innerText()).toContain("Feb 2007 to Dec 2016");
    const ticks = () =>
      chart(page, "Forecast chart").locator('g[aria-label="x-axis tick label"]').innerHTML();
    await expect.poll(ticks).not.toContain("2006");
    await expect.poll(() => new URL(page.url()).searchParams.get("zoom")).toBe("2007-02..2016-12");
    const brush = (await page.locator(".brush").boundingBox())!;
    await page.mouse.move(brush.x + brush.width / 2, brush.y + 20);
    await page.mouse.down();
    await page.mouse.move(brush.x + brush.width / 2 + 10, brush.y + 20, {steps: 3});
    await page.mouse.up();
    // Within the part that is chosen a drag moves it, and here it is at the end already.
    expect(await from.getAttribute("aria-valuetext")).toBe("Feb 2007");
    await page.getByRole("button", {name: "Show all"}).click();
    await expect.poll(ticks).toContain("2006");
    await page.mouse.move(brush.x + brush.width * 0.75, brush.y + 20);
    await page.mouse.down();
    await page.mouse.move(brush.x + brush.width, brush.y + 20, {steps: 5});
    await page.mouse.up();
    await expect.poll(ticks).not.toContain("2013");
    for (const by of ["quarter", "year", "month"]) await page.getByLabel(by, {exact: true}).check();
    await page.getByLabel("Months ahead").selectOption({label: "up to 3"});
    await page.getByLabel("Events").uncheck();
    await settled(page);
    const shifts = await page.evaluate(() => (globalThis as unknown as {shifts: number[]}).shifts);
    expect(Math.max(0, ...shifts)).toBeLessThan(0.05);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("names events at their times, and levels", async () => {
    const {page} = await open("/forecast");
    const texts = () => chart(page, "Forecast chart").locator('g[aria-label="text"] text').allTextContents();
    await expect
      .poll(texts)
      .toEqual(expect.arrayContaining(["Recession begins", "Recession ends", "Peak before 2009"]));
    await settled(page);
    const covered = await chart(page, "Forecast chart").evaluate((figure) => {
      const boxes = Array.from(figure.querySelectorAll('g[aria-label="text"] text'))
        .filter((text) => /Recession|shutdown/.test(text.textContent))
        .map((text) => ({name: text.textContent, box: text.getBoundingClientRect()}));
      const lines = Array.from(figure.querySelectorAll<SVGPathElement>('g[aria-label="line"] path'));
      const points = lines.flatMap((line) =>
        Array.from({length: Math.ceil(line.getTotalLength())}, (_, i) =>
          line.getPointAtLength(i).matrixTransform(line.getScreenCTM()!)
        )
      );
      const isIn = ({x, y}: DOMPoint, {left, right, top, bottom}: DOMRect) =>
        x > left && x < right && y > top && y < bottom;
      return {
        names: boxes.length,
        points: points.length,
        covering: boxes.filter(({box}) => points.some((point) => isIn(point, box))).map(({name}) => name)
      };
    });
    expect(covered).toMatchObject({names: 3, covering: []});
    expect(covered.points).toBeGreaterThan(100);
    await page.getByLabel("Events").uncheck();
    await expect.poll(texts).not.toContain("Recession begins");
    await page.context().close();
  });
});

describe("the page of a model", () => {
  let page: Page;

  beforeAll(async () => {
    ({page} = await open("/models/employment-model"));
  });

  afterAll(() => page?.context().close());

  it("gives the platform's metrics, which are those of its forecasts", async () => {
    await expectMetrics(native, page, "Test-set metrics, best highlighted", 6, {});
  });

  it("gives the hyperparameters that differ, and no others", async () => {
    const cells = await tableRows(card(page, "Hyperparameters that differ").locator("table"));
    expect(cells).toEqual([
      ["models_to_include", '["Last_Interval"]', '["Sma"]', '["Additive"]', '["Additive"]'],
      ["window", "–", "3", "–", "–"],
      ["season_lengths", "–", "–", "–", "[12]"]
    ]);
  });

  it("tells how far versions are from one that is chosen", async () => {
    await page.getByLabel("Difference from").selectOption("last-interval");
    const deltas = page.locator("table.comparison td small");
    await expect.poll(() => deltas.count()).toBe(18);
    await page.getByText("nominal 90%", {exact: true}).waitFor();
    const values = await byVersion("Weighted MAPE");
    const of = (name: string) => Number(values.find(({version}) => version === name)!.value);
    const row = card(page, "Test-set metrics, best highlighted").locator("tbody tr").first();
    const names = await page.locator("table.comparison thead th").allInnerTexts();
    const cell = row.locator("td").nth(names.indexOf("mstl") - 1);
    expectReads(await cell.locator("small").innerText(), of("mstl") - of("last-interval"), "mstl");
  });

  it("compares the versions that are picked, and keeps the ones before with fewer than two", async () => {
    for (const name of ["moving-average", "last-interval"])
      await page.getByLabel(name, {exact: true}).uncheck();
    const heads = () => card(page, "Test-set metrics, best highlighted").locator("thead th").allInnerTexts();
    await expect.poll(heads).toEqual(["Metric", "ets", "mstl"]);
    await page.getByLabel("ets", {exact: true}).uncheck();
    await page.getByText("Choose two to six versions: 1 chosen.").waitFor();
    expect(await heads()).toEqual(["Metric", "ets", "mstl"]);
  });

  it("draws the forecasts of one series, of the versions that are picked", async () => {
    const {page, errors} = await open("/models/employment-model?versions=ets,mstl&series=Construction");
    const ends = await native.rows(
      `SELECT version, arg_max(forecast, month) AS value FROM forecast WHERE sector = 'Construction' AND version IN ('ets', 'mstl')
       AND origin = (SELECT max(origin) FROM forecast WHERE horizon = 12 AND actual IS NOT NULL) GROUP BY version`
    );
    await expectDescribes(page, "Forecasts by version", ends);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe("the page of models", () => {
  it("lists the models with their best versions, each linked to its page", async () => {
    const {page, errors} = await open("/models");
    const cells = await tableRows(card(page, "All models").locator("table"));
    const [best] = await byVersion("Weighted MAPE");
    const temperatures = {table: "weather_forecast", where: "measure IN ('temp_max', 'temp_min')"};
    const [warmest] = await byVersion("MAE", temperatures);
    expect(cells.map(([name, , versions, , version]) => [name, versions, version])).toEqual([
      ["Employment aiCast", "4", best!.version],
      ["Temperature aiCast", "4", warmest!.version]
    ]);
    expectReads(cells[0]![5]!.split(" ")[0]!, Number(best!.value), "the best of employment");
    expectReads(cells[1]![5]!.split(" ")[0]!, Number(warmest!.value), "the best of temperature");
    await page.getByRole("link", {name: "Temperature aiCast"}).click();
    await page.getByRole("heading", {name: "Temperature aiCast"}).waitFor();
    await expectMetrics(native, page, "Test-set metrics, best highlighted", 4, temperatures);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe("a version", () => {
  it("has the same color on all pages", async () => {
    /** The color of each version, by the swatches of a chart's key. */
    const colorsOn = async (path: string) => {
      const {page} = await open(path);
      const found = await page.evaluate(() => {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d")!;
        const versions = ["ets", "mstl", "last-interval", "moving-average"];
        const colors: Record<string, string[]> = {};
        const name = (element: Element) => element.textContent.trim();
        for (const item of document.querySelectorAll("figure span, .picture span")) {
          if (!versions.includes(name(item)) || item.querySelector("span")) continue;
          const swatch = item.querySelector("svg *") ?? item.querySelector("svg");
          if (!swatch) continue;
          const {stroke, fill} = getComputedStyle(swatch);
          canvas.fillStyle = stroke === "none" ? fill : stroke;
          canvas.fillRect(0, 0, 1, 1);
          (colors[name(item)] ??= []).push(canvas.getImageData(0, 0, 1, 1).data.join());
        }
        return colors;
      });
      await page.context().close();
      return found;
    };
    const [first, ...others] = await Promise.all(
      ["/forecast", "/", "/accuracy", "/models/employment-model"].map(colorsOn)
    );
    const colors = Object.fromEntries(Object.entries(first!).map(([version, [color]]) => [version, color]));
    expect(Object.keys(colors).sort()).toEqual(["ets", "last-interval", "moving-average", "mstl"]);
    expect(new Set(Object.values(colors)).size).toBe(4);
    for (const page of [first!, ...others]) {
      expect(Object.keys(page).length).toBe(4);
      for (const [version, found] of Object.entries(page))
        expect(new Set(found), version).toEqual(new Set([colors[version]]));
    }
  });
});
