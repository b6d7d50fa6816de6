// From an empty folder to a page in a browser, with one package manager and one version of Node.
import {cp} from "node:fs/promises";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {expect} from "vitest";
import {visit} from "../browser/chromium.js";
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
    await run(project, ["run", "build"], {node});
    await look(browser, join(root, "dist"));
    await then?.(project);
  } finally {
    await Promise.all([state.remove(), remove(root)]);
  }
}

/** The page has its chart and its numbers, and has asked no other host. */
async function look(browser: Browser, site: string): Promise<void> {
  const server = await serveStatic(site);
  try {
    const {page, errors, foreignRequests} = await visit(browser, server.url);
    try {
      expect(await page.locator("output").textContent({timeout: 60_000})).toBe("20,22,21,23,24");
      expect(await page.locator("svg path").count()).toBeGreaterThan(1);
      expect(errors).toEqual([]);
      expect(foreignRequests).toEqual([]);
    } finally {
      await page.context().close();
    }
  } finally {
    await server.close();
  }
}
