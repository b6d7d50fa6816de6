// What a forecast analyst asks of the pages Model, Accuracy and Forecast: the charts' numbers, as their tables have them, against native
// DuckDB's over the platform's data.
import {tableFromArrays, tableToIPC} from "@uwdata/flechette";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, it} from "vitest";
import {visit} from "./chromium.js";
import {demoInBrowser} from "./demo-in-browser.js";
import {arePooled, formula, measureByVersion, written} from "./demo-numbers.js";
import {card, chart, expectReads, settled} from "./site-page.js";
import {type Native, type Row} from "./site-native.js";
import type {Demo} from "./site.js";

let demo: Demo;
let browser: Browser;
let native: Native;
let page: Page;

beforeAll(async () => {
  const started = await demoInBrowser(inject("keptDemo"));
  ({demo, browser, native} = started);
  return started.close;
});

async function open(path: string): Promise<void> {
  ({page} = await visit(browser, demo.url + path));
  await page.waitForLoadState("networkidle");
  await settled(page);
}

/** The table of the i-th chart in a card: its heads, and the cells of each row by its first. */
async function tableOf(heading: string, i = 0) {
  return card(page, heading)
    .locator("figure")
    .nth(i)
    .evaluate((figure) => {
      const button = figure.querySelector<HTMLButtonElement>(":scope > button")!;
      if (button.getAttribute("aria-expanded") !== "true") button.click();
      const texts = (parent: Element) => [...parent.children].map((cell) => cell.textContent);
      const rows = [...figure.querySelectorAll("tbody tr")].map(texts);
      return {
        heads: texts(figure.querySelector("thead tr")!),
        names: rows.map(([name]) => name!),
        rows: Object.fromEntries(rows.map(([name, ...cells]) => [name!, cells]))
      };
    });
}

/** Whatever is compared, until what the page shows is what was asked for. */
const eventually = (look: () => Promise<void>) =>
  expect.poll(async () => look().then(() => "as computed", String), {timeout: 20_000}).toBe("as computed");

/** Expects a chart with a line for each version to have the native `value` of each row's `place` and `version`. */
const expectLines = (heading: string, rows: Row[]) =>
  eventually(async () => {
    const {heads, rows: cells} = await tableOf(heading);
    expect(rows.length).toBeGreaterThan(20);
    for (const {place, version, value} of rows) {
      const text = cells[String(place)]?.[heads.indexOf(String(version)) - 1];
      expectReads(text ?? "nothing", Number(value), `${String(version)} at ${String(place)}`);
    }
  });

const months = (rows: Row[]) => rows.map((row) => ({...row, place: written(row.place!)}));

