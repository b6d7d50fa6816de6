// The gallery of every chart with every hostile input: a picture for each chart, theme and width.
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {serveStatic} from "../browser/static-server.js";
import {bundledPage} from "../charts/bundled-page.js";
import type {Picture} from "./picture.js";

const source = `
import {everyChart} from "./test/charts/every-chart.ts";
import {hostile} from "./test/charts/hostile.ts";
const columns = matchMedia("(min-width: 1000px)").matches ? 3 : 1;
const main = document.querySelector("main");
main.style.cssText = "max-width: none; margin: 16px; display: grid; gap: 12px; grid-template-columns: repeat(" + columns + ", minmax(0, 1fr))";
const style = document.createElement("style");
style.textContent = ".card {margin: 0; min-width: 0; overflow: hidden} .card h2 {font-size: 13px; overflow-wrap: anywhere} .refused {color: var(--theme-foreground-muted)}";
document.head.append(style);
globalThis.names = Object.keys(everyChart);
globalThis.draw = (name) => {
  main.replaceChildren(...Object.entries(hostile).map(([input, rows]) => {
    const card = Object.assign(document.createElement("div"), {className: "card"});
    card.append(Object.assign(document.createElement("h2"), {textContent: input}));
    const width = (main.clientWidth - 12 * (columns - 1)) / columns - 40;
    try {
      card.append(everyChart[name](rows(), {width}));
    } catch (error) {
      card.append(Object.assign(document.createElement("p"), {className: "refused", textContent: error.message}));
    }
    return card;
  }));
};`;

declare const names: string[];
declare const draw: (name: string) => void;

/** Draws them all into `to`, those whose name contains `only`. */
export async function gallery(browser: Browser, to: string, only: string): Promise<Picture[]> {
  await mkdir(to, {recursive: true});
  const page = await bundledPage(source);
  const site = await serveStatic(page.folder);
  try {
    const pictures: Picture[] = [];
    for (const colorScheme of ["light", "dark"] as const)
      // Three beside each other, one with names at the ends of its lines, and a phone's.
      for (const width of [1280, 700, 390]) {
        const context = await browser.newContext({colorScheme, viewport: {width, height: 800}});
        const opened = await context.newPage();
        await opened.goto(site.url);
        await opened.waitForFunction(() => "draw" in globalThis);
        const of = (await opened.evaluate(() => names)).filter((name) => name.includes(only));
        for (const name of of) pictures.push(await take(opened, name, `${colorScheme}, ${width}`, to));
        await context.close();
      }
    return pictures;
  } finally {
    await site.close();
    await page.remove();
  }
}

async function take(page: Page, name: string, variant: string, to: string): Promise<Picture> {
  await page.evaluate((chart) => draw(chart), name);
  const file = `${name} ${variant}.png`.replaceAll(/[ ,]+/g, "-");
  await page.screenshot({path: join(to, file), fullPage: true});
  return {of: name, variant, file};
}
