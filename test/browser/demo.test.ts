// The demo from end to end: one command builds and serves it, and in Chromium every page draws what the platform holds, for
// everyone, on every screen, asking no other host. One demo is started for all of it.
import {readdir, readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import type {Browser, Locator, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {visit, type WatchedPage} from "./chromium.js";
import {demoInBrowser} from "./demo-in-browser.js";
import {
  arePooled,
  chooseSector,
  expectDescribes,
  expectMetrics,
  formula,
  measureByVersion,
  written,
  type Of
} from "./demo-numbers.js";
import {type Native} from "./site-native.js";
import {
  blankBelow,
  card,
  chart,
  description,
  expectReads,
  pairs,
  settled,
  sticksOut,
  tableRows,
  violations
} from "./site-page.js";
import type {Demo} from "./site.js";

let demo: Demo;
let browser: Browser;
let native: Native;

beforeAll(async () => {
  const started = await demoInBrowser();
  ({demo, browser, native} = started);
  return started.close;
});

const pages = [
  {
    path: "/",
    charts: [
      "Forecast chart",
      "Expected change by sector",
      "Weighted MAPE by version",
      "Weighted MAPE by horizon",
      "Jobs by sector"
    ]
  },
  {
    path: "/forecast",
    charts: [
      "Forecast chart",
      "Forecasts by version",
      "Weighted MAPE by horizon",
      "Forecasts by origin",
      "Forecast revisions"
    ]
  },
  {
    path: "/accuracy",
    charts: [
      "Weighted MAPE by version",
      "Weighted MAPE by horizon",
      "Weighted MAPE by origin",
      "Difference of Weighted MAPE by version",
      "Bias over time",
      "Forecast value added by version",
      "Forecast value added by sector"
    ]
  },
  {path: "/models", charts: []},
  {
    path: "/models/employment-model",
    charts: [
      "Hyperparameters by version",
      "Weighted MAPE by time of training",
      "Weighted MAPE by horizon",
      "Forecasts by version",
      "Weighted MAPE by sector",
      "Weighted MAPE by last-interval and by mstl",
      "Coverage by horizon",
      "Residuals over time",
      "mstl: Residuals: histogram"
    ]
  },
  {
    path: "/models/weather-model",
    charts: [
      "MAE by time of training",
      "Mean absolute error by horizon",
      "Forecasts by version",
      "Highest temperature (°C): Mean absolute error by version",
      "Precipitation (mm): Mean absolute error by version",
      "Mean absolute error relative to last-interval by last-interval and by mstl",
      "Coverage by horizon",
      "Residuals over time"
    ]
  },
  {path: "/query", charts: []},
  {path: "/data", charts: ["Values of sector", "Values of month"]},
  {
    path: "/errors",
    charts: ["by month", "by version", "by months ahead", "by sector"].map((by) => `Weighted MAPE, ${by}`)
  },
  {path: "/weather", charts: ["Forecast chart", "Mean absolute error by horizon"]}
];

/** Opens a page of the site and waits until all that it shows is there. */
async function open(path: string): Promise<WatchedPage> {
  const watched = await visit(browser, demo.url + path);
  await drawn(watched.page, path);
  return watched;
}

async function drawn(page: Page, path: string): Promise<void> {
  for (const name of pages.find((each) => each.path === path.split("?")[0])!.charts)
    await chart(page, name).waitFor();
  await settled(page);
}

const byVersion = (measure: string, of: Of = {}) => measureByVersion(native, measure, of);

describe.each(pages)("$path", ({path, charts}) => {
  let watched: WatchedPage;

  beforeAll(async () => {
    watched = await open(path);
  });

  afterAll(() => watched?.page.context().close());

  it("draws its charts", async () => {
    for (const name of charts) {
      const marks = chart(watched.page, name).locator("path[d], rect, circle");
      expect(await marks.count(), name).toBeGreaterThan(0);
      expect((await description(chart(watched.page, name))).length, name).toBeGreaterThan(20);
    }
  });

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 390]) {
      it(`fits and can be used by everyone: ${colorScheme}, ${width} pixels`, async () => {
        const {page} = watched;
        await page.emulateMedia({colorScheme});
        await page.setViewportSize({width, height: 900});
        // Charts follow the width in a frame or two.
        await expect.poll(() => sticksOut(page)).toEqual([]);
        await settled(page);
        expect(await violations(page)).toEqual([]);
      });
    }
  }

  it("shows no error, logs none, and asks no other host", async () => {
    expect(await watched.page.locator(".observablehq--error").allInnerTexts()).toEqual([]);
    expect(watched.errors).toEqual([]);
    expect(watched.foreignRequests).toEqual([]);
  });
});

