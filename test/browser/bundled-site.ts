// A page that the tests of a file bundle, served to a Chromium of theirs.
import type {Browser, BrowserContextOptions} from "playwright-core";
import {afterAll, afterEach, beforeAll, expect} from "vitest";
import {bundledPage} from "../charts/bundled-page.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {serveStatic} from "./static-server.js";

/**
 * Bundles `source`, the text of a module, before the first test of the file, and serves it until the last. `open` opens the page, in a
 * context of its own; after the test it is closed, and must have had no error and no request to another host.
 */
export function bundledSite(source: string): {
  open: (options?: BrowserContextOptions) => Promise<WatchedPage>;
} {
  let bundle: Awaited<ReturnType<typeof bundledPage>>;
  let site: Awaited<ReturnType<typeof serveStatic>>;
  let browser: Browser;
  let watched: WatchedPage | undefined;

  beforeAll(async () => {
    [bundle, browser] = await Promise.all([bundledPage(source), launchChromium()]);
    site = await serveStatic(bundle.folder);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await bundle?.remove();
  });

  afterEach(async () => {
    const {errors = [], foreignRequests = []} = watched ?? {};
    await watched?.page.context().close();
    watched = undefined;
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });

  return {open: async (options) => (watched = await visit(browser, site.url, options))};
}
