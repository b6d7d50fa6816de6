// A page with the kit's charts, on which the tests of a file draw one and read it.
import {beforeEach} from "vitest";
import type {Page} from "playwright-core";
import type * as Charts from "../../lib/charts/index.js";
import {bundledSite} from "./bundled-site.js";

declare const kit: typeof Charts;

export type Row = Record<string, unknown>;

/** Opens the page again for each test of the file. */
export function chartSite() {
  const site = bundledSite(`import * as kit from "./lib/charts/index.ts"; globalThis.kit = kit;`);
  let page: Page;

  beforeEach(async () => {
    ({page} = await site.open());
    await page.waitForFunction(() => "kit" in globalThis);
  });

  return {
    /** The page of the test that runs. */
    page: () => page,

    /** Draws a chart and returns its description; or the error's text. */
    draw: (kind: keyof typeof Charts, rows: Row[], options: Row = {}) =>
      page.evaluate(
        ([kind, rows, options]) => {
          const chart = kit[kind] as unknown as (data: object[], options: object) => HTMLElement;
          try {
            const element = chart(rows, options);
            document.querySelector("main")!.replaceChildren(element);
            return element.querySelector("svg[aria-description]")?.getAttribute("aria-description") ?? "";
          } catch (error) {
            return String((error as Error).message);
          }
        },
        [kind, rows, options] as const
      ),

    /** The texts of the picture. */
    texts: () => page.locator("main figure > svg text").allTextContents()
  };
}
