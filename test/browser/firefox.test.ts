// The demo in Firefox: every page draws its charts, asks its Parquet files, and starts a flow.
import type {Browser, Page} from "puppeteer-core";
import {afterAll, afterEach, beforeAll, describe, expect, it} from "vitest";
import {launchFirefox, visitFirefox, type FirefoxPage} from "./firefox.js";
import {startDemo, type Demo} from "./site.js";

let browser: Browser;
let demo: Demo;
beforeAll(async () => {
  [browser, demo] = await Promise.all([launchFirefox(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

let opened: FirefoxPage | undefined;
afterEach(async () => {
  const {page, errors, foreignRequests} = opened ?? {errors: [], foreignRequests: []};
  opened = undefined;
  await page?.browserContext().close();
  expect(errors).toEqual([]);
  expect(foreignRequests).toEqual([]);
});

/** Opens a page of the demo and waits until nothing on it waits. */
async function open(path: string): Promise<Page> {
  opened = await visitFirefox(browser, demo.url + path);
  const {page} = opened;
  await page.waitForSelector("#observablehq-main svg[aria-label], #observablehq-main table");
  await page.waitForFunction(() => !document.querySelector("observablehq-loading, [aria-busy=true]"));
  return page;
}

/** What the page's charts say of themselves. */
const descriptions = (page: Page) =>
  page.$$eval("svg[aria-description]", (charts) =>
    charts.map((chart) => `${chart.getAttribute("aria-label")}: ${chart.getAttribute("aria-description")}`)
  );

describe("in Firefox", () => {
  it("every page draws its charts", {timeout: 600_000}, async () => {
    const home = await open("/");
    const links = await home.$$eval("#observablehq-sidebar a[href]", (all) =>
      all.map((link) => new URL(link.href).pathname)
    );
    expect(links.length).toBeGreaterThan(4);
    for (const path of new Set(links)) {
      await opened!.page.browserContext().close();
      const page = await open(path);
      const empty = await page.$$eval(
        "svg[aria-label]",
        (charts) =>
          charts.filter((chart) => !chart.querySelector("path[d], rect[width], circle, text")).length
      );
      expect(empty, path).toBe(0);
      expect(opened!.errors, path).toEqual([]);
    }
  });

  it("the forecast page asks its Parquet file for another forecast", async () => {
    const page = await open("/forecast");
    const before = await descriptions(page);
    expect(before.length).toBeGreaterThan(0);
    const origin = await page.$$eval("select", (selects) => {
      const select = selects.at(-1)!;
      select.dataset.chosen = "yes";
      return select.options[3]!.value;
    });
    await page.select("select[data-chosen=yes]", origin);
    await page.waitForFunction(
      (old) =>
        !document.querySelector("[aria-busy=true]") &&
        [...document.querySelectorAll("svg[aria-description]")].some(
          (chart) =>
            !old.includes(`${chart.getAttribute("aria-label")}: ${chart.getAttribute("aria-description")}`)
        ),
      {},
      before
    );
  });

  it("the flows page starts a flow, and shows how it ends", async () => {
    const page = await open("/flows");
    await page.waitForSelector("ikigai-form form button");
    await page.$$eval("ikigai-form form button", (buttons) =>
      buttons.find((button) => /^Run|^Start/.test(button.textContent.trim()))!.click()
    );
    await page.waitForFunction(() =>
      /^Done/.test(document.querySelector(".ikigai-standing strong")?.textContent ?? "")
    );
  });
});
