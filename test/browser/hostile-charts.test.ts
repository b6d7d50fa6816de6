// Every chart with data that breaks charts: it draws something right, or says why not, and the same in every time zone.
import type {Browser, BrowserContext, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {bundledPage} from "../charts/bundled-page.js";
import type {everyChart as Charts} from "../charts/every-chart.js";
import type {hostile as Inputs} from "../charts/hostile.js";
import {launchChromium, patience} from "./chromium.js";
import {serveStatic} from "./static-server.js";

declare const everyChart: typeof Charts;
declare const hostile: typeof Inputs;

const source = `
import {everyChart} from "./test/charts/every-chart.ts";
import {hostile} from "./test/charts/hostile.ts";
Object.assign(globalThis, {everyChart, hostile});
document.querySelector("main").innerHTML = '<div class="card"></div>';`;

/** What charts refuse, with the sentence that says why. */
const refused: Record<string, RegExp> = {
  "numbers as texts": /Column "\w+" holds the text "100" in row 1: it must hold numbers/,
  "impossible dates": /2023-02-31/,
  "several rows for each time": /several .* such as rows \d+ and \d+/
};

interface Drawn {
  html?: string;
  error?: string;
  faults: string[];
}

let browser: Browser;
let site: {url: string; close(): Promise<void>};
let bundle: Awaited<ReturnType<typeof bundledPage>>;
const zones = ["UTC", "America/Los_Angeles", "Asia/Kolkata"];
let contexts: BrowserContext[];
let pages: Page[];
const wrong: string[] = [];

beforeAll(async () => {
  [browser, bundle] = await Promise.all([launchChromium(), bundledPage(source)]);
  site = await serveStatic(bundle.folder);
  const viewport = {width: 480, height: 800};
  contexts = await Promise.all(
    zones.map((timezoneId) => browser.newContext({timezoneId, viewport, locale: "en-US"}))
  );
  pages = await Promise.all(contexts.map((context) => context.newPage()));
  for (const page of pages) {
    page.setDefaultTimeout(patience);
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("dialog", (dialog) => {
      wrong.push(`a script in a name ran: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(site.url);
    await page.waitForFunction(() => "everyChart" in globalThis);
  }
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await bundle?.remove();
  expect(wrong).toEqual([]);
});

/** Draws a chart of an input in a card of 400 pixels, and lists what a viewer would stumble over. */
const drawIn = (page: Page, chart: string, input: string): Promise<Drawn> =>
  page.evaluate(
    ([chart, input]) => {
      const card = document.querySelector<HTMLElement>(".card")!;
      let element: Element;
      try {
        element = everyChart[chart]!(hostile[input]!(), {width: 400});
      } catch (error) {
        return {error: String((error as Error).message), faults: []};
      }
      card.replaceChildren(element);
      const faults: string[] = [];
      const box = card.getBoundingClientRect();
      if (box.height > 1600) faults.push(`${Math.round(box.height)} pixels tall`);
      for (const part of card.querySelectorAll("svg *")) {
        for (const {name, value} of part.attributes)
          if (
            /^(d|[xy][12]?|c[xy]|r|width|height|transform|points)$/.test(name) &&
            /NaN|undefined|Infinity/.test(value)
          )
            faults.push(`<${part.tagName} ${name}="${value.slice(0, 40)}">`);
      }
      for (const text of card.querySelectorAll("svg text")) {
        const {left, right, width} = text.getBoundingClientRect();
        // The axes of a plot of one's own are the plot's.
        const isOurs = !chart.endsWith("Mark") || !text.closest('[aria-label*="axis"]');
        if (isOurs && width && (left < box.left - 1 || right > box.right + 1))
          faults.push(
            `"${text.textContent.slice(0, 30)}" is cut: ${Math.round(left)} to ${Math.round(right)}`
          );
        if (isOurs && /\d [AP]M\b|\de[−-]?\d/.test(text.textContent))
          faults.push(`"${text.textContent}" is written in another way than elsewhere`);
        if (/\bNaN\b|\[object/.test(text.textContent)) faults.push(`says "${text.textContent.slice(0, 60)}"`);
      }
      for (const {textContent} of card.querySelectorAll('g[aria-label$="axis label"] text'))
        if (/^[←↑]? ?(at|group|place|row|value)\b/.test(textContent))
          faults.push(`an axis called "${textContent}"`);
      for (const axis of card.querySelectorAll('g[aria-label$="axis tick label"]')) {
        if (chart.endsWith("Mark")) break;
        const ticks = [...axis.querySelectorAll("text")].map((tick) => tick.textContent);
        // Months come again each year, but not one after another.
        if (ticks.some((tick, i) => i > 0 && tick === ticks[i - 1]))
          faults.push(`ticks are repeated: ${ticks.join(", ").slice(0, 80)}`);
        const boxes = [...axis.querySelectorAll("text")].map((tick) => tick.getBoundingClientRect());
        boxes.forEach((a, i) => {
          const over = boxes.findIndex(
            (b, j) =>
              j > i &&
              Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3 // of a line's height, which is more than its letters'
          );
          if (over >= 0) faults.push(`ticks overlap: ${ticks[i]} and ${ticks[over]}`);
        });
      }
      const marks =
        '[aria-label]:not([aria-label*="axis"], [aria-label*="grid"], [aria-label=text], [aria-label=tip])';
      const shapes = card.querySelectorAll(`svg ${marks} :is(path, circle, rect, line)`);
      const says =
        /\bNo (data|finite values|values|forecasts)|Only one (origin|version)|Too few residuals|The residuals don't vary|are the same in all versions/.test(
          card.textContent
        );
      if (input === "no rows" && !chart.endsWith("Mark") && !/No data/.test(card.textContent))
        faults.push("doesn't say that there is no data");
      if (input !== "no rows" && !shapes.length && !says && !/^(error|importance).*Mark$/.test(chart))
        faults.push("draws nothing of the data");
      if (chart.endsWith("Mark") && !shapes.length && card.querySelector("svg text"))
        faults.push("a mark without values has an axis");
      if (/^(all zero|constant)$/.test(input) && chart.startsWith("errorByVersion"))
        for (const bar of card.querySelectorAll("[aria-label=bar] rect"))
          if (bar.getBoundingClientRect().width > 0.5) faults.push("a bar of zero");
      const numbered = (selector: string) =>
        [...card.querySelectorAll(selector)].flatMap(
          ({textContent}) => /^(?:version|SKU)-(\d+)$/.exec(textContent)?.[1] ?? []
        );
      const lists = [numbered(".ikigai-key bdi")];
      // Where all are equal they are in the order of their names.
      if (input === "3,000 series" || chart === "columnProfile of names") lists.push(numbered("svg text"));
      for (const list of lists)
        if (list.some((name, i) => i > 0 && Number(name) < Number(list[i - 1])))
          faults.push(`names are listed as ${list.slice(0, 8).join(", ")}`);
      if (
        /^(versionsChart|forecastOrigins|forecastRevisions|errorByHorizon|errorOverTime|biasOverTime)/.test(
          chart
        )
      ) {
        const drawn = new Set(
          [...card.querySelectorAll("svg [aria-label=line] path")]
            .filter((path) => path.getAttribute("d")!.includes("L"))
            .map((path) => getComputedStyle(path).stroke)
        );
        for (const sample of card.querySelectorAll('.ikigai-key path[d="M1,6H19"]:not([stroke-dasharray])')) {
          const label = sample.closest("span")!.textContent;
          if (!label.endsWith("(no value)") && !drawn.has(getComputedStyle(sample).stroke))
            faults.push(`the key has a line for "${label.slice(0, 30)}", which isn't drawn`);
        }
      }
      if (card.querySelector("img, script")) faults.push("a name became an element");
      for (const svg of card.querySelectorAll("svg[role]"))
        if (!svg.getAttribute("aria-label") || !svg.getAttribute("aria-description"))
          faults.push("a chart without a name or description");
      // Ids of clips and the like count up from chart to chart.
      return {html: card.innerHTML.replaceAll(/(id="|url\(#|for="|aria-\w+="ikigai-)[\w-]+/g, "$1"), faults};
    },
    [chart, input] as const
  );

const charts = [
  "forecastChart",
  "forecastChart of several series",
  "forecastChart of several intervals",
  "forecastChart with clip",
  "versionsChart",
  "forecastOrigins",
  "forecastRevisions",
  "errorByVersion",
  "errorByVersion of bias",
  "errorByHorizon",
  "errorBySeries",
  "metricsByVersion",
  "smallMultiples",
  "runHistory",
  "forecastMark",
  "versionsMark",
  "forecastOriginsMark",
  "errorByVersionMark",
  "errorByHorizonMark",
  "errorBySeriesMark",
  "versionDifference",
  "valueAddedChart",
  "biasOverTime",
  "biasOverTime as signal",
  "errorOverTime",
  "calibrationChart",
  "calibrationChart by horizon",
  "residualsChart",
  "residualPanel",
  "versionSlope",
  "hyperparametersChart",
  "importanceByVersion",
  "importanceByVersionMark",
  "hierarchyChart",
  "columnProfile",
  "columnProfile of times",
  "columnProfile of names"
];

describe("every chart with every hostile input", {timeout: 400_000}, () => {
  it("is tried", async () => {
    expect(await pages[0]!.evaluate(() => Object.keys(everyChart))).toEqual(charts);
    expect(await pages[0]!.evaluate(() => Object.keys(hostile).length)).toBeGreaterThan(30);
  });

  it.each(charts)("%s", async (chart) => {
    const faults: string[] = [];
    for (const input of await pages[0]!.evaluate(() => Object.keys(hostile))) {
      const [utc, ...others] = await Promise.all(pages.map((page) => drawIn(page, chart, input)));
      faults.push(...utc!.faults.map((fault) => `${input}: ${fault}`));
      if (utc!.error !== undefined && !refused[input]?.test(utc!.error))
        faults.push(`${input}: ${utc!.error}`);
      for (const [i, other] of others.entries())
        if (other.html !== utc!.html || other.error !== utc!.error)
          faults.push(`${input}: it differs in ${zones[i + 1]}`);
    }
    expect(faults).toEqual([]);
  });
});