describe("the page of a model", () => {
  beforeAll(() => open("/models/employment-model"));
  afterAll(() => page?.context().close());

  it("says how often intervals hold by horizon, of sectors that contain no others", async () => {
    await expectLines(
      "Interval coverage by horizon",
      await native.rows(
        `SELECT horizon AS place, version, ${formula["Interval coverage"]!} AS value FROM forecast
         WHERE actual IS NOT NULL AND ${arePooled} GROUP BY ALL`
      )
    );
  });

  it("draws the hyperparameters that differ, then what the versions measured", async () => {
    const {heads, names, rows} = await tableOf("From hyperparameters to metrics");
    expect(names).toEqual([
      "models_to_include",
      "window",
      "season_lengths",
      "Weighted MAPE",
      "Interval coverage"
    ]);
    for (const measure of ["Weighted MAPE", "Interval coverage"])
      for (const {version, value} of await measureByVersion(native, measure))
        expectReads(
          rows[measure]![heads.indexOf(String(version)) - 1]!,
          Number(value),
          `${measure} of ${String(version)}`
        );
  });

  it("sets two versions side by side, sector by sector", async () => {
    await page.getByLabel("Difference from").selectOption("moving-average");
    await eventually(async () => {
      const {heads, names, rows} = await tableOf("From moving-average to mstl, sector by sector");
      expect(heads).toEqual(["Sector", "moving-average", "mstl"]);
      expect(names).toHaveLength(22);
      for (const [i, version] of heads.slice(1).entries())
        for (const {sector, value} of await native.rows(
          `SELECT sector, ${formula["Weighted MAPE"]!} AS value FROM forecast
           WHERE actual IS NOT NULL AND version = '${version}' GROUP BY sector`
        ))
          expectReads(rows[String(sector)]![i]!, Number(value), `${String(sector)} by ${version}`);
    });
  });

  it("draws the residuals of a series over time, their distribution and their autocorrelation", async () => {
    await page.getByLabel("Sector", {exact: true}).selectOption("Retail trade");
    // As precise as the page's file.
    const residuals = `SELECT month AS place, version, avg(actual - forecast)::FLOAT AS value FROM forecast
      WHERE actual IS NOT NULL AND sector = 'Retail trade' GROUP BY ALL`;
    await expectLines("Residuals over time: Retail trade", months(await native.rows(residuals)));
    const names = await card(page, "Distribution of residuals: Retail trade")
      .locator("figure h2")
      .allInnerTexts();
    expect(names).toEqual(["last-interval", "moving-average", "ets", "mstl"]);
    for (const [i, version] of names.entries()) {
      const {rows: bins} = await tableOf("Distribution of residuals: Retail trade", i);
      const counted = Object.values(bins).map(([count]) => Number(count));
      const [stated] = await native.rows(
        `WITH apart AS (SELECT place, value - avg(value) OVER () AS v FROM (${residuals}) WHERE version = '${version}'),
           followed AS (SELECT v, lag(v) OVER (ORDER BY place) AS before FROM apart)
         SELECT count(*) AS n, sum(v * before) / sum(v * v) AS alike FROM followed`
      );
      expect(
        counted.reduce((a, b) => a + b),
        version
      ).toBe(stated!.n);
      const {rows: lags} = await tableOf("Autocorrelation of residuals: Retail trade", i);
      expectReads(lags["1"]![0]!, Number(stated!.alike), `lag 1 of ${version}`);
    }
  });

  it("keeps what it shows when too few versions are chosen, and says what to do", async () => {
    const lines = () => tableOf("Interval coverage by horizon").then(({heads}) => heads.slice(1));
    const status = page.locator("p.remark[role=status]").first();
    for (const version of ["last-interval", "moving-average"])
      await page.getByRole("checkbox", {name: version}).uncheck();
    await expect.poll(lines).toEqual(["ets", "mstl"]);
    await page.getByRole("checkbox", {name: "mstl"}).uncheck();
    await expect
      .poll(() => status.innerText())
      .toBe("Choose two to six versions: 1 chosen. What is below is of the choice before.");
    expect(await lines()).toEqual(["ets", "mstl"]);
    // An address of one alone is as none.
    await page.goto(`${demo.url}/models/employment-model?versions=ets`);
    await expect.poll(lines).toEqual(["ets", "last-interval", "moving-average", "mstl"]);
  });

  it("draws the importance of features where a model reports it", async () => {
    const rows = [
      ["ets", "performance.weighted_mean_absolute_percentage_error.average_test", 0.01],
      ["ets", "feature_importance.permutation.price", 0.4],
      ["mstl", "feature_importance.permutation.price", 0.7],
      ["mstl", "feature_importance.permutation.store.size", 0.2]
    ] as const;
    const [version, metric, value] = [0, 1, 2].map((i) => rows.map((row) => row[i]!));
    const file = tableToIPC(tableFromArrays({version, metric, value} as never), {format: "file"})!;
    await page
      .context()
      .route("**/employment-model-metrics.*.arrow", (route) => route.fulfill({body: Buffer.from(file)}));
    await page.goto(`${demo.url}/models/employment-model`);
    await eventually(async () => {
      const {heads, rows} = await tableOf("Feature importance");
      expect(heads).toEqual(["Feature", "ets", "mstl"]);
      expect(rows).toEqual({price: ["0.400", "0.700"], "store.size": ["–", "0.200"]});
    });
  });
});

describe("the page of a model whose series have units of their own", () => {
  beforeAll(() => open("/models/weather-model"));
  afterAll(() => page?.context().close());

  it("compares two versions by shares of the first one's errors", async () => {
    const {heads, rows} = await tableOf("From last-interval to mstl, measure by measure");
    expect(heads).toEqual(["Measure", "last-interval", "mstl"]);
    const labels = {temp_max: "Highest temperature (°C)", temp_min: "Lowest temperature (°C)"};
    expect(Object.keys(rows).sort()).toEqual(Object.values(labels));
    for (const [measure, label] of Object.entries(labels)) {
      const errors = await measureByVersion(native, "MAE", {
        table: "weather_forecast",
        where: `measure = '${measure}'`
      });
      const of = (name: string) => Number(errors.find(({version}) => version === name)!.value);
      expectReads(rows[label]![0]!, 1, label);
      expectReads(rows[label]![1]!, of("mstl") / of("last-interval"), label);
    }
    expect(
      await chart(page, "Mean absolute error relative to last-interval by last-interval and by mstl").count()
    ).toBe(1);
  });
});

