// Every SQL type in every format, as a page reads it: as FileAttachment does, and through the page's database.
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type * as Kit from "../../lib/database/index.js";
import {formats, type Format} from "../../lib/tabular/formats.js";
import {bundledPage} from "../charts/bundled-page.js";
import {typeTable, withoutTicks, worth} from "../tabular/type-table.js";
import {written} from "../tabular/written.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {serveStatic} from "./static-server.js";

/** A table's one row, as `show` shows its values. */
declare const shown: (table: unknown) => string[];
/** What Framework's `FileAttachment(…).arrow()` and `.parquet()` do. */
declare const attached: Record<"arrow" | "parquet", (name: string) => Promise<unknown>>;
declare const db: Kit.Database;

const source = `
import {tableFromIPC} from "apache-arrow";
import {readParquet} from "parquet-wasm/esm";
import initialize from "parquet-wasm/esm";
import {database} from "./lib/database/index.ts";
import {show} from "./test/tabular/show.ts";

const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
const ready = initialize({module_or_path: "/npm/parquet-wasm/esm/parquet_wasm_bg.wasm"});
const files = ${JSON.stringify(formats)}.map((format) => {
  const name = "types." + format;
  return [format, {name, url: async () => new URL(name, location.href).href}];
});
Object.assign(globalThis, {
  shown: (table) => table.schema.fields.map(({type}, i) => show(type, table.getChildAt(i).get(0))),
  attached: {
    arrow: async (name) => tableFromIPC(await bytes(name)),
    parquet: async (name) => (await ready, tableFromIPC(readParquet(await bytes(name)).intoIPCStream()))
  },
  db: database(Object.fromEntries(files), {onWarning: () => {}})
});`;

let page: Awaited<ReturnType<typeof bundledPage>>;
let site: Awaited<ReturnType<typeof serveStatic>>;
let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  page = await bundledPage(source);
  const columns = typeTable.map(({sql}, i) => `${sql} AS c${i}`).join(", ");
  for (const format of formats) {
    const {bytes} = await written(`CREATE TABLE result AS SELECT ${columns}`, format);
    await writeFile(join(page.folder, `types.${format}`), bytes);
  }
  site = await serveStatic(page.folder);
  browser = await launchChromium();
  watched = await visit(browser, site.url);
  await watched.page.waitForFunction(() => "db" in globalThis);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await page?.remove();
});

/** What the table says of Arrow's value. */
const arrowValue = (text: string) => /`.*?` `(.*)`$/.exec(text)![1]!;

describe("FileAttachment", () => {
  it("reads of Arrow and Parquet what the table says", async () => {
    for (const format of ["arrow", "parquet"] as const) {
      const values = await watched.page.evaluate(
        async (format) => shown(await attached[format](`types.${format}`)),
        format
      );
      expect(values).toHaveLength(typeTable.length);
      for (const [i, {sql, expected}] of typeTable.entries())
        expect.soft(worth(values[i]!), `${format}: ${sql}`).toBe(worth(arrowValue(expected.arrow.text)));
    }
  });
});

/** What a page has of the table's value: as of Arrow, or what the file's format makes of it. */
function expectedOf(format: Format, sql: string, cell: string, arrow: string): string {
  const own = others[format]?.[sql];
  if (own !== undefined) return own;
  const isNested = /^(\[|\{|Map )/.test(arrow);
  const asText = JSON.stringify(cell);
  switch (format) {
    case "parquet":
    case "arrow":
      return arrow;
    case "csv": // has no other types than numbers, times and texts
      return isNested || /^(true|bytes)/.test(arrow) ? asText : arrow;
    case "json": // has no times either: texts in ISO 8601 are read as such
      if (cell === "null") return "null";
      if (isNested) return asText;
      return arrow.startsWith("bytes") ? cell : arrow;
  }
}

/** Where the database's answer is another one, and why. */
const others: Partial<Record<Format, Record<string, string>>> = {
  // A DECIMAL becomes the nearest number; a cast to VARCHAR gives its digits.
  parquet: {"90071992547409.93::DECIMAL(18, 2)": "90071992547409.94"},
  csv: {
    // Stays a DOUBLE, of which the page warns.
    "90071992547409.93::DECIMAL(18, 2)": "90071992547409.94",
    "'NaN'::DOUBLE": '"NaN"', // a word for what is missing: of a column that has nothing else no type is known
    "0.1::FLOAT": "0.1",
    // Numbers by their words, where a column has no time beside them.
    "DATE 'infinity'": "Infinity",
    "TIMESTAMP '-infinity'": "-Infinity",
    "DATE '12024-02-29'": '"+012024-02-29"'
  },
  json: {
    "DATE '12024-02-29'": '"+012024-02-29"',
    // JSON that is no text is nested.
    "'{\"a\": [1.50]}'::JSON": JSON.stringify('{"a":[1.5]}')
  }
};

describe("the database", () => {
  it.each(formats)("reads of %s what the table says", async (format) => {
    const values = await watched.page.evaluate(
      async (format) => shown(await db.query(`FROM ${format}`)),
      format
    );
    expect(values).toHaveLength(typeTable.length);
    for (const [i, {sql, expected}] of typeTable.entries()) {
      const arrow = arrowValue(expected.arrow.text);
      const cell = withoutTicks(expected[format].text);
      expect.soft(worth(values[i]!), `${format}: ${sql}`).toBe(worth(expectedOf(format, sql, cell, arrow)));
    }
  });

  it("has the digits of a DECIMAL that no number has", async () => {
    const i = typeTable.findIndex(({sql}) => sql.includes("::DECIMAL(18, 2)"));
    const texts = await watched.page.evaluate(
      async (i) => [
        ...shown(await db.query(`SELECT c${i}::VARCHAR FROM parquet`)),
        ...shown(await db.query(`SELECT c${i}::VARCHAR FROM arrow`))
      ],
      i
    );
    expect(texts).toEqual(['"90071992547409.93"', '"90071992547409.93"']);
  });
});
