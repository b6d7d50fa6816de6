// Every page of the site on a screen, on a phone, on paper and by keyboard: nothing jumps, nothing is cut, all can be reached.
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, it, vi} from "vitest";
import {launchChromium, patience} from "./chromium.js";
import {hiddenSideways} from "./sideways.js";
import {builtPaths, settled, sticksOut} from "./site-page.js";
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

/** What moved, as the browser measures it: the sum since the page opened, or since `shifts` was emptied. */
declare const shifts: {value: number; of: string}[];

/** What is wrong with a page, as readable lines. */
type Look = (page: Page) => Promise<string[]>;

/**
 * Before the tests: opens every page once, without what the browser has cached, and takes the looks one after another, since most of the
 * time is the loading. Gives what each of them has found, with the page's path.
 */
function lookedAt<Name extends string>(width: number, looks: Record<Name, Look>): Record<Name, string[]> {
  const names = Object.keys(looks) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, string[]>;
  beforeAll(async () => {
    const page = await browser.newPage({viewport: {width, height: 900}, colorScheme: "dark"});
    page.setDefaultTimeout(patience);
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", {cacheDisabled: true});
    await page.addInitScript(() => {
      const shifts: {value: number; of: string}[] = Object.assign(globalThis, {shifts: []}).shifts;
      const nameOf = ({node}: {node?: Node}) => {
        const element = node instanceof Element ? node : node?.parentElement;
        return `${element?.tagName}.${element?.getAttribute("class")} ${element?.textContent.trim().slice(0, 20)}`;
      };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as {value: number; sources: {node?: Node}[]}[])
          shifts.push({value: entry.value, of: entry.sources.map(nameOf).join(", ")});
      }).observe({type: "layout-shift", buffered: true});
    });
    for (const path of paths) {
      await page.goto(demo.url + path);
      await page.waitForLoadState("networkidle");
      await settled(page);
      for (const name of names)
        found[name].push(...(await looks[name](page)).map((fault) => `${path}: ${fault}`));
    }
    await page.close();
  }, 600_000);
  return found;
}

/** Says what has moved by more than one notices, and begins again. */
async function moved(page: Page, when: string): Promise<string[]> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
  const all = await page.evaluate(() => shifts.splice(0));
  const sum = all.reduce((sum, {value}) => sum + value, 0);
  return sum < 0.05 ? [] : [`${when}: ${sum.toFixed(3)} by ${all.map(({of}) => of).join("; ")}`];
}

/** What `look` finds and that stays: a page follows a new medium or width in a frame or more. */
async function lasting(look: () => Promise<string[]>): Promise<string[]> {
  let found: string[] = [];
  await vi
    .waitUntil(async () => (found = await look()).length === 0, {timeout: 20_000})
    .catch(() => undefined);
  return found;
}

const whileLoading: Look = (page) => moved(page, "loading");

/** What moves when a control changes. */
async function whenControlsChange(page: Page): Promise<string[]> {
  // Looks before this one may have scrolled the page or changed its width.
  await page.evaluate(() => scrollTo(0, 0));
  const isStill = async () => (await moved(page, "before")).length === 0;
  await vi.waitUntil(isStill, {timeout: patience});
  const faults: string[] = [];
  const main = page.locator("#observablehq-main");
  for (const select of await main.locator("select:enabled:visible").all()) {
    const label = await select.evaluate((element) => (element as HTMLSelectElement).labels[0]?.textContent);
    const options = await select.locator("option").count();
    if (options < 2) continue;
    await select.selectOption({index: options - 1});
    await settled(page);
    faults.push(...(await moved(page, `${label} changes`)));
  }
  for (const radio of await main.locator("input[type=radio]:visible").all()) {
    await radio.check();
    await settled(page);
    faults.push(...(await moved(page, "another is chosen")));
  }
  return faults;
}

async function onPhone(page: Page): Promise<string[]> {
  const small = await page.locator("#observablehq-main").evaluate((main) => {
    const pressed =
      "select, button, summary, input:not([type=radio], [type=checkbox], [type=range]), label:has(> input)";
    return Array.from(main.querySelectorAll(pressed), (element) => ({
      of: `${element.tagName} ${element.textContent.trim().slice(0, 30)}`,
      height: element.getBoundingClientRect().height
    })).filter(({height}) => height > 0 && height < 44);
  });
  const loose = await page
    .locator(".card table :is(th, td):first-child")
    .evaluateAll((cells) => cells.filter((cell) => getComputedStyle(cell).position !== "sticky").length);
  return [
    ...small.map(({of, height}) => `${of} is ${height} pixels high`),
    ...(loose ? [`${loose} first cells aren't sticky`] : []),
    ...(await lasting(() => sticksOut(page))),
    ...(await hiddenSideways(page))
  ];
}

