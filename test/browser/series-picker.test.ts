// The picker of series in a real browser: keys, mouse and thumb, a hundred thousand names, and what screen readers get.
import type {BrowserContextOptions} from "playwright-core";
import {expect, it} from "vitest";
import type {SeriesPicker} from "../../lib/inputs/index.js";
import {bundledSite} from "./bundled-site.js";
import type {WatchedPage} from "./chromium.js";

declare const kit: {
  show: (series: unknown, options?: Record<string, unknown>) => SeriesPicker;
  many: string[];
  picked: (string | null)[];
};
declare const axe: {
  run: (selector: string) => Promise<{violations: {id: string; nodes: {html: string}[]}[]}>;
};

const source = `
import {seriesPicker} from "./lib/inputs/index.ts";
const picked = [];
const show = (series, options) => {
  const picker = seriesPicker(series, options);
  picker.addEventListener("input", () => picked.push(picker.value));
  document.querySelector("main").replaceChildren(picker);
  return picker;
};
const many = Array.from({length: 100_000}, (_, i) => \`SKU-\${String(i).padStart(6, "0")} \${i % 2 ? "North" : "South"} warehouse of the second kind, \${i % 7}\`);
globalThis.kit = {show, many, picked};
`;

const site = bundledSite(source);
let watched: WatchedPage;

async function open(options: BrowserContextOptions = {viewport: {width: 1280, height: 900}}) {
  watched = await site.open(options);
  await watched.page.waitForFunction(() => "kit" in globalThis);
}

const field = () => watched.page.getByRole("combobox");
const options = () => watched.page.getByRole("option");
const count = () => watched.page.getByRole("status");
const picked = () => watched.page.evaluate(() => kit.picked);
const active = () =>
  watched.page.evaluate(() => {
    const input = document.querySelector("[role=combobox]")!;
    return document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.textContent;
  });

it("finds one of a hundred thousand as one types, by keys alone", async () => {
  await open();
  await watched.page.evaluate(
    () => void kit.show(kit.many, {label: "Product", detail: (name: string) => name.slice(4, 10)})
  );
  await watched.page.keyboard.press("Tab");
  expect(await field().evaluate((input) => input === document.activeElement)).toBe(true);
  await watched.page.keyboard.press("ArrowDown");
  await expect.poll(() => count().textContent()).toBe("100,000");
  expect(await field().getAttribute("aria-expanded")).toBe("true");
  await field().fill("");
  await watched.page.keyboard.type("north 04242");
  await expect.poll(() => count().textContent()).toBe("5 of 100,000");
  await expect.poll(active).toContain("SKU-042421 North");
  expect(await options().first().getAttribute("aria-setsize")).toBe("5");
  expect(await watched.page.locator("mark").allTextContents()).toContain("04242");
  await watched.page.keyboard.press("ArrowDown");
  expect(await active()).toContain("SKU-042423 North");
  await watched.page.keyboard.press("Enter");
  expect(await picked()).toEqual(["SKU-042423 North warehouse of the second kind, 3"]);
  expect(await field().getAttribute("aria-expanded")).toBe("false");
  expect(await field().inputValue()).toBe("SKU-042423 North warehouse of the second kind, 3");

  // What is typed and not chosen is dropped.
  await watched.page.keyboard.type("nothing of the kind");
  await expect.poll(() => count().textContent()).toBe("No name has “nothing of the kind” in it");
  await watched.page.keyboard.press("Enter");
  await watched.page.keyboard.press("Escape");
  expect(await field().inputValue()).toBe("SKU-042423 North warehouse of the second kind, 3");
  expect(await picked()).toHaveLength(1);
});

it("chooses what was found when Enter follows at once", async () => {
  await open();
  await watched.page.evaluate(() => void kit.show(kit.many));
  await field().click();
  await field().evaluate((input: HTMLInputElement) => {
    input.value = "099999";
    input.dispatchEvent(new Event("input", {bubbles: true}));
    input.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
  });
  await expect.poll(picked).toEqual(["SKU-099999 North warehouse of the second kind, 4"]);
});

