// The demo's numbers by native DuckDB, and what its pages say of them.
import type {Page} from "playwright-core";
import {expect} from "vitest";
import type {Native, Row} from "./site-native.js";
import {card, chart, description, expectReads, pairs, settled, tableRows} from "./site-page.js";

/** The datasets that pages' numbers are held against. */
export const datasets = {
  history: {app: "US employment", dataset: "Employment history"},
  forecast: {app: "US employment", dataset: "Employment forecast"},
  weather: {app: "Seattle weather", dataset: "Weather history"},
  weather_forecast: {app: "Seattle weather", dataset: "Weather forecast"}
};

export const formula: Record<string, string> = {
  "Weighted MAPE": "sum(abs(actual - forecast)) / sum(abs(actual))",
  MAPE: "avg(abs(actual - forecast) / abs(actual))",
  "Symmetric MAPE": "avg(2 * abs(actual - forecast) / (abs(actual) + abs(forecast)))",
  "Mean absolute error": "avg(abs(actual - forecast))",
  MAE: "avg(abs(actual - forecast))",
  MSE: "avg((actual - forecast) * (actual - forecast))",
  "Root mean squared error": "sqrt(avg((actual - forecast) * (actual - forecast)))",
  Bias: "avg(forecast - actual)",
  "Bias (forecast − actual)": "avg(forecast - actual)",
  "Relative bias": "sum(forecast - actual) / sum(abs(actual))",
  "Interval coverage": "avg((actual BETWEEN lower AND upper)::INTEGER)"
};

/** The sectors that contain others: what is pooled leaves them out, or it would count jobs twice. */
const aggregates = [
  "Total nonfarm",
  "Total private",
  "Goods-producing",
  "Service-providing",
  "Private service-providing",
  "Manufacturing",
  "Trade, transportation, and utilities"
];
export const arePooled = `sector NOT IN (${aggregates.map((name) => `'${name}'`).join(", ")})`;

export interface Of {
  table?: string;
  where?: string;
}

/** A measure by version, of the tested rows of `table` that `where` keeps; the lowest first. */
export const measureByVersion = (
  native: Native,
  measure: string,
  {table = "forecast", where = "true"}: Of = {}
): Promise<Row[]> =>
  native.rows(
    `SELECT version, ${formula[measure]} AS value FROM ${table} WHERE actual IS NOT NULL AND ${where}
     GROUP BY version ORDER BY value`
  );

/** Expects a chart's description to give these values, by version, as soon as the page has drawn what was chosen. */
export const expectDescribes = (page: Page, name: string, rows: Row[]): Promise<void> =>
  expect
    .poll(async () => {
      const said = pairs(await description(chart(page, name)));
      expect([...said.keys()].sort()).toEqual(rows.map((row) => row.version).sort());
      for (const {version, value} of rows) {
        expectReads(said.get(version as string)!, Number(value), `${name}, ${version}`);
      }
    })
    .toBeUndefined();

/** A month or day as the pages write it. */
export const written = (date: string | number | null, options: Intl.DateTimeFormatOptions = {}) =>
  new Intl.DateTimeFormat("en-US", {
    timeZone: "UTC",
    month: "short",
    year: "numeric",
    ...options
  }).format(new Date(date!));

/** Expects a table of metrics to give, by version, what native DuckDB makes of the forecasts. */
export async function expectMetrics(
  native: Native,
  page: Page,
  heading: string,
  measures: number,
  of: Of
): Promise<void> {
  const table = card(page, heading).locator("table");
  await table.waitFor();
  await settled(page);
  const [, ...versions] = await table.locator("thead th").allInnerTexts();
  const cells = await tableRows(table);
  expect(cells).toHaveLength(measures);
  for (const [label, ...values] of cells) {
    const rows = await measureByVersion(native, label!.replace(/\s+nominal \d+%$/, ""), of);
    expect(versions.toSorted()).toEqual(rows.map((row) => row.version).sort());
    for (const [i, version] of versions.entries()) {
      const row = rows.find((row) => row.version === version)!;
      expectReads(values[i]!, Number(row.value), `${label} of ${version}`);
    }
  }
}

/** Finds a sector by typing, and chooses it by a key: what is typed is chosen once the list has closed. */
export async function chooseSector(page: Page, sector: string): Promise<void> {
  const input = page.getByRole("combobox", {name: "Sector"});
  await input.fill(sector);
  await input.press("Enter");
  await expect
    .poll(() =>
      input.evaluate((input: HTMLInputElement) => [input.value, input.getAttribute("aria-expanded")])
    )
    .toEqual([sector, "false"]);
}
