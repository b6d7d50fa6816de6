// The readers of pages themselves: a comparison proves nothing unless it can fail, and a search unless it finds.
import type {Browser, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {launchChromium} from "./chromium.js";
import {expectReads, pairs, sticksOut, tableRows, violations} from "./site-page.js";

describe("expectReads", () => {
  it.each([
    ["143,093", 143_092.6],
    ["+1.4%", 0.01425],
    ["-0.07", -0.0749],
    ["−10.3%", -0.1034],
    ["0.0%", -0.0004]
  ])("takes %s for %d", (text, value) => expectReads(text, value, ""));

  it.each([
    ["143,093", 143_094],
    ["+1.4%", 0.0134],
    ["0.07", -0.07],
    ["0.36%", 0.36],
    ["–", 0],
    ["", 0],
    ["1e3", 1000]
  ])("doesn't take %s for %d", (text, value) => {
    expect(() => expectReads(text, value, "")).toThrow();
  });
});

describe("pairs", () => {
  it("are read off a description", () => {
    expect([...pairs("ets: 0.36% at horizon 12; Trade, transport: −1.5.")]).toEqual([
      ["ets", "0.36%"],
      ["Trade, transport", "−1.5"]
    ]);
    expect([...pairs("The best is ets, with 0.42%. ets: 0.42%; mstl: 0.5%.").keys()]).toEqual([
      "ets",
      "mstl"
    ]);
    expect([...pairs("ets: 0.3% in Feb 2013, 0.4% in Dec 2014; mstl: 0.5% in Dec 2014.")]).toEqual([
      ["ets", "0.4%"],
      ["mstl", "0.5%"]
    ]);
    expect(() => pairs("No data")).toThrow(/isn't a name and a value/);
  });
});

describe("on a page", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    page = await browser.newPage({viewport: {width: 400, height: 300}});
  });

  afterEach(() => page.context().close());

  const show = (main: string) =>
    page.setContent(
      `<!doctype html><html lang="en"><title>Test</title><main id="observablehq-main">${main}</main></html>`
    );

  it("finds what sticks out, on either side, and texts that leave their card", async () => {
    await show(`<p style="margin-left: -20px">Left</p>`);
    expect(await sticksOut(page)).toEqual([`P "Left" is out of the window`]);
    await show(`<p style="width: 500px">Right</p>`);
    expect(await sticksOut(page)).toContain(`P "Right" is out of the window`);
    const svg = (x: number) =>
      `<div class="card" style="margin: 50px"><svg width="100" height="20" style="overflow: visible"><text x="${x}" y="15">A label</text></svg></div>`;
    await show(svg(-40));
    expect(await sticksOut(page)).toEqual([`text "A label" is out of its card`]);
    await show(svg(0));
    expect(await sticksOut(page)).toEqual([]);
  });

  it("lets stand what can be scrolled to", async () => {
    await show(`<div style="overflow-x: auto"><table style="width: 900px"><tbody><tr><td>Wide</table></div>`);
    expect(await sticksOut(page)).toEqual([]);
    expect(await tableRows(page.locator("table"))).toEqual([["Wide"]]);
  });

  it("finds what shuts people out, and overlooks only what isn't ours", async () => {
    await show(`<button></button><p style="color: #aaa; background: #fff">Pale</p><svg><g aria-label="line"></g></svg>
      <img src="data:,">`);
    const found = (await violations(page)).map((line) => line.split(":")[0]);
    expect(found.sort()).toEqual(["button-name", "color-contrast", "image-alt"]);
  });
});
