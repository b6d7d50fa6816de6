// The picker's facets in a real browser: by keys and thumb, in the address, with a hundred thousand series, and for screen readers.
import type {BrowserContextOptions} from "playwright-core";
import {expect, it} from "vitest";
import type {SeriesPicker} from "../../lib/inputs/index.js";
import {bundledSite} from "./bundled-site.js";
import type {WatchedPage} from "./chromium.js";
import {violations} from "./site-page.js";

declare const kit: {
  show: (series: unknown, options?: Record<string, unknown>) => SeriesPicker;
  many: object[];
  picked: (string | null)[];
  told: string[];
};

const source = `
import {inAddress} from "./lib/page/in-address.ts";
import {seriesPicker} from "./lib/inputs/index.ts";
const picked = [];
const told = [];
const show = (series, {facets = ["region", "category"], ...options} = {}) => {
  const picker = seriesPicker(series, {column: "series", facets, ...options});
  picker.addEventListener("input", () => picked.push(picker.value));
  inAddress("series", picker, {choices: series.map((row) => row.series)});
  for (const facet of picker.facets) {
    facet.addEventListener("input", () => told.push(facet.column + "=" + facet.value));
    inAddress(facet.column, facet, {choices: facet.choices});
  }
  document.querySelector("main").replaceChildren(picker);
  return picker;
};
const many = Array.from({length: 100_000}, (_, i) => ({
  series: "SKU-" + String(i).padStart(6, "0"), region: "Region " + (i % 50), category: "Category " + (i % 1000), store: "Store " + (i % 9973)
}));
globalThis.kit = {show, many, picked, told};
`;

const rows = ["North", "South", "West"].flatMap((region) =>
  ["Hats", "Shoes", ...(region === "West" ? [] : ["Ties"])].map((category) => ({
    series: `${region} · ${category}`,
    region,
    category
  }))
);

const site = bundledSite(source);
let watched: WatchedPage;

async function open(options: BrowserContextOptions = {viewport: {width: 1280, height: 900}}) {
  watched = await site.open(options);
  await watched.page.waitForFunction(() => "kit" in globalThis);
}
const show = (options: Record<string, unknown> = {}) =>
  watched.page.evaluate(([rows, options]) => void kit.show(rows, options), [rows, options] as const);

const field = (label: string) => watched.page.getByRole("combobox", {name: label, exact: true});
const chosen = (label: string) => field(label).inputValue();
/** What the list that is open offers: each name with its count. */
const offered = () => watched.page.locator(".ikigai-option:visible").allInnerTexts();
const left = () => watched.page.locator(".ikigai-left").textContent();
const choices = async () => ({
  address: new URL(watched.page.url()).searchParams.toString(),
  series: await chosen("Series"),
  region: await chosen("region"),
  category: await chosen("category"),
  left: await left()
});
const texts = (...lines: string[]) => lines.map((line) => line.replace(/ (\d+)$/, "\n$1"));

it("narrows down by keys alone, counts what each value leaves, and keeps it in the address", async () => {
  await open();
  await show();
  expect(await choices()).toEqual({
    address: "",
    series: "North · Hats",
    region: "All",
    category: "All",
    left: "All 8"
  });
  await watched.page.keyboard.press("Tab");
  expect(await field("region").evaluate((input) => input === document.activeElement)).toBe(true);
  await watched.page.keyboard.press("ArrowDown");
  expect(await offered()).toEqual(texts("All 8", "North 3", "South 3", "West 2"));
  await watched.page.keyboard.type("sou");
  await expect.poll(offered).toEqual(texts("South 3"));
  await watched.page.keyboard.press("Enter");
  expect(await choices()).toEqual({
    address: "series=South+%C2%B7+Hats&region=South",
    series: "South · Hats",
    region: "South",
    category: "All",
    left: "3 of 8"
  });

  // What the other facet offers follows.
  await watched.page.keyboard.press("Tab");
  await watched.page.keyboard.press("ArrowDown");
  expect(await offered()).toEqual(texts("All 3", "Hats 1", "Shoes 1", "Ties 1"));
  await watched.page.keyboard.press("ArrowDown");
  await watched.page.keyboard.press("ArrowDown");
  await watched.page.keyboard.press("ArrowDown");
  await watched.page.keyboard.press("Enter");
  expect(await choices()).toMatchObject({series: "South · Ties", category: "Ties", left: "1 of 8"});
  // West sells no ties.
  await field("region").click();
  expect(await offered()).toEqual(texts("All 2", "North 1", "South 1"));
  await watched.page.keyboard.press("Escape");
  expect(await watched.page.evaluate(() => [kit.picked, kit.told])).toEqual([
    ["South · Hats", "South · Ties"],
    ["region=South", "category=Ties"]
  ]);

  // Back to all: the series stays.
  for (const label of ["category", "region"]) {
    await field(label).click();
    await watched.page.getByRole("option", {name: "All"}).click();
  }
  expect(await choices()).toEqual({
    address: "series=South+%C2%B7+Ties",
    series: "South · Ties",
    region: "All",
    category: "All",
    left: "All 8"
  });
});