/** As a browser prints a page that is shown: in a narrower window, and in the colors of paper. */
async function inPrint(page: Page): Promise<string[]> {
  const shown = page.viewportSize()!;
  await page.setViewportSize({width: 718, height: 900});
  await page.emulateMedia({media: "print"});
  const faulty = (main: Element) => {
    const told = (element: Element) => `${element.tagName} "${element.textContent.trim().slice(0, 30)}"`;
    const faults: string[] = [];
    const lightness = (color: string) => {
      const context = document.createElement("canvas").getContext("2d")!;
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, alpha] = context.getImageData(0, 0, 1, 1).data;
      return alpha === 0 ? undefined : (0.2126 * r! + 0.7152 * g! + 0.0722 * b!) / 255;
    };
    for (const element of [document.body, ...main.querySelectorAll("*")]) {
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue; // for screen readers
      const style = getComputedStyle(element);
      if (box.right > innerWidth + 1) faults.push(`${told(element)} is cut at the right`);
      if (
        element.scrollWidth > element.clientWidth + 1 &&
        style.overflowX !== "visible" &&
        !(element instanceof SVGElement) &&
        element.clientWidth
      )
        faults.push(`${told(element)} is cut`);
      if (element.matches(".card") && style.breakInside !== "avoid")
        faults.push(`${told(element)} may be split`);
      if (element.matches(".card") && box.height > 1_047)
        faults.push(`${told(element)} is higher than a page`);
      if (element.matches("body, .card") && !((lightness(style.backgroundColor) ?? 1) > 0.95))
        faults.push(`${told(element)} is dark`);
      if (element.matches("h1, h2, h3, p, td, th, label, code span") && !(lightness(style.color)! < 0.6))
        faults.push(`${told(element)} has light text`);
    }
    return faults;
  };
  const faults = await lasting(() => page.locator("#observablehq-main").evaluate(faulty));
  await page.emulateMedia({media: "screen"});
  await page.setViewportSize(shown);
  return faults;
}

/** Whether an element takes the keyboard's focus, as selectors say it. */
const controls = "select, textarea, input, button, summary, a[href], [tabindex='0']";

async function byKeyboard(page: Page): Promise<string[]> {
  const wanted = await page.locator("#observablehq-main").evaluate((main, controls) => {
    const all = [...main.querySelectorAll<HTMLElement>(controls)].filter(
      (element) =>
        element.checkVisibility({visibilityProperty: true}) && !element.matches(":disabled, [tabindex='-1']")
    );
    // Of radio buttons, Tab reaches the one that is chosen.
    const reached = all.filter((element) => !element.matches("input[type=radio]:not(:checked)"));
    reached.forEach((element, i) => (element.dataset.control = String(i)));
    return reached.map(
      (element) =>
        `${element.tagName} ${element.getAttribute("type")} ${element.textContent.trim().slice(0, 30)}`
    );
  }, controls);
  const seen = new Set<number>();
  const hidden: string[] = [];
  for (let i = 0; i < wanted.length + 60 && seen.size < wanted.length; ++i) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement | null;
      if (!focused?.dataset.control) return null;
      const shows = (element: Element) => {
        const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(element);
        return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
      };
      const around = focused.closest("label");
      return {
        control: Number(focused.dataset.control),
        shows: shows(focused) || (around !== null && shows(around))
      };
    });
    if (!at) continue;
    seen.add(at.control);
    if (!at.shows) hidden.push(`the focus isn't seen on ${wanted[at.control]}`);
  }
  return [
    ...wanted.filter((_, i) => !seen.has(i)).map((control) => `Tab doesn't reach ${control}`),
    ...hidden
  ];
}

describe("every page on a screen", () => {
  const found = lookedAt(1280, {whileLoading, byKeyboard, inPrint, whenControlsChange});

  it("stays in place while it loads", () => expect(found.whileLoading).toEqual([]));

  it("stays in place when controls change", () => expect(found.whenControlsChange).toEqual([]));

  it("prints light, with nothing cut and no card across two pages", () => expect(found.inPrint).toEqual([]));

  it("is used by keyboard: Tab reaches every control, and the focus is seen", () =>
    expect(found.byKeyboard).toEqual([]));
});

describe("every page on a phone", () => {
  const found = lookedAt(390, {whileLoading, onPhone, whenControlsChange});

  it("stays in place while it loads", () => expect(found.whileLoading).toEqual([]));

  it("stays in place when controls change", () => expect(found.whenControlsChange).toEqual([]));

  it("has controls that a thumb hits, and tables whose first column stays and that show that they scroll", () =>
    expect(found.onPhone).toEqual([]));
});

describe("every page with numbers", () => {
  it("has its cards of numbers in rows of one length", async () => {
    const page = await browser.newPage();
    for (const path of ["/", "/data"]) {
      await page.goto(demo.url + path);
      await page.locator(".kpis > .kpi").nth(3).waitFor();
      for (const width of [390, 640, 718, 820, 1000, 1280, 1920]) {
        await page.setViewportSize({width, height: 900});
        const rowLengths = () =>
          page.locator(".kpis > .kpi").evaluateAll((cards) => {
            const tops = cards.map((card) => Math.round(card.getBoundingClientRect().top));
            return [...new Set(tops.map((top) => tops.filter((other) => other === top).length))];
          });
        await expect.poll(async () => (await rowLengths()).length, {message: `${path} at ${width}`}).toBe(1);
      }
    }
    await page.close();
  });
});
