// A site whose DuckDB module was split for a host with a limit of file size: both databases that a page may have start from the parts.
import {readFileSync, symlinkSync} from "node:fs";
import {readdir, stat} from "node:fs/promises";
import {join} from "node:path";
import {tableFromArrays, tableToIPC} from "apache-arrow";
import {expect, it} from "vitest";
import {runFramework} from "../../lib/hermetic/index.js";
import {splitFiles} from "../../lib/site/split-files.js";
import {config, linkPackages, project, repository} from "../hermetic/project.js";
import {launchChromium, visit} from "./chromium.js";
import {serveStatic} from "./static-server.js";

const page = `---
sql:
  rows: rows.arrow
---
\`\`\`sql id=answer
SELECT sum(b)::DOUBLE AS total FROM rows
\`\`\`

\`\`\`js
import {database} from "npm:ikigai-kit/database";
const db = database({rows: FileAttachment("rows.arrow")});
const [{n}] = await db.sql\`SELECT count(*)::INT AS n FROM rows\`;
display(html\`<output>\${JSON.stringify([[...answer][0].total, n])}</output>\`);
\`\`\`
`;

it("answers SQL blocks and the kit's database from the parts", async () => {
  const root = project({
    "package.json": readFileSync(join(repository, "package.json"), "utf8"),
    "observablehq.config.ts": config,
    "src/index.md": page,
    "src/rows.arrow": tableToIPC(tableFromArrays({b: Float64Array.of(1.5, 2.5, 3.5)}), "stream")
  });
  symlinkSync(join(repository, "build"), join(root, "build"));
  linkPackages(root);
  await runFramework("build", {root, onOutput: () => undefined});
  const dist = join(root, "dist");
  const limit = 15_000_000;
  // Framework's client has a second module for older browsers.
  const split = await splitFiles(dist, limit);
  expect(split.map((name) => name.split("/").at(-1))).toEqual(["duckdb-eh.wasm", "duckdb-mvp.wasm"]);
  const entries = await readdir(dist, {recursive: true});
  const sizes = await Promise.all(entries.map(async (name) => (await stat(join(dist, name))).size));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);

  const server = await serveStatic(dist);
  const browser = await launchChromium();
  try {
    const {page, errors, foreignRequests} = await visit(browser, server.url);
    await page.waitForSelector("output");
    expect(JSON.parse(await page.locator("output").innerText())).toEqual([7.5, 3]);
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
  } finally {
    await browser.close();
    await server.close();
  }
});