describe("the overview", () => {
  let page: Page;

  beforeAll(async () => {
    ({page} = await open("/"));
  });

  afterAll(() => page?.context().close());

  /** The label, value and note of each card of a number. */
  const cards = () =>
    page
      .locator(".kpi")
      .evaluateAll((cards) =>
        cards.map((card) => [...card.children].map((part) => (part as HTMLElement).innerText))
      );

  it("needs no database", async () => {
    const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({name}) => name));
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((url) => /duckdb|parquet|\.wasm/.test(url))).toEqual([]);
    expect(page.workers()).toEqual([]);
  });

  it("shows the numbers that matter", async () => {
    const total = "sector = 'Total nonfarm'";
    const [now] = await native.rows(`FROM history WHERE ${total} ORDER BY month DESC LIMIT 1`);
    const [best] = await byVersion("Weighted MAPE", {where: arePooled});
    const [then] = await native.rows(
      `FROM forecast WHERE ${total} AND version = '${best!.version}' AND actual IS NULL ORDER BY month DESC LIMIT 1`
    );
    const [jobs, outlook, change, error] = await cards();
    const [employees, forecast] = [Number(now!.employees), Number(then!.forecast)];
    const inMillions = (text: string) => text.replace(" million", "");

    expect(jobs![0]).toBe(`Last actual: ${written(now!.month!)}`);
    expectReads(inMillions(jobs![1]!), employees / 1_000, "jobs now");
    expect(outlook![0]).toBe(`Forecast: ${written(then!.month!)}`);
    expectReads(inMillions(outlook![1]!), forecast / 1_000, "jobs then");
    const [, lower, upper] = /^90% interval (\S+) million – (\S+) million$/.exec(outlook![2]!)!;
    expectReads(lower!, Number(then!.lower) / 1_000, "lower");
    expectReads(upper!, Number(then!.upper) / 1_000, "upper");
    expect(change![0]).toBe("12-month change");
    expectReads(change![1]!, forecast / employees - 1, "change");
    const [, least, most] = /^90% interval (\S+) to (\S+)$/.exec(change![2]!)!;
    expectReads(least!, Number(then!.lower) / employees - 1, "the least change");
    expectReads(most!, Number(then!.upper) / employees - 1, "the largest change");
    expect(error![0]).toBe(`Weighted MAPE of ${best!.version}`);
    expectReads(error![1]!, Number(best!.value), "weighted MAPE");
    const all = await byVersion("Weighted MAPE", {where: arePooled});
    const naive = all.find(({version}) => version === "last-interval")!;
    expectReads(error![2]!.split(" ").at(-1)!, Number(naive.value), "the naive forecast's");
  });

  it("pools sectors that are the whole together", async () => {
    const apart = await native.value(
      `SELECT max(abs(parts - whole)) FROM (SELECT month, sum(employees) FILTER (${arePooled}) AS parts,
         sum(employees) FILTER (sector = 'Total nonfarm') AS whole FROM history GROUP BY month)`
    );
    expect(Number(apart)).toBeLessThan(1);
  });

  it("names the sectors with the largest errors, and what of them the naive forecast has", async () => {
    const [best] = await byVersion("Weighted MAPE", {where: arePooled});
    const bySector = (version: unknown) =>
      native.rows(
        `SELECT sector, ${formula["Weighted MAPE"]!} AS value FROM forecast
         WHERE actual IS NOT NULL AND version = '${String(version)}' AND ${arePooled} GROUP BY sector ORDER BY value DESC`
      );
    const worst = (await bySector(best!.version)).slice(0, 5);
    const naive = new Map((await bySector("last-interval")).map((row) => [row.sector, Number(row.value)]));
    const cells = await tableRows(card(page, "Largest errors").locator("table"));
    expect(cells.map(([sector]) => sector)).toEqual(worst.map(({sector}) => sector));
    for (const [i, [sector, error, baseline, gain]] of cells.entries()) {
      expectReads(error!, Number(worst[i]!.value), sector!);
      expectReads(baseline!, naive.get(sector)!, `the naive forecast of ${sector}`);
      expectReads(gain!, 1 - Number(worst[i]!.value) / naive.get(sector)!, `gain in ${sector}`);
    }
    expect(await card(page, "Largest errors").getByRole("status").innerText()).toBe("5 of 15 rows");
  });

  it("forecasts each sector", async () => {
    const [best] = await byVersion("Weighted MAPE", {where: arePooled});
    const changes = await native.rows(
      `SELECT sector, arg_max(forecast, forecast.month) / arg_max(employees, history.month) - 1 AS change
       FROM forecast JOIN history USING (sector) WHERE version = '${best!.version}' AND actual IS NULL AND ${arePooled}
       GROUP BY sector ORDER BY change DESC`
    );
    const bars = chart(page, "Expected change by sector");
    const said = pairs(await description(bars));
    expect([...said.keys()]).toHaveLength(15);
    const labels = await bars.locator('g[aria-label="text"] text').allTextContents();
    for (const [i, {sector, change}] of changes.entries()) {
      expectReads(said.get(sector as string)!, Number(change), sector as string);
      expectReads(labels[i]!, Number(change), `the label of ${sector}`);
    }
  });

  it("goes from the total to the sectors that it is made of", async () => {
    const jobs = await native.rows(
      `SELECT sector, employees FROM history WHERE month = (SELECT max(month) FROM history) AND sector <> 'Total private'`
    );
    const tree = chart(page, "Jobs by sector");
    const labels = await tree.locator("text").allTextContents();
    for (const {sector, employees} of jobs) {
      expect(labels, "a name").toContain(sector);
      const size = Number(employees);
      const said = size >= 1_000 ? `${(size / 1_000).toFixed(1)} million` : `${size.toFixed(0)} thousand`;
      expect(labels, sector as string).toContain(said);
    }
    const sizes = jobs.map(({employees}) => Number(employees)).sort((a, b) => a - b);
    const widths = await tree
      .locator("[aria-label=bar] rect")
      .evaluateAll((all) => all.map((bar) => Number(bar.getAttribute("width"))));
    expect(widths).toHaveLength(sizes.length);
    for (const [i, width] of widths.sort((a, b) => a - b).entries())
      expect(width / widths.at(-1)!).toBeCloseTo(sizes[i]! / sizes.at(-1)!, 2);
  });

  it("says what is new in the data, and that the first edition has nothing to compare with", async () => {
    const changes = card(page, "What changed last");
    expect(await changes.locator(".changes").innerText()).toMatch(
      /^Nothing yet: these pages have the first data/
    );
    const changed = await browser.newPage();
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    await changed.route(/\/catalog\.[^/]*json/, async (route) => {
      const response = await route.fetch();
      const entries = (await response.json()) as {file: string}[];
      const changes: Record<string, object> = {
        "employment-outlook": {changed_at: at(5), rows: 2_904, rows_before: 2_882},
        "employment-history": {changed_at: at(60), rows: 2_640, rows_before: 2_640},
        "employment-latest": {changed_at: at(5), rows: 1, rows_before: 2},
        "employment-forecast": {changed_at: at(5), rows: 13_728, rows_before: 13_729},
        "employment-model-versions": {changed_at: at(120), rows: 5, rows_before: 4}
      };
      await route.fulfill({response, json: entries.map((entry) => ({...entry, ...changes[entry.file]}))});
    });
    await changed.goto(demo.url);
    const items = card(changed, "What changed last").locator("li");
    await items.first().waitFor();
    expect((await items.allTextContents()).map((text) => text.replaceAll(/\s+/g, " ").trim())).toEqual([
      "Employment forecast 1 row fewer, 13,728 in all 5 minutes ago",
      "Employment outlook 22 rows more, 2,904 in all 5 minutes ago",
      "Employment history new values in 2,640 rows 1 hour ago",
      "Employment aiCast 1 version more, 5 in all 2 hours ago"
    ]);
    await items.filter({hasText: "Employment outlook"}).getByRole("link").click();
    await changed.getByText("2,904").first().waitFor();
    expect(await changed.getByLabel("Dataset").locator("option:checked").textContent()).toContain(
      "Employment outlook"
    );
    await changed.close();
  });

  it("compares the versions", async () => {
    const wape = await byVersion("Weighted MAPE", {where: arePooled});
    await expectDescribes(page, "Weighted MAPE by version", wape);
    const labels = await chart(page, "Weighted MAPE by version")
      .locator('g[aria-label="text"] text')
      .allTextContents();
    for (const [i, {version, value}] of wape.entries()) {
      expectReads(labels[i]!, Number(value), `the label of ${version}`);
    }
    await expectDescribes(
      page,
      "Weighted MAPE by horizon",
      await byVersion("Weighted MAPE", {where: `horizon = 12 AND ${arePooled}`})
    );
  });

  it("says what is under the pointer", async () => {
    const [best] = await byVersion("Weighted MAPE", {where: arePooled});
    const [then] = await native.rows(
      `FROM forecast WHERE sector = 'Total nonfarm' AND version = '${best!.version}' AND actual IS NULL
       ORDER BY month DESC LIMIT 1`
    );
    const outlook = chart(page, "Forecast chart");
    let moves = 0;
    await expect
      .poll(async () => {
        const {x, y, width, height} = (await outlook.boundingBox())!;
        await page.mouse.move(x + width - 22, y + height / 2 + (moves++ % 2));
        const tip = (await outlook.locator('g[aria-label="tip"]').allTextContents()).join("");
        expect(tip).toContain(written(then!.month!));
        const [, forecast] = /Forecast\s*([\d,]+)/.exec(tip)!;
        expectReads(forecast!, Number(then!.forecast), "the tip's forecast");
      })
      .toBeUndefined();
  });
});

