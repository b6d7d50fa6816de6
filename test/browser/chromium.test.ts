// The watcher itself: a browser test proves nothing unless what goes wrong in a page is really seen.
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, afterEach, beforeAll, expect, it} from "vitest";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {serveStatic} from "./static-server.js";

let folder: string;
let browser: Browser;
let site: Awaited<ReturnType<typeof serveStatic>>;
let watched: WatchedPage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "watched-"));
  browser = await launchChromium();
  site = await serveStatic(folder);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, {recursive: true, force: true});
});

afterEach(() => watched.page.context().close());

/** Visits a page with this script and waits until it says that it is done. What the browser tells of it may come a moment later. */
async function run(script: string) {
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><link rel="icon" href="data:,"><script type="module">${script}\ndocument.title = "done";</script>`
  );
  watched = await visit(browser, site.url);
  await watched.page.waitForFunction(() => document.title === "done");
  return watched;
}

it("finds nothing wrong with a good page", async () => {
  expect(await run(`console.log("fine");`)).toMatchObject({errors: [], foreignRequests: []});
});

it("notes console errors and missing files", async () => {
  const {errors} = await run(`console.error("a cry"); await fetch("missing.json");`);
  await expect.poll(() => errors.join("\n")).toMatch(/console: a cry/);
  await expect.poll(() => errors.join("\n")).toMatch(/404: http.*missing\.json/);
});

it("notes uncaught exceptions", async () => {
  const {errors} = await run(`await new Promise((resolve) => setTimeout(() => {
    setTimeout(resolve);
    throw new Error("unseen");
  }));`);
  await expect.poll(() => errors.join("\n")).toMatch(/uncaught: .*unseen/);
});

it("notes requests to other hosts, and lets none through", async () => {
  const {foreignRequests} =
    await run(`window.reached = await fetch("https://example.com/a").then(() => 1, () => 0);
    if (window.reached) throw new Error("reached");`);
  await expect.poll(() => foreignRequests).toEqual(["https://example.com/a"]);
});

it("notes what workers ask for", async () => {
  const {foreignRequests} = await run(`
    const source = 'fetch("https://example.com/b").catch(() => {}).then(() => postMessage(1))';
    const worker = new Worker(URL.createObjectURL(new Blob([source])));
    await new Promise((resolve) => worker.onmessage = resolve);`);
  await expect.poll(() => foreignRequests).toEqual(["https://example.com/b"]);
});
