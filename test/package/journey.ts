// From an empty folder to the pages of an app in a browser, with one package manager and one version of Node.
import {cp} from "node:fs/promises";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {expect} from "vitest";
import {visit} from "../browser/chromium.js";
import {settled, sitePaths} from "../browser/site-page.js";
import {serveStatic} from "../browser/static-server.js";
import {preparedState, remove} from "../cli/project.js";
import type {Manager} from "./managers.js";
import {emptyProject, run, shop, startedProject, type Project} from "./project.js";

/** With npm: installs the package, starts a project with it, installs what that needs, builds and looks. `then` gets the project before it is removed. */
export async function journey(
  browser: Browser,
  {node, then}: {node: string; then?: (project: Project) => Promise<void>}
): Promise<void> {
  const [state, project] = await Promise.all([preparedState([shop]), emptyProject()]);
  const {root} = project;
  try {
    await install(project, node);
    await cp(state.data, join(root, ".ikigai", "platform"), {recursive: true});
    await run(project, ["run", "begin"], {node});
    await install(project, node);
    await run(project, ["run", "build"], {node});
    await look(browser, join(root, "dist"));
    await then?.(project);
  } finally {
    await Promise.all([state.remove(), remove(root)]);
  }
}

/** Starts a project, installs with its package manager, builds and looks. */
export async function journeyWith(browser: Browser, manager: Manager): Promise<void> {
  const state = await preparedState([shop]);
  const project = await startedProject(manager, state.data);
  try {
    await install(project);
    await run(project, ["run", "build"]);
    await look(browser, join(project.root, "dist"));
  } finally {
    await Promise.all([state.remove(), remove(project.root)]);
  }
}

/** Installs, without a warning of this package or of a version of Node. */
async function install(project: Project, node?: string): Promise<void> {
  const said = await run(project, ["install"], {node});
  const complaints = said.split("\n").filter((line) => /ikigai-kit|EBADENGINE|incompatible/.test(line));
  expect(complaints.filter((line) => /warn|error|EBADENGINE|peer|incompatible/i.test(line))).toEqual([]);
}

/** The pages that are started, and what each of them says or draws. */
const pages: Record<string, RegExp> = {
  "/": /Sales forecast.*Shops/,
  "/forecasts/sales-forecast": /radio "trend" \[checked\].*heading "coffee".*Forecast chart.*All versions/,
  "/forecasts/sales-forecast_accuracy": /Weighted MAPE by version.*By series.*naive trend.*coffee/,
  "/tables/shops": /First rows.*Graz.*Columns.*town/
};

/** Every page that was started has what it should draw, and has asked no other host. */
async function look(browser: Browser, site: string): Promise<void> {
  const server = await serveStatic(site);
  try {
    expect((await sitePaths(browser, server.url)).sort()).toEqual(Object.keys(pages));
    for (const [path, wanted] of Object.entries(pages)) {
      const {page, errors, foreignRequests} = await visit(browser, new URL(path, server.url).href);
      await expect.poll(() => textOf(page), {timeout: 30_000}).toMatch(wanted);
      await settled(page);
      expect({path, errors, foreignRequests}).toEqual({path, errors: [], foreignRequests: []});
      await page.context().close();
    }
  } finally {
    await server.close();
  }
}

/** What it says, and then what it draws. */
async function textOf(page: Page): Promise<string> {
  const text = await page.locator("#observablehq-main").ariaSnapshot();
  const drawn = await page.locator("#observablehq-main svg").allTextContents();
  return `${text} ${drawn.join(" ")}`.replace(/\s+/g, " ");
}