describe("the page of questions", () => {
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    watched = await open("/query");
    ({page} = watched);
  });

  afterAll(() => page?.context().close());

  const ask = async (sql: string) => {
    await page.getByLabel("SQL").fill(sql);
    await page.getByRole("button", {name: "Run"}).click();
  };
  /** The two tables: of what was asked, and of the page's own block of SQL. */
  const table = (i: number) => page.locator("#observablehq-main table").nth(i);

  it("answers the question that it comes with", async () => {
    const rows = await native.rows(await page.getByLabel("SQL").inputValue());
    const cells = await tableRows(table(0));
    expect(cells).toHaveLength(12);
    for (const [i, [version, horizon, wape]] of cells.entries()) {
      expect([version, Number(horizon)]).toEqual([rows[i]!.version, rows[i]!.horizon]);
      expectReads(wape!, Number(rows[i]!.wape_percent), `row ${i + 1}`);
    }
  });

  it("answers its block of SQL", async () => {
    const wape = await native.rows(
      `SELECT sector, version, 100 * sum(abs(actual - forecast)) / sum(actual) AS wape
       FROM forecast WHERE actual IS NOT NULL GROUP BY ALL ORDER BY wape`
    );
    const cells = await tableRows(table(1));
    expect(cells).toHaveLength(22);
    for (const [sector, best, value] of cells) {
      const [first, ...others] = wape.filter((row) => row.sector === sector);
      // ETS may find that the last value is the best forecast: then two versions are equally good.
      const equals = others.filter((row) => row.wape === first!.wape);
      expect(
        [first!, ...equals].map((row) => row.version),
        sector
      ).toContain(best);
      expect(Number(value), sector).toBeCloseTo(Number(first!.wape), 2);
    }
  });

  it("answers whatever is asked", async () => {
    const sql = `SELECT version, count(*) AS forecasts, sum(forecast) AS total, median(upper - lower) AS spread,
      count(DISTINCT sector) AS sectors FROM forecast WHERE month >= DATE '2015-01-01' GROUP BY version ORDER BY version`;
    const rows = await native.rows(sql);
    await ask(sql);
    await expect.poll(() => table(0).locator("thead").innerText()).toMatch(/spread/);
    const cells = await tableRows(table(0));
    expect(cells).toHaveLength(4);
    for (const [i, row] of cells.entries()) {
      const {version, forecasts, total, spread, sectors} = rows[i]!;
      expect(row[0]).toBe(version);
      for (const [j, value] of [forecasts, total, spread, sectors].entries()) {
        expect(Number(row[j + 1]!), `${version}, column ${j + 1}`).toBeCloseTo(Number(value), 2);
      }
    }
  });

  it("takes a mistake calmly, and goes on", async () => {
    await ask("SELECT sectr FROM forecast");
    const caution = page.locator(".caution");
    await caution.waitFor();
    expect(await caution.innerText()).toMatch(/"sectr" not found[^]*sector/);
    await ask("SELECT 6 * 7 AS answer");
    await expect.poll(() => table(0).innerText()).toMatch(/answer\s+42/);
    await expect.poll(() => caution.count()).toBe(0);
    expect(watched.errors).toEqual([]);
  });

  it("says how many rows there are, sorts them by keys, and shows all digits", async () => {
    const sql = "SELECT sector, actual, forecast FROM forecast WHERE actual IS NOT NULL";
    await ask(sql);
    const found = Number(await native.value(`SELECT count(*) FROM (${sql})`));
    const status = page.locator(".data-table").first().getByRole("status");
    await expect.poll(() => status.innerText()).toBe(`100 of ${found.toLocaleString("en-US")} rows`);
    await page.getByRole("button", {name: "actual", exact: true}).press("Enter");
    expect(await page.locator("[aria-sort=descending]").innerText()).toMatch(/^actual/);
    const [largest] = await native.rows(`${sql} ORDER BY actual DESC, forecast LIMIT 1`);
    const [, actual] = (await tableRows(table(0)))[0]!;
    expect(Number(actual)).toBe(Number(largest!.actual));
    await page.getByRole("button", {name: "Show more"}).click();
    await expect.poll(() => status.innerText()).toMatch(/^1,100 of/);
    await ask("SELECT 9007199254740993 AS large, 0.1 + 0.2::DOUBLE AS small");
    await expect.poll(() => tableRows(table(0))).toEqual([["9007199254740993", "0.30000000000000004"]]);
  });

  it("keeps the statement in its address and those before in a menu", async () => {
    await ask("SELECT 1 + 1 AS two");
    await expect.poll(() => tableRows(table(0))).toEqual([["2"]]);
    await expect
      .poll(() => new URL(page.url()).searchParams.get("sql")) // which Playwright is told a moment later
      .toBe("SELECT 1 + 1 AS two");
    await page.reload();
    await expect.poll(() => tableRows(table(0))).toEqual([["2"]]);
    const menu = page.getByLabel("History");
    await menu.selectOption({label: "SELECT 6 * 7 AS answer"});
    await expect.poll(() => tableRows(table(0))).toEqual([["42"]]);
  });
});

