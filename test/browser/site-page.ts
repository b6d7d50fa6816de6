// Reading a page of the site the way a viewer does, and finding what a viewer would stumble over.
import {readdir} from "node:fs/promises";
import axe from "axe-core";
import type {Browser, Locator, Page} from "playwright-core";
import {expect} from "vitest";

/** A chart by what screen readers call it. */
export const chart = (page: Page, name: string) => page.locator(`svg[aria-label="${name}"]`);

/** What a chart says of itself. */
export const description = async (locator: Locator) => (await locator.getAttribute("aria-description")) ?? "";

/**
 * The pairs of a description such as "The best is ets, with 0.36%. ets: 0.36%; mstl: 0.40%." or "ets: 0.75% at horizon 12; …", by name;
 * of a course such as "ets: 0.29% in Feb 2013, 0.38% in Dec 2014" its end.
 */
export function pairs(text: string): Map<string, string> {
  return new Map(
    text
      .replace(/^The best .*?\. /, "")
      .replaceAll(/: \S+ in [^,;]+, (\S+ in [^;]+)/g, ": $1")
      .replace(/\.$/, "")
      .split("; ")
      .map((pair) => {
        const [, name, value] = /^(.*): (\S+)( .*)?$/.exec(pair) ?? [];
        if (!name || !value) throw new Error(`"${pair}" isn't a name and a value`);
        return [name, value] as const;
      })
  );
}

/** The texts of a table's cells, row by row, without its head. */
export async function tableRows(table: Locator): Promise<string[][]> {
  return table.evaluate((element) =>
    [...element.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim())
    )
  );
}

/** A card by its heading. */
export const card = (page: Page, heading: string) =>
  page.locator(".card").filter({has: page.getByRole("heading", {name: heading, exact: true})});

/** Expects a text to read as this number, to as many digits as it shows: "143,093", "+1.4%", "−0.07". */
export function expectReads(text: string, value: number, of: string): void {
  const plain = text.replaceAll(",", "").replace("−", "-");
  const [, shown, percent] = /^([+-]?\d+(?:\.\d+)?)(%?)$/.exec(plain) ?? [];
  if (shown === undefined) throw new Error(`${of}: "${text}" isn't a number`);
  const decimals = shown.split(".")[1]?.length ?? 0;
  const wanted = percent ? 100 * value : value;
  expect(Number(shown).toFixed(decimals), of).toBe(Number(wanted.toFixed(decimals)).toFixed(decimals));
}

/** The paths of the pages that the site's navigation links to. */
export async function sitePaths(browser: Browser, url: string): Promise<string[]> {
  const page = await browser.newPage();
  await page.goto(url);
  const found = await page
    .locator("#observablehq-sidebar a[href]")
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  await page.close();
  return [...new Set(["/", ...found])];
}

/** The paths of all pages of a built site, also of those that no navigation links to. */
export async function builtPaths(site: string): Promise<string[]> {
  const files = await readdir(site, {recursive: true});
  const pages = files.filter((file) => file.endsWith(".html") && file !== "404.html");
  return pages.map((file) => `/${file.replace(/(^|\/)index\.html$|\.html$/, "$1")}`).sort();
}

/** Whether every cell of the page has given what it gives, and none is still waiting, nor what it has asked. */
export const settled = (page: Page) =>
  page.waitForFunction(() => !document.querySelector("observablehq-loading, [aria-busy=true]"));

/** Places of pictures that are higher than what is in them, as readable lines. */
export const blankBelow = (page: Page, of = ".picture") =>
  page.locator(of).evaluateAll((places) =>
    places.flatMap((place) => {
      const range = document.createRange();
      range.selectNodeContents(place);
      const blank = Math.round(place.getBoundingClientRect().bottom - range.getBoundingClientRect().bottom);
      return blank > 2 ? [`${blank} pixels are blank below "${place.textContent.trim().slice(0, 30)}"`] : [];
    })
  );

/** What stands out of the window sideways, or a chart's text out of its card, as readable lines. */
export const sticksOut = (page: Page) =>
  page.evaluate(() => {
    const faults: string[] = [];
    const told = (element: Element) => `${element.tagName} "${element.textContent.trim().slice(0, 40)}"`;
    if (document.documentElement.scrollWidth > innerWidth) {
      faults.push(`the page is ${document.documentElement.scrollWidth} of ${innerWidth} wide`);
    }
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    for (const element of document.querySelectorAll("#observablehq-main *")) {
      const {left, right, width} = element.getBoundingClientRect();
      if (!width || scrolls(element)) continue;
      if (left < -1 || right > innerWidth + 1) faults.push(`${told(element)} is out of the window`);
      const card = element.tagName === "text" && element.closest(".card")?.getBoundingClientRect();
      if (card && (left < card.left - 1 || right > card.right + 1)) {
        faults.push(`${told(element)} is out of its card`);
      }
    }
    return faults;
  });

/** Accessibility problems that this kit can't fix, by axe's rule: whose they are, and where. */
const notOurs: Record<string, RegExp> = {
  // Plot labels the groups of its marks, in a picture whose role hides its parts from screen readers.
  "aria-prohibited-attr": /^<g aria-label=/,
  // Framework's sidebar: its toggle has but a title, and the label that closes it stands in a list.
  "label-title-only": /^<input id="observablehq-sidebar-toggle"/,
  list: /^<ol>\s*<label id="observablehq-sidebar-close"/
};

const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The violations of WCAG 2.2 A and AA that axe finds, and what else it takes for serious, as readable lines. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const {violations} = await (globalThis as unknown as {axe: typeof axe}).axe.run(document, {
      resultTypes: ["violations"]
    });
    return violations.flatMap(({id, impact, tags, nodes}) =>
      nodes.map(({html, failureSummary}) => ({id, impact, tags, html, failureSummary}))
    );
  });
  return found
    .filter(
      ({impact, tags}) =>
        impact === "serious" || impact === "critical" || tags.some((tag) => levels.includes(tag))
    )
    .filter(({id, html}) => !notOurs[id]?.test(html))
    .map(({id, html, failureSummary}) => `${id}: ${html}: ${failureSummary}`);
}
