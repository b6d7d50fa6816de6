// From an empty folder to the pages of an app in a browser, with one package manager and one version of Node.
import {cp} from "node:fs/promises";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {expect} from "vitest";
import {visit} from "../browser/chromium.js";
import {settled, sitePaths} from "../browser/site-page.js";
import {serveStatic} from "../browser/static-server.js";
import {preparedState, remove} from "../cli/project.js";
import type {Manager} from "./managers.js";
import {emptyProject, run, shop, type Project} from "./project.js";

/** Installs, builds and looks. `then` gets the project before it is removed. */
export async function journey(
  browser: Browser,
  manager: Manager,
  {node, then}: {node?: string; then?: (project: Project) => Promise<void>} = {}
): Promise<void> {
  const state = await preparedState([shop]);
  const project = await emptyProject(manager);
  const {root} = project;
  try {
    const installed = await run(project, ["install"], {node});
    const complaints = installed
      .split("\n")
      .filter((line) => /ikigai-kit|EBADENGINE|incompatible/.test(line));
    expect(complaints.filter((line) => /warn|error|EBADENGINE|peer|incompatible/i.test(line))).toEqual([]);
    await cp(state.data, join(root, ".ikigai", "platform"), {recursive: true});
    await run(project, ["run", "begin"], {node});
    await run(project, ["install"], {node});
    await run(project, ["run", "build"], {node});
    await look(browser, join(root, "dist"));
    await then?.(project);
  } finally {
    await Promise.all([state.remove(), remove(root)]);
  }
}

/** Every page that was started has what it should draw, and has asked no other host. */
async function look(browser: Browser, site: string): Promise<void> {
  const server = await serveStatic(site);
  const seen: Record<string, string> = {};
  try {
    for (const path of await sitePaths(browser, server.url)) {
      const {page, errors, foreignRequests} = await visit(browser, new URL(path, server.url).href);
      await settled(page);
      expect({path, errors, foreignRequests}).toEqual({path, errors: [], foreignRequests: []});
      const drawn = await page.locator("#observablehq-main svg").allTextContents();
      const text = await page.locator("#observablehq-main").ariaSnapshot();
      seen[path] = `${text} ${drawn.join(" ")}`.replace(/\s+/g, " ");
      await page.context().close();
    }
  } finally {
    await server.close();
  }
  const forecasts = "/forecasts/sales-forecast";
  const accuracy = `${forecasts}-accuracy`;
  expect(Object.keys(seen).sort()).toEqual(["/", forecasts, accuracy, "/tables/shops"]);
  expect(seen["/"]).toMatch(/Sales forecast.*Shops/);
  expect(seen[forecasts]).toMatch(
    /radio "trend" \[checked\].*heading "coffee".*Forecast chart.*All versions/
  );
  expect(seen[accuracy]).toMatch(/Weighted MAPE by version.*By series.*naive trend.*coffee/);
  expect(seen["/tables/shops"]).toMatch(/First rows.*Graz.*Columns.*town/);
}
