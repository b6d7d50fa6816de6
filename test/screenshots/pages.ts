// Every page of the demo, in every theme, width and state.
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {startDemo} from "../browser/site.js";
import {builtPaths, settled} from "../browser/site-page.js";
import {states, type State} from "./states.js";
import type {Picture} from "./picture.js";

interface Variant {
  name: string;
  width: number;
  colorScheme?: "light" | "dark";
  media?: "print";
  state?: State;
}

/** A4 at 96 dots an inch, without its margins. */
const paper = 718;

const variants: Variant[] = [
  ...[1920, 1280, 390].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({name: `${colorScheme} ${width}`, width, colorScheme}))
  ),
  {name: "print", width: paper, colorScheme: "dark", media: "print"},
  ...states.flatMap((state) => [1280, 390].map((width) => ({name: `${state.name} ${width}`, width, state})))
];

/** Pictures of the demo's pages, those whose path contains `only`, into `to`. */
export async function pages(browser: Browser, to: string, only: string): Promise<Picture[]> {
  await mkdir(to, {recursive: true});
  const demo = await startDemo();
  try {
    const pictures: Picture[] = [];
    for (const path of (await builtPaths(demo.site)).filter((each) => each.includes(only)))
      for (const variant of variants) pictures.push(await take(browser, demo.url + path, variant, to));
    return pictures;
  } finally {
    await demo.close();
  }
}

async function take(browser: Browser, url: string, variant: Variant, to: string): Promise<Picture> {
  const {name, width, colorScheme = "light", media = "screen", state} = variant;
  const context = await browser.newContext({colorScheme, viewport: {width, height: 900}});
  const page = await context.newPage();
  await page.emulateMedia({media, colorScheme});
  await state?.prepare(page);
  await page.goto(url);
  await (state?.wait ?? shown)(page);
  const of = new URL(url).pathname;
  const file = `${of === "/" ? "index" : of.slice(1).replaceAll("/", "-")} ${name}.png`.replaceAll(" ", "-");
  await page.screenshot({path: join(to, file), fullPage: true});
  await context.close();
  return {of, variant: name, file};
}

/** Waits until the page has drawn what it draws, or has said for ten seconds that it waits. */
const shown = async (page: Page): Promise<void> => {
  await page.waitForLoadState("networkidle");
  await settled(page).catch(() => undefined);
};
