// A site built from node_modules alone, with all that Framework implies by itself, seen in a browser.
import {existsSync} from "node:fs";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {tableFromArrays, tableToIPC} from "apache-arrow";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {runFramework} from "../../lib/hermetic/index.js";
import {config, linkPackages, project} from "../hermetic/project.js";
import {launchChromium, visit} from "./chromium.js";
import {serveStatic} from "./static-server.js";

const page = `---
sql:
  rows: rows.arrow
---
# Everything

\`\`\`sql id=answer
SELECT count(*)::INT AS n, sum(b)::DOUBLE AS total FROM rows
\`\`\`

\`\`\`js
import * as d3 from "npm:d3";
import {csvParse} from "d3-dsv";
import {caption, plot} from "npm:site/chart";
import {shared} from "./shared.js";

const arrow = await FileAttachment("rows.arrow").arrow();
const parquet = await FileAttachment("rows.parquet").parquet();
const loaded = await FileAttachment("loaded.json").json();
display(Inputs.table(loaded));
display(Plot.plot({caption, marks: [Plot.rectY(arrow, Plot.binX({y: "count"}, {x: "b", tip: true}))]}));
display(html\`<output>\${JSON.stringify({
  sql: [...answer].map(({n, total}) => [n, total]),
  arrow: arrow.numRows,
  parquet: Array.from(parquet.getChild("a")),
  loaded,
  d3: d3.sum([1, 2]),
  bare: csvParse("a,b\\n1,2"),
  shared,
  onePlot: plot === Plot.plot
})}</output>\`);
\`\`\`
`;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

it("builds without a host, and runs without one", async () => {
  const table = tableFromArrays({a: Int32Array.of(1, 2, 3), b: Float64Array.of(1.5, 2.5, 3.5)});
  const root = project({
    "package.json": {
      name: "site",
      version: "0.0.0",
      type: "module",
      exports: {"./chart": "./build/chart.js"}
    },
    "build/chart.js": `import {plot} from "@observablehq/plot"; export const caption = "own package"; export {plot};`,
    "observablehq.config.ts": config,
    "src/index.md": page,
    "src/shared.js": `import {max} from "npm:d3-array"; export const shared = max([1, 9]);`,
    "src/loaded.json.ts": `const value: number = 7;\nprocess.stdout.write(JSON.stringify([{value}]));`,
    "src/rows.arrow": tableToIPC(table, "stream")
  });
  linkPackages(root);
  const connection = await (await DuckDBInstance.create()).connect();
  const file = join(root, "src/rows.parquet").replaceAll("'", "''");
  await connection.run(`COPY (SELECT range::INT AS a FROM range(3)) TO '${file}' (COMPRESSION zstd)`);

  await runFramework("build", {root, onOutput: () => undefined});
  expect(existsSync(join(root, "foreign.log"))).toBe(false);

  const server = await serveStatic(join(root, "dist"));
  try {
    const {page, errors, foreignRequests} = await visit(browser, server.url);
    await page.waitForSelector("output");
    expect(JSON.parse(await page.locator("output").innerText())).toEqual({
      sql: [[3, 7.5]],
      arrow: 3,
      parquet: [0, 1, 2],
      loaded: [{value: 7}],
      d3: 3,
      bare: [{a: "1", b: "2"}],
      shared: 9,
      onePlot: true
    });
    await expect.poll(() => page.locator("figure rect[height]").count()).toBeGreaterThan(1);
    expect(await page.locator("figcaption").innerText()).toBe("own package");
    await expect.poll(() => page.locator("table tbody tr").count()).toBe(1);
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
    await page.context().close();
  } finally {
    await server.close();
  }
});
