// What breaks easily in the page's database: texts with blank lines, text beyond ASCII in order, and tables that are replaced while
// statements read them.
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import type * as Kit from "../../lib/database/index.js";
import type {profileStatements as statements} from "../../lib/metrics/index.js";
import {literal} from "../../lib/tabular/quote.js";
import {bundledPage} from "../charts/bundled-page.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {serveRanges} from "./range-server.js";

declare const kit: typeof Kit;
declare const profileStatements: typeof statements;
/** Framework's `FileAttachment`, in the test's page. */
declare const file: (name: string) => Kit.DatabaseFile;

const source = `
import * as kit from "./lib/database/index.ts";
import {profileStatements} from "./lib/metrics/index.ts";
globalThis.kit = kit;
globalThis.profileStatements = profileStatements;
globalThis.file = (name) => ({name, url: async () => new URL(name, location.href).href});`;

/** Each is all of a row group, so that its least and greatest value is this one. */
const texts = ["East", "Île-de-France", "a", "a\n\nb", "\n\n", "zed"];

let page: Awaited<ReturnType<typeof bundledPage>>;
let site: Awaited<ReturnType<typeof serveRanges>>;
let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  page = await bundledPage(source);
  const native = await (await DuckDBInstance.create()).connect();
  const write = (name: string, first: number) =>
    native.run(
      `COPY (SELECT ${first} + i AS n, list_extract([${texts.map(literal).join()}], i // 2048 + 1) AS text,
          md5('a' || i) || md5('b' || i) || md5('c' || i) || md5('d' || i) || md5('e' || i) || md5('f' || i) AS filler
          FROM range(${2048 * texts.length}) t(i))
        TO '${join(page.folder, name)}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`
    );
  await write("old.parquet", 0);
  await write("new.parquet", 1_000_000);
  const wide = Array.from({length: 60}, (_, i) =>
    i % 3 ? `i * ${i} AS c${i}` : `TIMESTAMP '2020-01-01' + to_days(i::INTEGER) AS c${i}`
  );
  await native.run(
    `COPY (SELECT ${wide.join()} FROM range(3000) t(i)) TO '${join(page.folder, "wide.parquet")}' (FORMAT parquet)`
  );
  native.closeSync();
  site = await serveRanges(page.folder);
  browser = await launchChromium();
  watched = await visit(browser, site.url);
  await watched.page.waitForFunction(() => "kit" in globalThis);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await page?.remove();
});

it("profiles a table of 60 columns, and goes on", async () => {
  const found = await watched.page.evaluate(async () => {
    const db = kit.database({t: file("wide.parquet")});
    const described = await db.query("SELECT column_name, column_type FROM (DESCRIBE t)");
    const columns = Array.from(described.getChild("column_name")!, (name, i) => ({
      name: String(name),
      type: String(described.getChild("column_type")!.get(i))
    }));
    const found: [string, number][] = [];
    for (const sql of profileStatements("t", columns, {top: 20, exact: true})) {
      const profile = await db.query(sql);
      for (let i = 0; i < profile.numRows; ++i)
        found.push([
          String(profile.getChild("column")!.get(i)),
          Number(profile.getChild("distinct")!.get(i))
        ]);
    }
    const sum = await db.query("SELECT sum(c1) FROM t");
    await db.close();
    return {found, sum: Number(sum.getChildAt(0)!.get(0))};
  });
  expect(found.found).toEqual(Array.from({length: 60}, (_, i) => [`c${i}`, 3000]));
  expect(found.sum).toBe((2999 * 3000) / 2);
});

it("finds texts with blank lines, which DuckDB's plan leaves out", async () => {
  const counts = await watched.page.evaluate(async (texts) => {
    const db = kit.database({t: file("old.parquet")});
    const counts = [];
    for (const text of texts) {
      const one = await db.query("SELECT count(filler) AS c FROM t WHERE text = ?", [text]);
      const either = await db.query("SELECT count(filler) AS c FROM t WHERE text IN ('zed', ?) OR n = 0", [
        text
      ]);
      counts.push([text, one.get(0)!.c as number, either.get(0)!.c as number]);
    }
    await db.close();
    return counts;
  }, texts);
  const also = (text: string) => (text === "East" ? 4096 : text === "zed" ? 2049 : 4097);
  expect(counts).toEqual(texts.map((text) => [text, 2048, also(text)]));
});

it("orders text by its bytes, as the loaders and the gateway do", async () => {
  const orders = await watched.page.evaluate(async () => {
    const db = kit.database({t: file("old.parquet")});
    await db.query("CREATE TABLE short AS SELECT DISTINCT text FROM t WHERE text >= 'A'");
    const said = [];
    // Planning sets other optimizers, and must leave the right ones.
    for (const text of [
      "SELECT text FROM short ORDER BY text",
      "SELECT text FROM short JOIN t USING (text) GROUP BY ALL ORDER BY ALL"
    ])
      said.push(Array.from((await db.query(text)).getChild("text")!, String));
    await db.close();
    return said;
  });
  const order = ["East", "a", "a\n\nb", "zed", "Île-de-France"];
  expect(orders).toEqual([order, order]);
});

it("answers of one file or the other while a table is replaced, and of no third", async () => {
  const ranges = await watched.page.evaluate(async () => {
    const db = kit.database({t: file("old.parquet")}, {memory: 1_000_000});
    const questions: Promise<string>[] = [];
    const replaced: Promise<void>[] = [];
    for (let i = 0; i < 40; i++) {
      const text = `SELECT min(n) AS low, max(n) AS high, count(filler) AS c, ${i} AS i FROM t`;
      const told = ({low, high, c}: Record<string, number>) => `${low} ${high} ${c}`;
      questions.push(db.query(text).then((table) => told(table.get(0)!.toJSON()), String));
      if (i % 8 === 3) replaced.push(db.replace("t", file(i % 16 === 3 ? "new.parquet" : "old.parquet")));
      if (i % 5 === 0) await questions[Math.max(0, i - 7)];
    }
    const answers = await Promise.all(questions);
    await Promise.all(replaced);
    await db.close();
    return [...new Set(answers)].sort();
  });
  expect(ranges).toEqual([
    `0 ${2048 * texts.length - 1} 12288`,
    `1000000 ${1_000_000 + 2048 * texts.length - 1} 12288`
  ]);
});

it.each(["parquet", "csv"])(
  "reads the new file of a table that is replaced while the old one is still coming, as %s",
  async (format) => {
    const lowest = await watched.page.evaluate(async (format) => {
      const url = (text: string) => async () => URL.createObjectURL(new Blob([text]));
      const late = async (url: string) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        return new URL(url, location.href).href;
      };
      const old =
        format === "csv"
          ? {name: "old.csv", url: async () => late(await url("n\n0\n")())}
          : {name: "old.parquet", url: () => late("old.parquet")};
      const db = kit.database({t: old});
      const keep = kit.database({u: file("new.parquet")});
      await keep.open();
      const opening = db.open("t");
      await db.replace(
        "t",
        format === "csv" ? {name: "new.csv", url: url("n\n1000000\n")} : file("new.parquet")
      );
      const lowest = [(await db.query("SELECT min(n) AS n FROM t")).get(0)!.n as number];
      await opening;
      lowest.push((await db.query("SELECT min(n) AS m FROM t")).get(0)!.m as number);
      await db.close();
      await keep.close();
      return lowest;
    }, format);
    expect(lowest).toEqual([1_000_000, 1_000_000]);
  }
);
