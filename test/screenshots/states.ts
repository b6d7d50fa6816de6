// States of a page that are seldom seen: made by changing what the page gets of its files.
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {Table, tableFromIPC, tableToIPC} from "apache-arrow";
import type {Page, Route} from "playwright-core";

export interface State {
  name: string;
  prepare: (page: Page) => Promise<unknown>;
  /** Waits until the page shows the state; without it, until it is drawn. */
  wait?: (page: Page) => Promise<void>;
}

const data = /\/_file\/data\/[^?]*\.(arrow|parquet|json|csv)/;

export const states: State[] = [
  {
    name: "loading",
    // Never answered: the page waits for its data.
    prepare: (page) => page.route(data, () => {}),
    wait: async (page) => {
      await page.locator("#observablehq-main h1, #observablehq-main h2").first().waitFor();
    }
  },
  {name: "error", prepare: (page) => page.route(data, (route) => route.abort("failed"))},
  {name: "empty", prepare: (page) => page.route(data, (route) => fulfillEmpty(route))},
  {name: "stale", prepare: (page) => page.route(/\/catalog\.[^/]*json/, (route) => fulfillStale(route))}
];

/** The same file without rows; the catalog of the files and what the platform has of facets stay. */
async function fulfillEmpty(route: Route): Promise<void> {
  const response = await route.fetch();
  const path = new URL(route.request().url()).pathname;
  if (/catalog|specs/.test(path)) return route.fulfill({response});
  const body = await response.body();
  if (path.endsWith(".arrow")) {
    const {schema, batches} = tableFromIPC(body);
    const empty = tableToIPC(new Table(schema, batches[0]!.slice(0, 0)), "file");
    return route.fulfill({response, body: Buffer.from(empty)});
  }
  if (path.endsWith(".parquet")) return route.fulfill({body: await withoutRows(await wholeOf(route))});
  return route.fulfill({response, body: path.endsWith(".json") ? "[]" : ""});
}

/** The whole file, though a part of it may be asked for. */
async function wholeOf(route: Route): Promise<Buffer> {
  const {range: _, ...headers} = route.request().headers();
  return (await route.fetch({headers})).body();
}

async function withoutRows(parquet: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-empty-"));
  const instance = await DuckDBInstance.create();
  try {
    const [all, none] = [join(folder, "all.parquet"), join(folder, "none.parquet")];
    await writeFile(all, parquet);
    const connection = await instance.connect();
    await connection.run(`COPY (FROM '${all}' LIMIT 0) TO '${none}'`);
    connection.closeSync();
    return await readFile(none);
  } finally {
    instance.closeSync();
    await rm(folder, {recursive: true});
  }
}

/** The catalog as it is when nothing could be pulled for a day. */
async function fulfillStale(route: Route): Promise<void> {
  const response = await route.fetch();
  const entries = (await response.json()) as Record<string, unknown>[];
  const since = new Date(Date.now() - 86_400_000).toISOString();
  await route.fulfill({response, json: entries.map((entry) => ({...entry, stale_since: since}))});
}
