// The installed command in projects of Framework that have no ikigai.config: built without a CDN, and seen in a browser.
import {execFile} from "node:child_process";
import {existsSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {promisify} from "node:util";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {launchChromium, visit} from "../browser/chromium.js";
import {serveStatic} from "../browser/static-server.js";
import {remove} from "../cli/project.js";
import {project} from "../hermetic/project.js";
import {dataTeam, productTeam, template, workspace} from "./framework-projects.js";
import {emptyProject, run as runManager, type Project} from "./project.js";

const run = promisify(execFile);
let browser: Browser;
let installed: Project;

beforeAll(async () => {
  installed = await emptyProject();
  // The template's first page draws one of them.
  [browser] = await Promise.all([
    launchChromium(),
    runManager(installed, ["install", "@observablehq/sample-datasets"])
  ]);
});

afterAll(async () => {
  await browser?.close();
  await remove(installed.root);
});

it.each([
  ["Framework's template", template()],
  ["a data team's project", dataTeam],
  ["a product team's project", productTeam],
  ["a workspace", workspace]
])("builds %s", async (_, {files, folder = "", page: path, shows, drawn}) => {
  const top = project(files);
  symlinkSync(join(installed.root, "node_modules"), join(top, "node_modules"));
  const root = join(top, folder);
  const command = join(top, "node_modules/ikigai-kit/build/lib/cli/index.js");
  const {stderr} = await run(process.execPath, [command, "build"], {cwd: root});
  expect(stderr).not.toMatch(/Every page will load|: asks /);
  const site = ["dist", "public"].map((name) => join(root, name)).find((folder) => existsSync(folder))!;
  const server = await serveStatic(site);
  try {
    const {page, errors, foreignRequests} = await visit(browser, `${server.url}${path}`);
    await page.locator(drawn).first().waitFor({timeout: 60_000});
    await page.getByText(shows).first().waitFor({timeout: 60_000});
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
    await page.context().close();
  } finally {
    await server.close();
  }
});