it("chooses it, too, when the field is left before the search has ended", async () => {
  await open();
  await watched.page.evaluate(() => {
    kit.show(kit.many);
    const input = document.querySelector<HTMLInputElement>("[role=combobox]")!;
    input.focus();
    input.value = "south 099998";
    input.dispatchEvent(new InputEvent("input", {bubbles: true}));
    input.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
    input.blur();
  });
  await expect.poll(picked).toEqual(["SKU-099998 South warehouse of the second kind, 3"]);
  expect(await field().getAttribute("aria-expanded")).toBe("false");
  // Without a name that fits, the one before stays.
  await watched.page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>("[role=combobox]")!;
    input.focus();
    input.value = "nothing of the kind";
    input.dispatchEvent(new InputEvent("input", {bubbles: true}));
    input.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
    input.blur();
  });
  await expect.poll(() => field().getAttribute("aria-expanded")).toBe("false");
  expect(await field().inputValue()).toBe("SKU-099998 South warehouse of the second kind, 3");
  expect(await picked()).toHaveLength(1);
});

it("holds few elements, however far one scrolls", async () => {
  await open();
  await watched.page.evaluate(() => void kit.show(kit.many));
  await field().click();
  await watched.page.getByRole("listbox").evaluate((list) => (list.scrollTop = list.scrollHeight));
  await watched.page.getByText("SKU-099999").waitFor();
  expect(await options().count()).toBeLessThan(40);
  await watched.page.getByText("SKU-099998").click();
  expect(await picked()).toEqual(["SKU-099998 South warehouse of the second kind, 3"]);
});

it("never keeps the page busy for long while one types", async () => {
  await open();
  await watched.page.evaluate(() => void kit.show(kit.many));
  await field().click();
  // What the page gets to do while it searches: a search in one piece leaves it one turn, or two. How long a turn is, a busy machine
  // tells as much as the search does.
  const turns = await watched.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const input = document.querySelector<HTMLInputElement>("[role=combobox]")!;
        let turns = 0;
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => {
          ++turns;
          if (document.querySelector("[role=status]")?.textContent === "1 of 100,000") resolve(turns);
          else port2.postMessage(undefined);
        };
        input.value = "sku-04242 7";
        input.dispatchEvent(new Event("input", {bubbles: true}));
        port2.postMessage(undefined);
      })
  );
  expect(turns).toBeGreaterThan(2);
});

it("steps through the series, and says what it offers to those who can't see it", async () => {
  await open();
  await watched.page.addScriptTag({url: "/npm/axe-core/axe.min.js"});
  await watched.page.evaluate(() => void kit.show(["a", "b", "c"], {value: "b", label: "Region"}));
  const step = (name: string) => watched.page.getByRole("button", {name});
  await step("Next: Region").click();
  expect(await step("Next: Region").isDisabled()).toBe(true);
  await step("Previous: Region").click();
  await step("Previous: Region").click();
  expect(await picked()).toEqual(["c", "b", "a"]);
  expect(await step("Previous: Region").isDisabled()).toBe(true);
  await field().click();
  expect(await options().nth(0).getAttribute("aria-selected")).toBe("true");
  for (const colorScheme of ["light", "dark"] as const) {
    await watched.page.emulateMedia({colorScheme});
    const {violations} = await watched.page.evaluate(() => axe.run("main"));
    expect(violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`)).toEqual([]);
  }
});

it("works by thumb on a phone", async () => {
  await open({viewport: {width: 390, height: 700}, hasTouch: true, isMobile: true});
  await watched.page.evaluate(() => void kit.show(kit.many, {label: "Product"}));
  await field().tap();
  await field().fill("south 077");
  await expect.poll(() => count().textContent()).toMatch(/ of 100,000$/);
  const option = watched.page.getByRole("option", {name: "SKU-077004"});
  expect((await option.boundingBox())!.height).toBe(44);
  await option.tap();
  expect(await picked()).toEqual(["SKU-077004 South warehouse of the second kind, 4"]);
  expect(await watched.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

it("shows names as they are, and refuses what isn't offered", async () => {
  await open();
  const hostile = [
    "<img src=x onerror=alert(1)>",
    "שלום עולם",
    "👩‍👩‍👧 family",
    'a "quote" & more',
    "../../etc",
    " blank "
  ];
  await watched.page.evaluate((names) => void kit.show(names), hostile);
  await field().click();
  expect((await watched.page.locator(".ikigai-name").allTextContents()).toSorted()).toEqual(
    hostile.toSorted()
  );
  expect(await watched.page.locator("main img").count()).toBe(0);
  const refused = await watched.page.evaluate(() => {
    const picker = kit.show(["a"]);
    try {
      picker.value = "b";
    } catch (error) {
      return String(error);
    }
    return "";
  });
  expect(refused).toBe('RangeError: seriesPicker: "b" isn\'t among the 1 names');
  const empty = await watched.page.evaluate(() => kit.show([]).value);
  expect(empty).toBeNull();
  expect(await field().isDisabled()).toBe(true);
});
