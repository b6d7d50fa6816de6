// A page that Framework built, before the real gateway and a platform that runs flows: what its cells make of the page module.
import {createHash} from "node:crypto";
import {cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {build} from "esbuild";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import type {Publish} from "../../lib/gateway/index.js";
import {runFramework} from "../../lib/hermetic/index.js";
import {startShop, type Shop} from "../gateway/shop.js";
import {config, linkPackages, project, repository} from "../hermetic/project.js";
import {launchChromium, visit} from "./chromium.js";

const page = `# Sales

\`\`\`js
import * as trigger from "npm:site/trigger";

const run = view(trigger.form("copy"));
const sold = trigger.fresh(FileAttachment("data/sold.json"));
const history = trigger.flow("copy").history();
\`\`\`

\`\`\`js
const rows = sold.json();
\`\`\`

The run: <output id="run">\${run?.status ?? "none"}</output>
Rows: <output id="rows">\${rows.length}</output>
Runs: <output id="runs">\${history.length}</output>

\${trigger.news()}
`;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** Builds the site, with the data as it was before. */
async function site(): Promise<string> {
  const root = project({
    "package.json": {
      name: "site",
      version: "0.0.0",
      type: "module",
      exports: {"./trigger": "./build/trigger.js"}
    },
    "observablehq.config.ts": config,
    "src/index.md": page,
    "src/data/sold.json": [{day: "2024-01-01", units: 20}]
  });
  linkPackages(root);
  await build({
    entryPoints: [join(repository, "lib/trigger/index.ts")],
    outfile: join(root, "build/trigger.js"),
    bundle: true,
    format: "esm",
    packages: "external",
    logLevel: "silent"
  });
  await runFramework("build", {root, onOutput: () => undefined});
  return root;
}

/** Pulls what the flow has written, and swaps in the site with it, as the command does by building it again. */
const publisher =
  (root: string, shop: () => Shop): Publish =>
  async () => {
    const app = await new Ikigai(shop().platform).apps.get("Shop");
    const dataset = await app.datasets.get("Sold");
    const rows = (await dataset.table()).toArray().map((row) => ({...row}) as object);
    const text = JSON.stringify(rows, (_, value: unknown) =>
      typeof value === "bigint" ? Number(value) : value
    );
    const name = `sold.${createHash("sha256").update(text).digest("hex").slice(0, 8)}.json`;
    const folder = mkdtempSync(join(root, "built-"));
    cpSync(join(root, "dist"), folder, {recursive: true});
    const data = join(folder, "_file/data");
    for (const old of readdirSync(data)) rmSync(join(data, old));
    writeFileSync(join(data, name), text);
    await shop().swap(folder);
    return {"data/sold.json": `/_file/data/${name}`};
  };

it("shows the new data after a run without a reload, and runs the cells again that use it", async () => {
  const root = await site();
  const shop: Shop = await startShop({
    site: {folder: join(root, "dist")},
    publish: publisher(root, () => shop)
  });
  const {page, errors, foreignRequests} = await visit(browser, shop.url);
  try {
    const output = (id: string) => expect.poll(() => page.locator(`#${id}`).textContent());
    await output("run").toBe("none");
    await output("rows").toBe("1");
    await page.evaluate(() => Object.assign(globalThis, {isSamePage: true}));

    await page.getByRole("button", {name: "Run"}).click();
    await page.getByText("Done, and its data is published").waitFor();
    await output("run").toBe("done");
    await output("rows").toBe("2");
    await output("runs").toBe("1");
    await expect.poll(() => page.locator("ikigai-news").textContent()).toBe(""); // the cell has swapped it in
    expect(await page.evaluate(() => "isSamePage" in globalThis)).toBe(true);

    await page.getByLabel("query").fill("SELECT nothing");
    await page.getByRole("button", {name: "Run"}).click();
    await page.getByText('Failed in "Take" (FREE_FORM_SQL)').waitFor();
    await output("run").toBe("failed");
    await output("runs").toBe("2");
    await expect.poll(() => page.locator("ikigai-form pre").textContent()).toMatch(/nothing/);
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
  } finally {
    await page.context().close();
  }
});
