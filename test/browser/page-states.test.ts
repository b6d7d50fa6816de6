// What every page shows while its data loads, when it doesn't come, when there is none, and when it is old.
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, it} from "vitest";
import {states} from "../screenshots/states.js";
import {launchChromium, patience} from "./chromium.js";
import {blankBelow, builtPaths, settled, sticksOut} from "./site-page.js";
import {startCopy, type Demo} from "./site.js";

let demo: Demo;
let browser: Browser;
let paths: string[];

beforeAll(async () => {
  [demo, browser] = await Promise.all([startCopy(inject("keptDemo")), launchChromium()]);
  paths = await builtPaths(demo.site);
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

/** Opens every page in a state and gives what `look` finds, each with its path. */
async function lookAtAll(name: string, look: (page: Page, path: string) => Promise<string[]>) {
  const {prepare, wait} = states.find((state) => state.name === name)!;
  const found: string[] = [];
  // One tab for all: it takes two thirds of the CPU time of a new one for each.
  const page = await browser.newPage({viewport: {width: 1280, height: 900}});
  page.setDefaultTimeout(patience);
  await prepare(page);
  for (const path of paths) {
    await page.goto(demo.url + path);
    await page.waitForLoadState(name === "loading" ? "load" : "networkidle");
    await (wait ?? settled)(page);
    const faults = [...(await look(page, path)), ...(await unreadable(page)), ...(await sticksOut(page))];
    found.push(...faults.map((fault) => `${path}: ${fault}`));
  }
  await page.close();
  return found;
}

const shownText = (page: Page) => page.locator("#observablehq-main").innerText();

/** What no viewer should read: values that aren't there, as JavaScript writes them, and its exceptions. */
async function unreadable(page: Page): Promise<string[]> {
  const lines = (await shownText(page))
    .split("\n")
    .filter((line) => !/^(const|let|import|function)\b/.test(line));
  return lines.filter((line) =>
    /\bNaN\b|\bundefined\b|\bnull\b(?! \|)(?!;)|Invalid Date|Infinity|\[object |(?:Runtime|Type|Range|Reference)?Error: |Jan 1, 1970/.test(
      line
    )
  );
}

describe("a page whose data", {timeout: 600_000}, () => {
  it("loads says so where its pictures will be", async () => {
    const found = await lookAtAll("loading", async (page) => {
      const places = await page
        .locator(".picture")
        .evaluateAll((places) =>
          places
            .map(
              (place) =>
                getComputedStyle(
                  place.querySelector(":scope > div, :scope > observablehq-loading") ?? place,
                  "::before"
                ).content
            )
            .filter((content) => content !== '"Loading …"')
        );
      return places.map((content) => `a picture says ${content}`);
    });
    expect(found).toEqual([]);
  });

  it("can't be loaded names the file once, and what helps", async () => {
    const found = await lookAtAll("error", async (page) => {
      const notes = await page.getByRole("alert").filter({hasText: /\S/}).allInnerTexts();
      const isRight = notes.length === 1 && /could not be loaded\. Check your connection/.test(notes[0]!);
      const text = await shownText(page);
      const names = Array.from(text.matchAll(/[\w-]+\.(?:arrow|parquet|json)/g), ([name]) => name);
      const twice = names.filter((name, i) => names.indexOf(name) < i);
      return [
        ...(isRight ? [] : [`alerts: ${notes.join(" | ")}`]),
        ...twice.map((name) => `${name} is named twice`),
        ...(await blankBelow(page, ".picture:has(.ikigai-fault)"))
      ];
    });
    expect(found).toEqual([]);
  });

  it("has no rows says so", async () => {
    const found = await lookAtAll("empty", async (page) => {
      const alerts = await page.getByRole("alert").filter({hasText: /\S/}).allInnerTexts();
      const blank = await page
        .locator(".picture")
        .evaluateAll((places) =>
          places
            .filter((place) => place.checkVisibility() && !place.textContent.trim())
            .map((place) => place.closest(".card")?.textContent.trim())
        );
      return [...alerts, ...blank.map((card) => `nothing is in the place of the picture: ${card}`)];
    });
    expect(found).toEqual([]);
  });

  it("is old says since when, and why", async () => {
    const found = await lookAtAll("stale", async (page) => {
      const note = page.locator(".stale");
      const text = (await note.allInnerTexts()).join();
      return /^Not up to date\. .*no new data since /.test(text) ? [] : [`the note is "${text}"`];
    });
    expect(found).toEqual([]);
  });
});
