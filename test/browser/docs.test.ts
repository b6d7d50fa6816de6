// The documentation as a site: built once without a CDN, every page opens without an error, the gallery draws every chart, and the
// search finds words.
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {buildDocs} from "../../docs/site/build.js";
import {pages} from "../docs/pages.js";
import {launchChromium, visit} from "./chromium.js";
import {serveStatic} from "./static-server.js";

let folder: string;
let site: Awaited<ReturnType<typeof serveStatic>>;
let browser: Browser;
const warnings: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-docs-"));
  await buildDocs(resolve(import.meta.dirname, "../.."), folder, {
    onOutput: () => {},
    onWarning: (warning) => {
      // Outside the repository Framework leaves the folder's content alone, which is what a test wants.
      if (!warning.includes("will not be cleared")) warnings.push(warning);
    }
  });
  site = await serveStatic(folder);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, {recursive: true});
});

it("builds without a warning, a page for each Markdown file", async () => {
  expect(warnings).toEqual([]);
  const built = await readdir(folder, {recursive: true});
  const expected = [...pages.keys()].filter((path) => path.startsWith("docs/"));
  expect(built).toEqual(
    expect.arrayContaining(expected.map((path) => path.slice("docs/".length).replace(/md$/, "html")))
  );
});

it(
  "opens each page on a phone: no error, no request to another host, no scrolling sideways",
  {timeout: 600_000},
  async () => {
    const paths = [...pages.keys()].filter((path) => path.startsWith("docs/") && !path.includes("/gallery/"));
    const {page, errors, foreignRequests} = await visit(browser, site.url);
    await page.setViewportSize({width: 390, height: 844});
    for (const path of paths) {
      await page.goto(site.url + path.replace(/^docs\/|\.md$/g, ""), {waitUntil: "load"});
      await expect.poll(() => page.locator("observablehq-loading").count()).toBe(0);
      expect(await page.locator(".observablehq--error").allTextContents()).toEqual([]);
      const title = /^# (.*)$/m.exec(pages.get(path)!)![1]!.replace(/[`\\]/g, "");
      expect(await page.locator("h1").first().textContent()).toBe(title);
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      await expect.poll(width, {message: `the width of ${path}`}).toBe(390);
    }
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
    await page.context().close();
  }
);

it("opens the list of pages on a phone", async () => {
  const {page} = await visit(browser, site.url);
  await page.setViewportSize({width: 390, height: 844});
  const link = page.locator("#observablehq-sidebar").getByRole("link", {name: "Large data"});
  await expect.poll(() => link.isVisible()).toBe(false);
  await page.getByText("Menu", {exact: true}).click();
  await link.click();
  await expect.poll(() => page.locator("h1").textContent()).toBe("Large data");
  await page.context().close();
});

describe("the gallery", () => {
  const gallery = [...pages].filter(([path]) => path.startsWith("docs/gallery/"));

  it.each(gallery)("draws the charts of %s below their headings", async (path, text) => {
    const {page, errors, foreignRequests} = await visit(
      browser,
      site.url + path.replace(/^docs\/|\.md$/g, "")
    );
    const shown = text.match(/display\(/g)!.length;
    const charts = page.locator(".observablehq--block").filter({has: page.locator("svg")});
    await expect.poll(() => charts.count()).toBe(shown);
    expect(await page.locator(".observablehq--error").allTextContents()).toEqual([]);
    // Each has marks, not axes alone.
    for (const chart of await charts.all()) {
      const marks = chart.locator(
        "svg [aria-label] :is(path, rect, circle, line), svg :is(circle, rect, polygon)"
      );
      await expect.poll(() => marks.count()).toBeGreaterThan(0);
    }
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
    await page.context().close();
  });
});

it("the gallery's forecasts are told from what is known, with their interval's level, below code that fits", async () => {
  const {page} = await visit(browser, `${site.url}gallery/forecasts`, {viewport: {width: 1280, height: 900}});
  const said = (name: string) =>
    page.locator(`svg[aria-label="${name}"]`).first().getAttribute("aria-description");
  await expect.poll(() => page.locator(".ikigai-key").count()).toBe(6);
  const keys = await page.locator(".ikigai-key > span").allInnerTexts();
  expect(keys.filter((text) => /interval/i.test(text))).toEqual([
    "90% interval",
    "90% interval",
    "90% interval"
  ]);
  expect(await page.getByText("Known to Mar 2015").count()).toBe(6); // in three charts, and for each of three sectors
  expect(await said("Forecasts by version")).toContain("The best is seasonal-trend");
  const isCut = (all: (HTMLElement | SVGElement)[]) =>
    all.filter((code) => code.scrollWidth > code.clientWidth).map((code) => code.textContent);
  expect(await page.locator("#observablehq-main pre").evaluateAll(isCut)).toEqual([]);
  await page.context().close();
});

it("finds a word, and leads to the section that has it", async () => {
  const {page, errors, foreignRequests} = await visit(browser, `${site.url}guides/sign-in`);
  await page.getByRole("searchbox", {name: "Search the docs"}).fill("tracking signal");
  const first = page.locator("#docs-search li a").first();
  await first.waitFor();
  await expect.poll(() => page.locator("#docs-search [role=status]").textContent()).toMatch(/^\d+ pages?$/);
  await page.getByRole("searchbox").press("Enter");
  await page.waitForURL(/\/(charts|metrics|api\/|gallery\/)/);
  expect(await page.locator("#observablehq-main").textContent()).toContain("racking signal");
  expect(errors).toEqual([]);
  expect(foreignRequests).toEqual([]);
  await page.context().close();
});