describe("the page on accuracy", () => {
  beforeAll(() => open("/accuracy"));
  afterAll(() => page?.context().close());

  it("says by how much each version differs from the baseline, over the forecasts of both", async () => {
    for (const baseline of ["last-interval", "mstl"]) {
      await page.getByLabel("Baseline").selectOption(baseline);
      const errors = await measureByVersion(native, "Weighted MAPE", {where: arePooled});
      const of = (name: string) => Number(errors.find(({version}) => version === name)!.value);
      const pairs = await native.value(
        `SELECT count(*) FROM forecast WHERE actual IS NOT NULL AND version = 'ets' AND ${arePooled}`
      );
      await eventually(async () => {
        const {names, rows} = await tableOf("Is the difference more than chance?");
        expect(names).toEqual(errors.map(({version}) => version).filter((version) => version !== baseline));
        for (const [version, [difference, interval, , count]] of Object.entries(rows)) {
          const points = 100 * (of(version) - of(baseline));
          expectReads(difference!, points, version);
          const [lower, upper] = interval!.replaceAll("−", "-").split(" to ").map(Number);
          expect(lower).toBeLessThanOrEqual(points + 0.001);
          expect(upper).toBeGreaterThanOrEqual(points - 0.001);
          expect(Number(count!.replace(",", ""))).toBe(pairs);
        }
      });
    }
  });

  it("shows the bias of each month, its sum so far, and the tracking signal", async () => {
    const bias = `SELECT month AS place, version, avg(forecast - actual) AS error FROM forecast
      WHERE actual IS NOT NULL AND ${arePooled} GROUP BY ALL`;
    const views = {
      Bias: "error",
      "Cumulative bias": "sum(error) OVER so_far",
      "Tracking signal": "sum(error) OVER so_far / avg(abs(error)) OVER so_far"
    };
    for (const [label, value] of Object.entries(views)) {
      await page.getByLabel("Bias as").selectOption({label});
      const rows = await native.rows(
        `SELECT place, version, ${value} AS value FROM (${bias}) WINDOW so_far AS (PARTITION BY version ORDER BY place)`
      );
      await expectLines(`${label} over time`, months(rows));
    }
  });

  it("says what forecasts add over a naive and a seasonal naive one, by version and by sector", async () => {
    const naives = {naive: "forecast.origin", "seasonal naive": "forecast.month - INTERVAL 1 YEAR"};
    for (const [naive, month] of Object.entries(naives)) {
      await page.getByLabel("Added over").selectOption({label: `the ${naive} forecast`});
      const added = (by: string, where = "true") =>
        native.rows(
          `SELECT ${by} AS name, 100 * sum(abs(actual - employees) - abs(actual - forecast)) / sum(abs(actual)) AS value
           FROM forecast JOIN history ON history.sector = forecast.sector AND history.month = ${month}
           WHERE actual IS NOT NULL AND forecast.${arePooled} AND ${where} GROUP BY ALL ORDER BY value DESC`
        );
      const version = await page.getByLabel("Version").locator("option:checked").innerText();
      const charts = {
        [`Forecast value added over the ${naive} forecast`]: await added("version"),
        "Value added by sector": await added("forecast.sector", `version = '${version}'`)
      };
      for (const [heading, rows] of Object.entries(charts))
        await eventually(async () => {
          const {rows: cells} = await tableOf(heading);
          expect(Object.keys(cells).sort()).toEqual(rows.map(({name}) => name).sort());
          for (const {name, value} of rows)
            expectReads(
              cells[String(name)]![0]!.replace("+", ""),
              Number(value),
              `${String(name)} over the ${naive} one`
            );
        });
    }
  });

  it("explains each number by its formula", async () => {
    await page.getByLabel("Bias as").selectOption({label: "Tracking signal"});
    await page.getByLabel("Added over").selectOption({label: "the seasonal naive forecast"});
    for (const [heading, formula] of [
      ["Is the difference more than chance?", "The difference is the version’s measure less the other’s."],
      [
        "Tracking signal over time",
        "The tracking signal is that sum, divided by the mean of their absolute values so far"
      ],
      ["Forecast value added over the seasonal naive forecast", "the value of the same month"]
    ] as const) {
      await card(page, heading).locator("summary").click();
      expect((await card(page, heading).locator("details p").innerText()).replaceAll(/\s+/g, " ")).toContain(
        formula
      );
    }
  });
});

describe("the page on forecasts", () => {
  beforeAll(() => open("/forecast?sector=Construction"));
  afterAll(() => page?.context().close());

  it("says what was revised since the forecast before", async () => {
    const origins = (await native.rows(`SELECT DISTINCT origin FROM forecast ORDER BY origin DESC`)).map(
      ({origin}) => written(origin!)
    );
    for (const origin of [undefined, origins.at(-2)!]) {
      if (origin) await page.getByLabel("Forecast origin").selectOption({label: origin});
      const newer = await page.getByLabel("Forecast origin").locator("option:checked").innerText();
      const older = origins[origins.indexOf(newer) + 1]!;
      const [version] = await page
        .locator("input[type=radio][name]:checked")
        .locator("xpath=..")
        .allInnerTexts();
      const rows = await native.rows(
        `SELECT month, strftime(origin, '%b %Y') AS origin, forecast FROM forecast WHERE sector = 'Construction'
         AND version = '${version!}' AND strftime(origin, '%b %Y') IN ('${older}', '${newer}')`
      );
      await eventually(async () => {
        const {heads, rows: cells} = await tableOf("Revised since the forecast before");
        expect(heads).toEqual(["Month", `Forecast of ${older}`, `Forecast of ${newer}`, "Change", "Actual"]);
        for (const {month, origin, forecast} of rows)
          expectReads(
            cells[written(month!)]![origin === older ? 0 : 1]!,
            Number(forecast),
            `${written(month!)} of ${String(origin)}`
          );
      });
    }
  });

  it("has nothing to say of the first forecast", async () => {
    await page
      .getByLabel("Forecast origin")
      .selectOption({index: (await page.getByLabel("Forecast origin").locator("option").count()) - 1});
    await expect
      .poll(() => card(page, "Revised since the forecast before").innerText())
      .toContain("This is the first forecast");
  });
});