describe("the page on accuracy", () => {
  let page: Page;

  beforeAll(async () => {
    ({page} = await open("/accuracy"));
  });

  afterAll(() => page?.context().close());

  it("measures whatever is chosen, overall, by horizon, over time and by sector", async () => {
    const select = page.getByLabel("Measure");
    const labels = await select.locator("option").allInnerTexts();
    expect(labels).toHaveLength(8);
    const last = await native.value("SELECT max(origin) FROM forecast WHERE actual IS NOT NULL");
    for (const label of labels) {
      await select.selectOption({label});
      for (const by of ["version", "horizon", "origin"]) await chart(page, `${label} by ${by}`).waitFor();
      await expectDescribes(page, `${label} by version`, await byVersion(label, {where: arePooled}));
      const where = `horizon = 12 AND ${arePooled}`;
      await expectDescribes(page, `${label} by horizon`, await byVersion(label, {where}));
      const newest = `origin = '${String(last)}' AND ${arePooled}`;
      await expectDescribes(page, `${label} by origin`, await byVersion(label, {where: newest}));
      const table = page.getByRole("region", {name: `${label} by sector, worst first`}).locator("table");
      const version = await page.getByLabel("Version").locator("option:checked").innerText();
      await expect
        .poll(async () => {
          const cells = await tableRows(table);
          expect(cells).toHaveLength(22);
          const sector = cells[0]![0]!;
          const values = await byVersion(label, {where: `sector = '${sector}'`});
          expectReads(cells[0]![1]!, Number(values.find((row) => row.version === version)!.value), sector);
        })
        .toBeUndefined();
    }
  });

  it("explains each measure by its formula", async () => {
    await page.getByLabel("Measure").selectOption({label: "Weighted MAPE"});
    await page.getByText(/^Weighted MAPE: The sum of \|actual − forecast\|, divided by/).waitFor();
  });
});

