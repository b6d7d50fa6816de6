// The pages of forecasts that `init` starts: of series with a region and a category, of actual values that aren't known yet, and of a
// long history.
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, expect, it} from "vitest";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {run} from "../cli/command.js";
import {preparedState, remove, repository, temporaryFolder} from "../cli/project.js";
import {install} from "../cli/started.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {card, settled, sticksOut, violations} from "./site-page.js";
import {shop} from "./started-shop.js";
import {serveStatic} from "./static-server.js";

let root: string;
let state: Awaited<ReturnType<typeof preparedState>>;
let platform: RunningPlatform;
let site: Awaited<ReturnType<typeof serveStatic>>;
let browser: Browser;
let watched: WatchedPage | undefined;

beforeAll(async () => {
  [root, state] = await Promise.all([temporaryFolder(), preparedState([shop])]);
  platform = await startPlatform({data: state.data});
  const command = async (...args: string[]) => {
    const env = {
      IKIGAI_BASE_URL: platform.baseUrl,
      IKIGAI_USER_EMAIL: platform.userEmail,
      IKIGAI_API_KEY: state.apiKey
    };
    const {code, stderr} = await run(args, {cwd: root, from: repository, env});
    if (code !== 0) throw new Error(stderr);
  };
  await command("init", ".", "--app", "Shop", "--yes");
  await install(root);
  await command("build");
  [site, browser] = await Promise.all([serveStatic(join(root, "dist")), launchChromium()]);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await platform?.close();
  await state?.remove();
  await remove(root);
});

afterEach(async () => {
  const {errors = [], foreignRequests = []} = watched ?? {};
  await watched?.page.context().close();
  watched = undefined;
  expect({errors, foreignRequests}).toEqual({errors: [], foreignRequests: []});
});

async function open(path: string, width = 1280, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  watched = await visit(browser, new URL(path, site.url).href, {
    viewport: {width, height: 900},
    colorScheme,
    hasTouch: width < 500,
    isMobile: width < 500
  });
  await watched.page.locator("svg[aria-label]").first().waitFor();
  await settled(watched.page);
  return watched.page;
}

const field = (page: Page, name: string) => page.getByRole("combobox", {name, exact: true});
const headings = (page: Page) => page.locator(".card h2").allInnerTexts();

it("narrows down the series by region and category, and opens again as its address says", async () => {
  const page = await open("/forecasts/sales-forecast");
  expect((await headings(page))[0]).toBe("North · Hats");
  expect(await page.getByRole("combobox").count()).toBe(3);
  await field(page, "Region").click();
  await page.getByRole("option", {name: "South"}).click();
  await expect.poll(async () => (await headings(page))[0]).toBe("South · Hats");
  await field(page, "Category").click();
  expect(await page.locator(".ikigai-option:visible").allInnerTexts()).toEqual([
    "All\n2",
    "Hats\n1",
    "Shoes\n1"
  ]);
  await page.getByRole("option", {name: "Shoes"}).click();
  await expect.poll(async () => (await headings(page))[0]).toBe("South · Shoes");
  expect(await page.locator(".ikigai-left").textContent()).toBe("1 of 5");
  const chart = page.locator("svg[aria-label]").first();
  await expect.poll(() => chart.getAttribute("aria-description")).toMatch(/5\d/);
  await page.reload();
  await expect.poll(async () => (await headings(page))[0]).toBe("South · Shoes");
  expect(await field(page, "Region").inputValue()).toBe("South");
});

it("offers the versions that have forecasts of the series", async () => {
  const page = await open("/forecasts/sales-forecast");
  const version = (name: string) => page.getByRole("radio", {name});
  expect(await version("ets").isChecked()).toBe(true);
  await field(page, "Category").click();
  await page.getByRole("option", {name: "Ties"}).click();
  await expect.poll(() => version("naive").isChecked()).toBe(true);
  expect(await version("ets").isDisabled()).toBe(true);
  expect(await version("naive").isDisabled()).toBe(false);
  await expect
    .poll(() => page.locator("svg[aria-label]").first().getAttribute("aria-description"))
    .toMatch(/forecast/i);
  await field(page, "Category").click();
  await page.getByRole("option", {name: "Hats"}).click();
  await expect.poll(() => version("ets").isDisabled()).toBe(false);
});

