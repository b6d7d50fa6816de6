// Statements that a page of a real browser has answered by the gateway: the same rows as by its own DuckDB.
import {cp, mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import type * as Kit from "../../lib/database/index.js";
import {startGateway, type Gateway} from "../../lib/gateway/index.js";
import {bundledPage} from "../charts/bundled-page.js";
import {everyStatement, forecastTable, statements} from "../database/statements.js";
import {attached, builtSite} from "../gateway/query-support.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";

declare const kit: typeof Kit;
declare const file: (name: string) => Kit.DatabaseFile;

const source = `
import * as kit from "./lib/database/index.ts";
globalThis.kit = kit;
globalThis.file = (name) => ({name: name.replace(/\\.[0-9a-f]{8}\\./, "."), url: async () => "./" + name});`;

const engineFiles = [
  "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm",
  "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js",
  "parquet-wasm/esm/parquet_wasm_bg.wasm"
];

let folder: string;
let gateway: Gateway;
let page: Awaited<ReturnType<typeof bundledPage>>;
let browser: Browser;
let watched: WatchedPage;
const forecast = attached("forecast", "0a1b2c3d");
const parts = ["2006", "2007", "2008"].map((part) => attached(`forecast.${part}`, "0a1b2c3d"));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-query-"));
  const site = await builtSite(join(folder, "dist"), {
    [forecast]: forecastTable(),
    ...Object.fromEntries(
      parts.map((part, i) => [part, `FROM (${forecastTable()}) LIMIT 1000 OFFSET ${1000 * i}`])
    )
  });
  page = await bundledPage(source);
  for (const name of ["index.html", "bundle", "style.css"]) {
    await cp(join(page.folder, name), join(site, name), {recursive: true});
  }
  // The gateway serves no links, such as that to node_modules.
  for (const name of engineFiles) await cp(join(page.folder, "npm", name), join(site, "npm", name));
  gateway = await startGateway({
    config: checkConfig({
      app: "Shop",
      datasets: {forecast: {dataset: "Forecast", partition: "year"}},
      gateway: {query: {files: ["forecast"]}}
    }),
    client: new Ikigai({userEmail: "ann@example.com", apiKey: "k".repeat(20), baseUrl: "http://127.0.0.1:9"}),
    site: {folder: site},
    state: join(folder, "state"),
    log: () => undefined
  });
  browser = await launchChromium();
  watched = await visit(browser, `${gateway.url}/`);
  await watched.page.waitForFunction(() => "kit" in globalThis);
});

afterAll(async () => {
  await browser?.close();
  await gateway?.close();
  await page?.remove();
  await rm(folder, {recursive: true, force: true});
});

/** What statements answer in a page and from the gateway, as texts: `forecast` is a table of these files. */
const compared = (names: string[], statements: readonly string[]) =>
  watched.page.evaluate(
    async ({names, statements}) => {
      const files = {forecast: names.length > 1 ? names.map(file) : file(names[0]!)};
      const [here, there] = [kit.database(files), kit.database(files, {engine: "gateway"})];
      const told = async (db: Kit.Database, text: string) => {
        try {
          const table = await db.query(text);
          const names = table.schema.fields.map(({name}) => name);
          return JSON.stringify([names, table.toArray()], (_, value: unknown) =>
            typeof value === "bigint" ? `${value}n` : value
          );
        } catch (error) {
          return String(error);
        }
      };
      const answers = [];
      for (const text of statements) {
        answers.push({text, page: await told(here, text), gateway: await told(there, text)});
      }
      await here.close();
      await there.close();
      return answers;
    },
    {names, statements}
  );

it("gives the same rows of every type as the page's own DuckDB", async () => {
  const answers = await compared([forecast], everyStatement);
  expect(answers).toHaveLength(everyStatement.length);
  expect(answers.filter(({page}) => page.includes("Error"))).toEqual([]);
  expect(answers.filter(({page, gateway}) => page !== gateway)).toEqual([]);
});

it("gives the same rows of a table of several files", async () => {
  const asked = [
    ...statements,
    "SELECT * FROM forecast LIMIT 5 OFFSET 998",
    "SELECT last(big) AS big FROM forecast"
  ];
  const answers = await compared(parts, asked);
  expect(answers.filter(({page}) => page.includes("Error"))).toEqual([]);
  expect(answers.filter(({page, gateway}) => page !== gateway)).toEqual([]);
  expect(answers.find(({text}) => text === "SELECT count(*) AS n FROM forecast")!.gateway).toBe(
    '[["n"],[{"n":3000}]]'
  );
});

it("reads the parts that replace a table's, all of them from the next statement on", async () => {
  const counts = await watched.page.evaluate(async (parts) => {
    const db = kit.database({forecast: parts.map(file)}, {engine: "gateway"});
    const count = async () => Number((await db.query("SELECT count(*) AS n FROM forecast")).get(0)!.n);
    const counts = [await count()];
    await db.replace("forecast", parts.slice(1).map(file));
    counts.push(await count());
    const wrong = await db.replace("forecast", []).then(String, String);
    await db.close();
    return {counts, wrong};
  }, parts);
  expect(counts).toEqual({
    counts: [3000, 2000],
    wrong: expect.stringContaining('table "forecast" needs a file') as string
  });
});

it("takes values, tells errors as the page does, and fetches no DuckDB and no file", async () => {
  const urls: string[] = [];
  watched.page.on("request", (request) => urls.push(request.url()));
  const said = await watched.page.evaluate(async (name) => {
    const db = kit.database(
      {forecast: file(name)},
      {engine: "gateway", setup: ["CREATE MACRO twice(x) AS 2 * x"]}
    );
    const day = new Date("2006-02-01T00:00:00Z");
    const table =
      await db.sql`SELECT twice(count(*)) AS n, ${"it's"} AS text, ${2n ** 64n}::VARCHAR AS huge FROM forecast
      WHERE sector IN ${["Café", "Retail trade"]} AND day = ${day} AND forecast > ${1000.5}`;
    const errors = [];
    for (const text of ["FROM fewer", "SELECT sectr FROM forecast"])
      errors.push(await db.query(text).then(String, String));
    const closing = db
      .query("SELECT count(*) FROM range(1000000) a, range(1000000) b, forecast")
      .then(String, String);
    await db.close();
    return {row: table.toArray().map(String), errors, closed: await closing, tables: db.tables};
  }, forecast);
  expect(said.row).toEqual([expect.stringContaining("it's")]);
  expect(said.tables).toEqual(["forecast"]);
  expect(said.errors).toEqual([
    expect.stringMatching(/fewer does not exist![\s\S]*The database has: forecast\./),
    expect.stringMatching(/"sectr" not found/)
  ]);
  expect(said.closed).toBe("Error: The database is closed");
  expect(urls.filter((url) => /wasm|\.parquet/.test(url))).toEqual([]);
});
