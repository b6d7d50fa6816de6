// How much a page moves: the layout shift until it is quiet, and after each of its controls is changed.
import type {Browser, Locator, Page} from "playwright-core";

export interface Movement {
  load: number;
  controls: {name: string; shift: number}[];
}

export async function movement(browser: Browser, url: string, width: number): Promise<Movement> {
  const context = await browser.newContext({viewport: {width, height: 900}});
  try {
    const page = await context.newPage();
    await page.addInitScript(watchShifts);
    await page.goto(url, {waitUntil: "load"});
    await quiet(page);
    const load = await takeShift(page);
    const controls: Movement["controls"] = [];
    for (const control of await page
      .locator("#observablehq-main :is(select, fieldset, form:has(> div > label > input[type=radio]))")
      .all()) {
      const name = await change(control);
      if (name === undefined) continue;
      await quiet(page);
      controls.push({name, shift: await takeShift(page)});
    }
    return {load, controls};
  } finally {
    await context.close();
  }
}

/** Chooses the last of what a control offers, and tells its name; undefined if there is nothing to choose. */
async function change(control: Locator): Promise<string | undefined> {
  const radios = control.locator("input[type=radio]");
  const count = await radios.count();
  if (count > 1) {
    await radios.nth(count - 1).check();
    return radios
      .nth(count - 1)
      .evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent.trim().slice(0, 24) ?? "");
  }
  const options = await control.locator("option").count();
  if (options < 2) return undefined;
  const label = await control.evaluate(
    (select: HTMLSelectElement) => select.labels[0]?.textContent.trim() ?? ""
  );
  await control.selectOption({index: options - 1});
  return label;
}

/** Waits until the page has answered all, and nothing in it has changed for a while. */
async function quiet(page: Page): Promise<void> {
  await page.waitForFunction(
    (since) => {
      const {changed} = globalThis as unknown as {changed: number};
      const busy = document.querySelector(
        "observablehq-loading, [aria-busy=true], [role=status]:not([hidden]) > progress"
      );
      return !busy && performance.now() - Math.max(changed, since) > 1_500;
    },
    await page.evaluate(() => performance.now()),
    {timeout: 60_000, polling: 100}
  );
}

/** The shift since it was last asked for. */
const takeShift = (page: Page) =>
  page.evaluate(() => {
    const state = globalThis as unknown as {shift: number};
    const {shift} = state;
    state.shift = 0;
    return shift;
  });

/** Runs in the page. Shifts right after an input count, too: it is the page that moves, not the viewer. */
function watchShifts(): void {
  const state = Object.assign(globalThis, {shift: 0, changed: 0});
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) state.shift += (entry as unknown as {value: number}).value;
  }).observe({type: "layout-shift", buffered: true});
  new MutationObserver(() => (state.changed = performance.now())).observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true
  });
}