describe("the page on data", () => {
  it("says what is in each column, and where the dataset comes from", async () => {
    const {page, errors} = await open("/data?dataset=employment-forecast");
    const columns = () => tableRows(card(page, "Columns").locator("table"));
    await expect
      .poll(async () => (await columns()).map(([name]) => name))
      .toEqual(["sector", "month", "actual", "forecast", "lower", "upper", "version", "horizon", "origin"]);
    const [facts] = await native.rows(
      `SELECT count(*) - count(actual) AS missing, count(DISTINCT sector) AS sectors, count(*) AS n FROM forecast`
    );
    const cells = await columns();
    const of = (name: string) => cells.find(([column]) => column === name)!;
    expect(of("actual")[2]).toMatch(new RegExp(`^${Number(facts!.missing).toLocaleString("en-US")} \\(`));
    expect(of("sector")[3]).toBe(String(facts!.sectors));
    await page.getByText(Number(facts!.n).toLocaleString("en-US"), {exact: true}).waitFor();
    // The chart of a column of numbers, and of one of names.
    const [actual] = await native.rows(
      `SELECT median(actual) AS median, count(DISTINCT actual) AS n FROM forecast`
    );
    const numbers = await description(chart(page, "Values of actual"));
    expect(numbers).toContain(`${Number(actual!.n).toLocaleString("en-US")} different values`);
    expectReads(/The median is ([\d,.]+),/.exec(numbers)![1]!, Number(actual!.median), "the median");
    const versions = await native.rows(`SELECT version, count(*) AS n FROM forecast GROUP BY version`);
    const names = chart(page, "Values of version");
    const texts = await names.locator("text").allTextContents();
    for (const {version, n} of versions)
      expect(texts).toEqual(expect.arrayContaining([version, Number(n).toLocaleString("en-US")]));
    expect(await names.locator("[aria-label=bar] rect").count()).toBe(versions.length);
    expect(await card(page, "Values").locator("figure").count()).toBe(9);
    await page.getByLabel("Dataset").selectOption({label: "Employment outlook (US employment)"});
    await page
      .getByText(/Written by the flow\s+Re-forecast employment\s+from\s+Employment history/)
      .waitFor();
    await expect.poll(async () => (await columns()).length).toBe(7);
    await expect.poll(() => card(page, "Values").locator("figure").count()).toBe(7);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe("the linked charts of errors", () => {
  let page: Page;
  const summary = () => page.locator("p.remark[role=status]");
  const told = async (where: string) => {
    const [row] = await native.rows(
      `SELECT count(*) AS n, ${formula["Weighted MAPE"]!} AS wape FROM forecast WHERE actual IS NOT NULL AND ${arePooled} AND ${where}`
    );
    return row!;
  };
  /** Where something stands, which may be drawn again at this moment. */
  const boxOf = async (locator: Locator) => {
    let box: Awaited<ReturnType<Locator["boundingBox"]>> = null;
    await expect.poll(async () => (box = await locator.boundingBox())).not.toBeNull();
    return box!;
  };
  /** The number of forecasts and their error, as one reading tells them: the next may tell of another choice. */
  const summarized = async () => {
    const text = (await summary().textContent())!;
    const [, wape, n] = /^(\S+) .* of (\S+) forecasts/.exec(text) ?? [];
    if (!wape || !n) throw new Error(`"${text}" tells no error of a number of forecasts`);
    return {wape, n: Number(n.replaceAll(",", ""))};
  };
  const expectSummary = async (where: string) => {
    const {n, wape} = await told(where);
    await expect
      .poll(async () => {
        const read = await summarized();
        expect(read.n, where).toBe(Number(n));
        expectReads(read.wape, wape as number, where);
      })
      .toBeUndefined();
  };

  beforeAll(async () => {
    ({page} = await open("/errors"));
    await page.getByRole("button", {name: "Show all"}).and(page.locator(":enabled")).waitFor();
  });
  afterAll(() => page?.context().close());

  it("are filtered by menus, clicks and a brush, each by all others", async () => {
    await expectSummary("true");
    // The charts are answered one after another, and drawn again: not while one of them is clicked or dragged over.
    const [sectors, months] = ["sector", "month"].map((by) => chart(page, `Weighted MAPE, by ${by}`)) as [
      Locator,
      Locator
    ];
    const [sectorsOfAll, monthsOfAll] = [await description(sectors), await description(months)];
    await page.getByLabel("Version", {exact: true}).selectOption("ets");
    await expectSummary("version = 'ets'");
    await expect.poll(() => description(sectors)).not.toBe(sectorsOfAll);
    // A bar that is clicked, while its own chart goes on to show all.
    const at = await boxOf(sectors.getByText("Construction", {exact: true}));
    await page.mouse.click(at.x + at.width + 12, at.y + at.height / 2);
    await expectSummary("version = 'ets' AND sector = 'Construction'");
    expect(await sectors.locator("rect[fill], g[aria-label=bar] rect").count()).toBeGreaterThan(13);
    const {wape} = await told("version = 'ets' AND sector = 'Construction' AND horizon = 12");
    await expect
      .poll(async () => {
        const wapes = await description(chart(page, "Weighted MAPE, by months ahead"));
        expectReads(/Largest at 12: (\S+);/.exec(wapes)![1]!, wape as number, "12 months ahead");
      })
      .toBeUndefined();
    await page.getByRole("button", {name: "Show all"}).click();
    await expectSummary("true");
    await expect.poll(() => description(months)).toBe(monthsOfAll);
    // The months after the middle of the chart, by a drag.
    const box = await boxOf(months);
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width, box.y + 60, {steps: 12});
    await page.mouse.up();
    // The summary tells each step of the drag, and on a slow machine the last steps after its end.
    await expect
      .poll(async () => {
        const {n, wape} = await summarized();
        const [first] = await native.rows(
          `SELECT max(month)::VARCHAR AS month FROM (SELECT month, sum(count(*)) OVER (ORDER BY month DESC) AS n
           FROM forecast WHERE actual IS NOT NULL AND ${arePooled} GROUP BY month) WHERE n >= ${n}`
        );
        const where = `month >= '${first!.month as string}'`;
        const expected = await told(where);
        expect(n, where).toBe(Number(expected.n));
        expectReads(wape, expected.wape as number, where);
        // Half of the chart's width, and so about half of its months.
        expect(n / Number((await told("true")).n)).toBeGreaterThan(0.35);
        expect(n / Number((await told("true")).n)).toBeLessThan(0.65);
      })
      .toBeUndefined();
  });
});

describe("the weather", () => {
  let page: Page;

  beforeAll(async () => {
    ({page} = await open("/weather"));
  });

  afterAll(() => page?.context().close());

  it("gives the platform's metrics, which are those of its forecasts", async () => {
    await expectMetrics(native, page, "“Temperature aiCast”", 4, {
      table: "weather_forecast",
      where: "measure IN ('temp_max', 'temp_min')"
    });
  });

  it("redraws for another measure", async () => {
    await page.getByLabel("Measure").selectOption({label: "Wind speed"});
    await page.getByRole("heading", {name: /^Wind speed; forecast by/}).waitFor();
    const where = "measure = 'wind'";
    const [last] = await native.rows(
      `SELECT max(date) AS date, arg_max(forecast, date) AS forecast FROM weather_forecast
       WHERE ${where} AND origin = (SELECT max(origin) FROM weather_forecast) AND version = (
         SELECT version FROM weather_forecast WHERE ${where} AND actual IS NOT NULL
         GROUP BY version ORDER BY avg(abs(actual - forecast)) LIMIT 1)`
    );
    const newest = await native.value("SELECT arg_max(wind, date) FROM weather");
    const said = () => description(chart(page, "Forecast chart"));
    await expect.poll(said).toContain(`to ${written(last!.date!, {day: "numeric"})}, the last`);
    await expect
      .poll(async () => {
        const [, actual, forecast] = /the last (\S+); .*, the last (\S+?)(?: \(.*\))?\.$/.exec(await said())!;
        expectReads(actual!, Number(newest), "the newest wind speed");
        expectReads(forecast!, Number(last!.forecast), "the last forecast");
      })
      .toBeUndefined();
    const farthest = await native.value("SELECT max(horizon) FROM weather_forecast");
    await expectDescribes(
      page,
      "Mean absolute error by horizon",
      await byVersion("Mean absolute error", {
        table: "weather_forecast",
        where: `${where} AND horizon = ${farthest}`
      })
    );
  });
});

describe("the README's page", () => {
  it("asks for one row a month, as its chart needs", async () => {
    const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");
    const [, sql] = /"(SELECT \* FROM forecast[^"]+)"/.exec(readme)!;
    const rows = await native.rows(sql!.replace("?", "'Construction'"));
    expect(rows).toHaveLength(12);
    expect(new Set(rows.map(({month}) => month)).size).toBe(12);
  });
});

describe("while the database opens", () => {
  it("the page tells so, and is there to read", async () => {
    const {page, errors} = await open("/");
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.context().route("**/*.wasm", async (route) => {
      await released;
      await route.continue();
    });
    await page.getByRole("link", {name: "Forecast", exact: true}).click();
    const status = page.locator(".progress").getByRole("status");
    await status.getByText("Opening the database").waitFor();
    expect(await page.getByRole("progressbar").isVisible()).toBe(true);
    await page.getByRole("heading", {name: "Forecast vs. actual"}).waitFor();
    await page.getByRole("combobox", {name: "Sector"}).waitFor();
    // What is there from the start is drawn, and drawn again for another sector.
    for (const name of pages[1]!.charts.slice(0, 3)) await chart(page, name).waitFor();
    const ofAll = await description(chart(page, "Forecast chart"));
    await chooseSector(page, "Construction");
    await expectDescribes(
      page,
      "Weighted MAPE by horizon",
      await byVersion("Weighted MAPE", {where: "sector = 'Construction' AND horizon = 12"})
    );
    // What isn't waits for the database, and the chart before stays.
    await expect.poll(() => description(chart(page, "Forecast chart"))).not.toBe(ofAll);
    const first = await description(chart(page, "Forecast chart"));
    await page.getByLabel("Forecast origin").selectOption({index: 3});
    const busy = page.locator("[aria-busy=true]", {has: chart(page, "Forecast chart")});
    await expect.poll(() => busy.evaluate((element) => (element as HTMLElement).style.opacity)).toBe("0.4");
    expect(await description(chart(page, "Forecast chart"))).toBe(first);

    release();
    await expect.poll(() => description(chart(page, "Forecast chart"))).not.toBe(first);
    await drawn(page, "/forecast");
    await expect.poll(() => status.isVisible()).toBe(false);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe("what a page draws first", () => {
  it.each(pages)("waits on $path for no module that only later is needed", async ({path}) => {
    const html = await (await fetch(demo.url + path)).text();
    const links = Array.from(
      html.matchAll(/<link rel="(?:module)?preload"[^>]* href="([^"]+)"/g),
      ([, url]) => url!
    );
    expect(links.length).toBeGreaterThan(8);
    expect(links.filter((url) => /zod|@uwdata|duckdb|apache-arrow|parquet|\.wasm/.test(url))).toEqual([]);
  });

  it("is there on the page on errors without DuckDB and Mosaic, in its place, and says why it isn't linked", async () => {
    const {page} = await open("/");
    await page.context().route(/@uwdata|\.wasm$/, (route) => route.abort("failed"));
    await page.goto(`${demo.url}/errors`);
    await drawn(page, "/errors");
    await page
      .locator("p.remark[role=status]")
      .getByText(/^The charts can’t be linked: /)
      .waitFor({state: "attached"});
    expect(await chart(page, "Weighted MAPE, by month").count()).toBe(1);
    expect(await page.getByLabel("Version", {exact: true}).isDisabled()).toBe(true);
    await page.context().close();
  });
});

describe("a control that changes often", () => {
  it("leaves one question to be answered", async () => {
    const {page, errors} = await open("/");
    await page.addInitScript(() => {
      const asked: string[] = Object.assign(globalThis, {asked: []}).asked;
      globalThis.Worker = class extends Worker {
        override postMessage(message: {data?: unknown}, ...rest: unknown[]): void {
          const text: unknown = Array.isArray(message.data) ? message.data[1] : undefined;
          if (typeof text === "string" && /^PREPARE [^]*SELECT period AS month/.test(text)) asked.push(text);
          super.postMessage(message, ...(rest as [Transferable[]]));
        }
      };
    });
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.context().route("**/*.wasm", async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(`${demo.url}/forecast`);
    await chart(page, "Forecast chart").waitFor();
    const select = page.getByLabel("Forecast origin");
    const months = await select.locator("option").allInnerTexts();
    for (const month of months.slice(1)) {
      await select.selectOption({label: month});
      await page
        .getByRole("heading", {name: new RegExp(`^Thousand jobs; forecast by \\S+, origin ${month}$`)})
        .waitFor();
    }
    release();
    const last = await native.value(
      "SELECT min(month) FROM forecast WHERE origin = (SELECT min(origin) FROM forecast)"
    );
    const said = () => description(chart(page, "Forecast chart"));
    await expect.poll(said).toContain(`Forecasts from ${written(last)}`);
    expect(months.length).toBeGreaterThan(5);
    expect(await page.evaluate(() => (globalThis as unknown as {asked: string[]}).asked.length)).toBe(1);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe("a file that doesn't come", () => {
  it("is told in the place of the charts that need it, without room below", async () => {
    const {page} = await open("/");
    await page.context().route("**/employment-compared.*.arrow", (route) => route.abort("failed"));
    await page.goto(`${demo.url}/forecast`);
    await chart(page, "Weighted MAPE by horizon").waitFor(); // which doesn't need it
    const places = page.locator(".picture", {hasText: "Not shown: its data could not be loaded."});
    await expect.poll(() => places.count()).toBe(2);
    await page.getByRole("alert").getByText("employment-compared.arrow could not be loaded.").waitFor();
    await expect.poll(() => blankBelow(page, ".picture:has(.ikigai-fault)")).toEqual([]);
    await page.context().close();
  });

  it("is named on the page, which otherwise goes on", async () => {
    const {page} = await open("/");
    await page.context().route("**/employment-forecast.*.parquet", (route) => route.abort("failed"));
    await page.goto(`${demo.url}/accuracy`);
    await page.getByRole("alert").getByText("employment-forecast.parquet could not be loaded.").waitFor();
    await expect.poll(() => page.getByRole("progressbar").count()).toBe(0);
    await expect.poll(() => tableRows(page.locator(".data-table table"))).toHaveLength(22);
    await page.context().close();
  });
});

describe("the platform's key", () => {
  it("is in no file of the project, and was never printed", async () => {
    const {root, command, platform} = demo;
    expect(command.stdout + command.stderr).not.toContain(platform.apiKey);
    const entries = await readdir(root, {recursive: true, withFileTypes: true});
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({parentPath, name}) => join(parentPath, name));
    const holding = [];
    for (const file of files) if ((await readFile(file)).includes(platform.apiKey)) holding.push(file);
    expect(holding).toEqual([]);
    const folders = new Set(files.map((file) => relative(root, file).split("/").slice(0, 2).join("/")));
    // The site's folder is a link to an edition.
    expect([...folders]).toEqual(expect.arrayContaining([".ikigai/editions", "src/.observablehq"]));
  });

  it("comes in no answer that the browser gets", async () => {
    const {page} = await visit(browser, demo.url);
    const holding: string[] = [];
    let answers = 0;
    await page.context().route("**/*", async (route) => {
      // What is compiled is copied from packages, and was searched in dist. The stream of events, which never ends, is searched
      // in test/gateway.
      if (/\.wasm$|\/api\/events$/.test(route.request().url())) return route.continue();
      const response = await route.fetch();
      const body = await response.body();
      ++answers;
      if (body.includes(demo.platform.apiKey)) holding.push(response.url());
      if (JSON.stringify(response.headers()).includes(demo.platform.apiKey)) holding.push(response.url());
      return route.fulfill({response, body});
    });
    for (const path of ["/", "/forecast"]) {
      await page.goto(demo.url + path);
      await drawn(page, path);
    }
    await page.context().unrouteAll({behavior: "wait"});
    expect(answers).toBeGreaterThan(40);
    expect(holding).toEqual([]);
    await page.context().close();
  });
});

// Last, since it ends the demo that the others look at.
describe("Ctrl-C", () => {
  it("ends the demo cleanly, and the next start begins where it was", async () => {
    const {command, url, platform} = demo;
    expect(await command.interrupt()).toBe(0);
    await command.gone();
    await expect(fetch(url)).rejects.toThrow("fetch failed");
    await expect(fetch(platform.baseUrl)).rejects.toThrow("fetch failed");
    expect(command.stdout).toMatch(/^\n {2}The dashboard: .*\n\n {2}Ctrl-C ends it\.\n$/);
    expect(command.stderr).toMatch(/✓ platform.*, seeded with the demo's data/);

    const next = await demo.again();
    expect(next.command.stderr).not.toMatch(/seeded/);
    expect(next.platform.apiKey).toBe(platform.apiKey);
    expect(await (await fetch(next.url)).text()).toMatch(/US employment, and the year ahead/);
    expect(await next.command.interrupt()).toBe(0);
  });
});