it("searches, lists and steps through what is left", async () => {
  await open();
  await show();
  await field("category").click();
  await watched.page.getByRole("option", {name: "Shoes"}).click();
  await field("Series").click();
  expect(await offered()).toEqual(["North · Shoes", "South · Shoes", "West · Shoes"]);
  const status = watched.page.locator(".ikigai-popup:visible [role=status]");
  expect(await status.textContent()).toBe("3 of 8");
  await field("Series").fill("west");
  await expect.poll(offered).toEqual(["West · Shoes"]);
  expect(await status.textContent()).toBe("1 of 3");
  await field("Series").fill("hats");
  await expect.poll(() => status.textContent()).toBe("None of these 3 names has “hats” in it");
  await watched.page.keyboard.press("Escape");
  const next = watched.page.getByRole("button", {name: "Next: Series"});
  await next.click();
  await next.click();
  expect(await next.isDisabled()).toBe(true);
  expect(await watched.page.evaluate(() => kit.picked)).toEqual([
    "North · Shoes",
    "South · Shoes",
    "West · Shoes"
  ]);
});

it("opens as the address says, and takes back what contradicts", async () => {
  await open();
  const at = async (query: string) => {
    await watched.page.evaluate((query) => history.replaceState(null, "", query), `?${query}`);
    await show();
    return choices();
  };
  expect(await at("region=West")).toMatchObject({region: "West", series: "West · Hats", left: "2 of 8"});
  expect(await at("region=West&series=West+·+Shoes")).toMatchObject({series: "West · Shoes", region: "West"});
  expect(await at("region=Nowhere&category=Hats")).toMatchObject({region: "All", left: "3 of 8"});
  // No series is of both: the latter counts.
  expect(await at("region=West&category=Ties")).toMatchObject({
    region: "All",
    category: "Ties",
    left: "2 of 8"
  });
  // A name that a facet excludes takes that choice back.
  await watched.page.evaluate((rows) => {
    const picker = kit.show(rows);
    picker.facets[0]!.value = "South";
    picker.value = "West · Hats";
  }, rows);
  expect(await choices()).toMatchObject({series: "West · Hats", region: "All"});
  const refused = await watched.page.evaluate((rows) => {
    try {
      kit.show(rows).facets[0]!.value = "East";
    } catch (error) {
      return String(error);
    }
    return "";
  }, rows);
  expect(refused).toBe('RangeError: seriesPicker: no series has "East" as its "region"');
});

it("leaves out a column in which all are alike, and labels others", async () => {
  await open();
  await watched.page.evaluate((rows) => {
    const all = rows.map((row) => ({...row, country: "Here", note: null}));
    kit.show(all, {facets: {country: "Country", region: "Sales region", note: "Note"}});
  }, rows);
  expect(await watched.page.getByRole("combobox").count()).toBe(2);
  expect(await field("Sales region").inputValue()).toBe("All");
});

it.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"]
] as const)(
  "has no fault that axe finds at %i pixels, %s, and works by thumb",
  async (width, colorScheme) => {
    await open({viewport: {width, height: 800}, colorScheme, hasTouch: true, isMobile: width < 500});
    await show();
    expect(await violations(watched.page)).toEqual([]);
    await field("region").tap();
    const south = watched.page.getByRole("option", {name: "South"});
    if (width < 500) expect((await south.boundingBox())!.height).toBe(44);
    expect(await violations(watched.page)).toEqual([]);
    await south.tap();
    expect(await left()).toBe("3 of 8");
    expect(await violations(watched.page)).toEqual([]);
    expect(await watched.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width
    );
  }
);

it("counts a hundred thousand series, and shows names as they are", async () => {
  await open();
  await watched.page.evaluate(() => void kit.show(kit.many, {facets: ["region", "category", "store"]}));
  expect(await left()).toBe("All 100,000");
  await field("category").click();
  await field("category").fill("category 77");
  await watched.page.getByRole("option", {name: "Category 777"}).click();
  expect(await left()).toBe("100 of 100,000");
  await field("region").click();
  expect(await offered()).toEqual(texts("All 100", "Region 27 100"));
  await watched.page.keyboard.press("Escape");
  await field("Series").click();
  expect((await offered())[1]).toBe("SKU-001777");

  const hostile = ["<img src=x onerror=alert(1)>", "All", "null", 'a "b" & c'];
  await watched.page.evaluate(
    (regions) => void kit.show(regions.map((region, i) => ({series: `s${i}`, region, category: i}))),
    hostile
  );
  await field("region").click();
  expect((await watched.page.locator(".ikigai-name:visible").allTextContents()).toSorted()).toEqual(
    ["All", ...hostile].toSorted()
  );
  await watched.page.getByRole("option", {name: "null"}).click();
  expect(await chosen("Series")).toBe("s2");
  expect(new URL(watched.page.url()).searchParams.get("region")).toBe("null");
});