it("gives errors a place as high as their series need", async () => {
  const page = await open("/forecasts/sales-forecast_accuracy");
  const place = card(page, "By series").locator(".picture");
  const chart = place.locator("figure, svg").first();
  await expect
    .poll(async () => (await place.boundingBox())!.height - (await chart.boundingBox())!.height)
    .toBeLessThan(40);
});

it("says that there is nothing to compare as long as no actual value is known", async () => {
  const path = "/forecasts/outlook_accuracy";
  watched = await visit(browser, new URL(path, site.url).href);
  const main = watched.page.locator("#observablehq-main");
  await expect.poll(() => main.innerText()).toContain("There is nothing to compare yet");
  await settled(watched.page);
  expect(await headings(watched.page)).toEqual(["Weighted MAPE by version"]);
  expect(await watched.page.getByRole("radio").count()).toBe(0);
});

const key = (page: Page) => page.locator(".ikigai-key").first().locator("> span").allInnerTexts();
const firstCard = (page: Page) => page.locator(".card").first();

it("opens a long history at what is near the forecast, says so, and shows all at one click", async () => {
  const page = await open("/forecasts/visits");
  const said = () => page.locator("svg[aria-label]").first().getAttribute("aria-description");
  const note = page.getByText("The last 36 of 240 actual values before the forecast.");
  await expect.poll(said).toContain("Actual values from Jan 2021 to Dec 2023");
  expect(await said()).toContain("Forecasts from Jan 2024 to Dec 2024");
  expect(await note.isVisible()).toBe(true);
  expect(new URL(page.url()).search).toBe("");
  await page.getByLabel("Whole history").click();
  await expect.poll(said).toContain("Actual values from Jan 2004 to Dec 2023");
  expect(await note.count()).toBe(0);
  await expect.poll(() => new URL(page.url()).search).toBe("?history=true");
  await page.reload();
  await expect.poll(said).toContain("Actual values from Jan 2004 to Dec 2023");
  expect(await page.getByLabel("Whole history").isChecked()).toBe(true);
});

it("shows a short history whole, without a choice", async () => {
  const page = await open("/forecasts/outlook");
  await expect
    .poll(() => page.locator("svg[aria-label]").first().getAttribute("aria-description"))
    .toContain("Actual values from Jan 1, 2024 to Jan 30, 2024");
  expect(await page.getByLabel("Whole history").isVisible()).toBe(false);
});

it("says the level of an interval that its columns name, and else that it isn't known", async () => {
  const visits = await open("/forecasts/visits");
  expect(await key(visits)).toEqual(["Actual", "Forecast", "80% interval"]);
  expect(await firstCard(visits).innerText()).not.toContain("level");
  await visits.context().close();
  const outlook = await open("/forecasts/outlook");
  expect(await key(outlook)).toEqual(["Actual", "Forecast", "Interval"]);
  expect(await firstCard(outlook).locator("h3").innerText()).toBe(
    "The interval of the columns lower and upper, whose level the data doesn't say"
  );
});

it.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"]
] as const)("has no fault at %i pixels, %s", async (width, colorScheme) => {
  const visits = await open("/forecasts/visits", width, colorScheme);
  await expect.poll(() => sticksOut(visits)).toEqual([]);
  expect(await violations(visits)).toEqual([]);
  await visits.context().close();
  const page = await open("/forecasts/sales-forecast", width, colorScheme);
  await expect.poll(() => sticksOut(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await field(page, "Region").click();
  expect(await violations(page)).toEqual([]);
});

it("lists a model's versions in their order, whatever they are called", async () => {
  const page = await open("/models/sales-model");
  const table = page.getByRole("table");
  await table.locator("tbody tr").first().waitFor();
  const texts = (cells: string) => table.locator(cells).allInnerTexts();
  const shown = async () => [
    await texts("thead th:not(:first-child)"),
    await texts("tbody td:not(:first-child)")
  ];
  await expect.poll(shown).toEqual([
    ["Hyperparameter", "2", "10", "hyperparameter"],
    ["season", "7", "14", "21"]
  ]);
});
