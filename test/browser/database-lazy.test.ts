// Parquet that is read as statements need it: what is fetched, that answers are those of whole tables, and what hosts do to files.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import fc from "fast-check";
import type {Browser} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import type * as Kit from "../../lib/database/index.js";
import {bundledPage} from "../charts/bundled-page.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {randomStatement} from "./random-statement.js";
import {serveRanges} from "./range-server.js";

declare const kit: typeof Kit;
/** Framework's `FileAttachment`, in the test's page. */
declare const file: (name: string) => Kit.DatabaseFile;
/** Where the tests keep the page's databases. */
declare const dbs: Record<string, Kit.Database>;

const source = `
import * as kit from "./lib/database/index.ts";
globalThis.kit = kit;
globalThis.dbs = {};
globalThis.file = (name) => ({name, url: async () => new URL(name, location.href).href});`;

/** Types that others than this kit write, most of them missing in some rows; larger than what is fetched whole. */
const foreign = `
SELECT i AS n, md5(i::VARCHAR)::UUID AS uuid, INTERVAL (i % 30) MONTH + INTERVAL (i % 40) DAY + INTERVAL (i * 10) MILLISECOND AS span,
  ('12:34:56.' || (100000 + i) || '+02')::TIMETZ AS zoned, ('12:34:56.' || (100000 + i))::TIME AS time,
  (i * 12345678901234567::HUGEINT / 3)::DECIMAL(38,10) AS wide, make_timestamp_ns(i * 1234567891234) AS nano,
  CASE WHEN i % 5 = 0 THEN DATE 'infinity' ELSE DATE '2024-02-29' END AS day,
  CASE WHEN i % 5 = 0 THEN TIMESTAMP '-infinity' ELSE TIMESTAMP '2024-02-29' END AS stamp,
  i::HUGEINT AS huge, 18446744073709551615 - i::UBIGINT AS u64, (i % 256)::UTINYINT AS u8, (i % 9)::TINYINT AS i8,
  CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END::ENUM('a', 'b') AS enum, i::INTEGER::BIT AS bits, md5(i::VARCHAR)::BLOB AS bytes,
  CASE WHEN i % 7 THEN [md5(i::VARCHAR)::UUID, NULL] END AS uuids, [[INTERVAL (i % 9) MONTH], NULL] AS spans,
  CASE WHEN i % 7 THEN {'id': md5(i::VARCHAR)::UUID, 'odd, "name"': {'at': '01:02:03+00'::TIMETZ}, 'n': i} END AS record,
  CASE WHEN i % 7 THEN MAP {'k': md5(i::VARCHAR)::UUID} END AS lookup, MAP {i: [i]} AS plain
FROM range(24576) t(i)`;

/** Twelve row groups of 2,048 rows, sorted by what most questions ask for. */
const rows = `
SELECT printf('sku-%02d', i // 2048) AS sku,
  (DATE '2015-01-01' + INTERVAL (i % 64) MONTH)::TIMESTAMP AS month,
  CASE WHEN i % 13 = 0 THEN NULL ELSE '2015-01-01 00:00:00+00'::TIMESTAMPTZ + INTERVAL (i) HOUR END AS zoned,
  DATE '2015-01-01' + (i // 1000)::INT AS day,
  (i % 7)::INT AS k, i::BIGINT AS n,
  CASE WHEN i % 4099 = 0 THEN 'NaN'::DOUBLE WHEN i % 17 = 0 THEN NULL ELSE (i % 400) / 4::DOUBLE END AS v,
  (i % 200 / 2)::FLOAT AS f, (i % 1000 / 8)::DECIMAL(9, 3) AS price,
  CASE WHEN i = 5 THEN 18446744073709551615 ELSE i END::UBIGINT AS u,
  i % 3 = 0 AS flag, CASE WHEN i < 4096 THEN NULL ELSE 'n' || (i % 10) END AS note,
  i % 100 AS "odd, name", {'x': i, 'y': 'y' || i} AS st, [i % 5, i % 3] AS tags,
  md5(i::VARCHAR) || md5('a' || i) || md5('b' || i) || md5('c' || i) || md5('d' || i) || md5('e' || i) AS filler
FROM range(24576) t(i)`;

let page: Awaited<ReturnType<typeof bundledPage>>;
let site: Awaited<ReturnType<typeof serveRanges>>;
let browser: Browser;
let watched: WatchedPage;
let native: DuckDBConnection;

async function write(name: string, select: string): Promise<void> {
  await native.run(
    `COPY (${select}) TO '${join(page.folder, name)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)`
  );
}

beforeAll(async () => {
  page = await bundledPage(source);
  native = await (await DuckDBInstance.create()).connect();
  await native.run("SET threads = 1; SET TimeZone = 'UTC'");
  await native.run(`CREATE TABLE t AS ${rows}`);
  await write("t.parquet", "FROM t");
  await write("changed.parquet", "SELECT * REPLACE (n + 1000000 AS n) FROM t");
  await write("a.parquet", "SELECT * FROM t WHERE n < 10000");
  await write("b.parquet", "SELECT * FROM t WHERE n >= 10000");
  await write("other.parquet", "SELECT * EXCLUDE sku, n::VARCHAR AS sku2 FROM t LIMIT 10");
  await write("small.parquet", "SELECT n, sku, k FROM t");
  await native.run(`CREATE TABLE foreign_types AS ${foreign}`);
  await write(
    "foreign.parquet",
    "SELECT n, CASE WHEN n % 11 THEN COLUMNS(* EXCLUDE n) END FROM foreign_types"
  );
  site = await serveRanges(page.folder);
  browser = await launchChromium();
  watched = await visit(browser, site.url);
  await watched.page.waitForFunction(() => "kit" in globalThis);
  await make("open", {}); // so that the tests share an engine
  await ask("open", "SELECT 1");
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  native?.closeSync();
  await page?.remove();
});

beforeEach(() => {
  site.served.length = 0;
});

const sizeOf = async (name: string) => (await readFile(join(page.folder, name))).length;
const sent = () => site.served.reduce((sum, {bytes}) => sum + bytes, 0);

/** Makes a database in the page, under this name. */
const make = (name: string, files: Record<string, string | string[]>, options: Kit.DatabaseOptions = {}) =>
  watched.page.evaluate(
    ([name, files, options]) => {
      const given = Object.entries(files).map(([table, names]) => [
        table,
        Array.isArray(names) ? names.map((name) => file(name)) : file(names)
      ]);
      dbs[name] = kit.database(Object.fromEntries(given) as Record<string, Kit.DatabaseFile>, options);
    },
    [name, files, options] as const
  );

/** What a statement answers, as text, or the error. */
const ask = (name: string, text: string, values: unknown[] = []) =>
  watched.page.evaluate(
    async ([name, text, values]) => {
      try {
        const table = await dbs[name]!.query(text, values);
        const plain = (_: string, value: unknown) =>
          typeof value === "bigint"
            ? `${value}n`
            : typeof value === "number" && !Number.isFinite(value)
              ? String(value)
              : value;
        return JSON.stringify([table.schema.fields.map(String), table.toArray()], plain);
      } catch (error) {
        return String(error);
      }
    },
    [name, text, values] as const
  );

const rowsOf = async (name: string, text: string, values: unknown[] = []) => {
  const answer = await ask(name, text, values);
  try {
    return (JSON.parse(answer) as [string[], Record<string, unknown>[]])[1];
  } catch {
    throw new Error(answer);
  }
};

const close = (...names: string[]) =>
  watched.page.evaluate(async (names) => {
    for (const name of names) await dbs[name]?.close();
  }, names);

describe("what is fetched", () => {
  beforeAll(() => make("lazy", {t: "t.parquet"}));
  afterAll(() => close("lazy"));

  it("is the footer for a number of rows", async () => {
    expect(await rowsOf("lazy", "SELECT count(*) AS n FROM t")).toEqual([{n: 24576}]);
    expect(site.served.map(({range}) => range)).toEqual(["bytes=-65536"]);
  });

  it("is the footer for the types", async () => {
    const types = await rowsOf("lazy", "SELECT column_name, column_type FROM (DESCRIBE t)");
    expect(types.map(({column_type}) => column_type)).toContain("TIMESTAMP WITH TIME ZONE");
    expect(site.served).toEqual([]);
  });

  it("is one row group's columns for one series, also with its value bound", async () => {
    const whole = await sizeOf("t.parquet");
    const text = "SELECT n, price FROM t WHERE sku = ? AND k = 3 ORDER BY n LIMIT 2";
    expect(await rowsOf("lazy", text, ["sku-05"])).toEqual([
      {n: 10244, price: (10244 % 1000) / 8},
      {n: 10251, price: (10251 % 1000) / 8}
    ]);
    const ranges = site.served.map(({range}) => range);
    expect(ranges.length).toBeGreaterThan(0);
    expect(sent()).toBeLessThan(whole / 12);
    site.served.length = 0;
    await rowsOf("lazy", text, ["sku-05"]);
    await rowsOf("lazy", "SELECT count(price) FROM t WHERE sku IN ('sku-05', 'sku-05')");
    expect(site.served).toEqual([]);
  });

  it("is nothing for what no row group can hold", async () => {
    expect(await rowsOf("lazy", "SELECT n, filler FROM t WHERE sku = 'sku-99'")).toEqual([]);
    expect(
      await rowsOf("lazy", "SELECT count(filler) AS n FROM t WHERE month > TIMESTAMP '2030-01-01'")
    ).toEqual([{n: 0}]);
    expect(site.served).toEqual([]);
  });

  it("is the columns of a group-by, and of each row group but once", async () => {
    const [first] = await rowsOf("lazy", "SELECT k, sum(n) AS n FROM t GROUP BY k ORDER BY k");
    expect(first!.k).toBe(0);
    const before = sent();
    expect(before).toBeLessThan((await sizeOf("t.parquet")) / 4);
    const [next] = await rowsOf(
      "lazy",
      "SELECT k, sum(n) AS n, sum(price) AS p FROM t GROUP BY k ORDER BY k"
    );
    expect(next!.n).toBe(first!.n);
    expect(sent()).toBeGreaterThan(before);
    expect(sent()).toBeLessThan((await sizeOf("t.parquet")) / 4);
    site.served.length = 0;
    await rowsOf("lazy", "SELECT sum(n + k + price) FROM t WHERE n < 3000");
    expect(site.served).toEqual([]);
  });

  it("is what a view of the page's needs, which a statement names alone", async () => {
    await ask("lazy", "CREATE VIEW seen AS SELECT n, filler FROM t");
    expect(site.served).toEqual([]);
    const [row] = await rowsOf("lazy", "SELECT max(filler) AS m FROM seen WHERE n = 7000");
    expect(row!.m).toHaveLength(192);
    expect(sent()).toBeGreaterThan(0);
    expect(sent()).toBeLessThan((await sizeOf("t.parquet")) / 8);
  });
});

describe("answers", () => {
  beforeAll(async () => {
    await make("whole", {t: "t.parquet"}, {whole: true});
    await ask("whole", "BEGIN");
    await ask("whole", "COMMIT"); // it is a table now, and no view
    await make("roomy", {t: "t.parquet"});
    await make("tight", {t: "t.parquet"}, {memory: 500_000});
    for (const name of ["whole", "roomy", "tight"]) await ask(name, "CREATE VIEW seen AS FROM t");
  });
  afterAll(() => close("whole", "roomy", "tight"));

  const expectSame = async (text: string, values: unknown[] = []) => {
    const expected = await ask("whole", text, values);
    for (const name of ["roomy", "tight"])
      expect(await ask(name, text, values), `${name}: ${text}`).toBe(expected);
    return expected;
  };

  it("of the whole table are native DuckDB's", async () => {
    expect(
      await rowsOf("whole", "SELECT table_name FROM duckdb_tables() WHERE table_name = 't'")
    ).toHaveLength(1);
    const text =
      "SELECT sku, count(v) AS v, sum(n)::DOUBLE AS n, sum(price)::DOUBLE AS p, max(st.y) AS y FROM t GROUP BY 1 ORDER BY 1";
    const there = (await native.runAndReadAll(text)).getRowObjectsJS();
    expect(await rowsOf("roomy", text)).toEqual(there.map((row) => ({...row, v: Number(row.v)})));
    expect(await rowsOf("whole", text)).toEqual(await rowsOf("roomy", text));
  });

  it("of random statements are the same from parts as from whole tables", {timeout: 900_000}, async () => {
    let failures = 0;
    await fc.assert(
      fc.asyncProperty(randomStatement, async (text) => {
        if (/Error/.test(await expectSame(text))) failures++;
      }),
      {numRuns: 500, endOnFailure: true}
    );
    expect(failures).toBeLessThan(25); // the generator is to make statements that are right
  });

  it.each([
    "DESCRIBE t",
    "SHOW TABLES",
    "SUMMARIZE SELECT n, sku, k FROM t",
    "PIVOT t ON flag USING count(*) GROUP BY k ORDER BY k",
    "FROM (UNPIVOT (SELECT n, k FROM t) ON n, k) LIMIT 10",
    "SELECT typeof(COLUMNS(*)) FROM t LIMIT 1",
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 't' AND table_schema = 'main' ORDER BY ordinal_position",
    "FROM query_table('t') LIMIT 3",
    "SELECT nothing FROM t",
    "SELECT n FROM t WHERE n = 'x'",
    "SELECT error(sku) FROM t",
    "SELECT sku::INT FROM t",
    "(SELECT max(n) FROM t) UNION ALL (SELECT min(n) FROM t)",
    "WITH RECURSIVE r AS (SELECT n FROM t WHERE n = 3 UNION ALL SELECT r.n * 2 FROM r JOIN t USING (n) WHERE r.n < 10000) FROM r",
    "SELECT count(*) FROM t TABLESAMPLE 100%",
    "SELECT main.t.n FROM main.t LIMIT 3",
    "SELECT t FROM t LIMIT 2"
  ])("of %s are the same", async (text) => {
    const same = await expectSame(text);
    if (!/nothing|error|::INT|'x'/.test(text)) expect(same).not.toMatch(/Error/);
  });

  it.each(["SELECT rowid, n FROM t WHERE rowid = 5000", "SELECT 1; SELECT count(*), max(filler) FROM t"])(
    "of %s are the same, of a table that is made whole",
    async (text) => {
      await make("new", {t: "t.parquet"});
      expect(await ask("new", text)).toBe(await ask("whole", text));
      expect(
        await rowsOf(
          "new",
          "SELECT table_name FROM duckdb_tables() WHERE table_name = 't' AND database_name = current_database()"
        )
      ).toHaveLength(1);
      await close("new");
    }
  );

  it("of statements with values are the same", async () => {
    await expectSame("SELECT n FROM t WHERE sku = ? AND n > ? ORDER BY n LIMIT 5", ["sku-03", 7000]);
    await expectSame("SELECT ? AS text, ?::DOUBLE AS x, sum(k) FROM t WHERE v > ?", ["it's '' ?", 0.1, 0.5]);
    await expectSame("SELECT count(*) FROM t WHERE note IS NOT DISTINCT FROM ?", [null]);
    await expectSame("SELECT count(*) FROM t WHERE sku = ?", ["a\0b"]);
  });
});

describe("types that the decoder gives otherwise than DuckDB reads them", () => {
  const path = () => `'${join(page.folder, "foreign.parquet")}'`;
  const nativeRows = async (text: string) => (await native.runAndReadAll(text)).getRowObjectsJson();
  /** Later versions of DuckDB put what is in lists, structs and maps in quotes. */
  const unquoted = (rows: unknown) => JSON.parse(JSON.stringify(rows).replaceAll("'", "")) as unknown;

  it.each([
    ["by parts", {}],
    ["whole", {whole: true}]
  ])("are DuckDB's, with the same values, read %s", async (_, options) => {
    await make("foreign", {t: "foreign.parquet"}, options);
    const types = (from: string) => `SELECT column_name, column_type FROM (DESCRIBE FROM ${from})`;
    const texts = (from: string, where: string) =>
      `SELECT COLUMNS(*)::VARCHAR FROM ${from} WHERE ${where} ORDER BY n`;
    expect(await rowsOf("foreign", types("t"))).toEqual(await nativeRows(types(path())));
    for (const where of [
      "n % 100 < 12",
      "n BETWEEN 5000 AND 5020",
      "uuid > 'ff000000-0000-0000-0000-000000000000'"
    ])
      expect(unquoted(await rowsOf("foreign", texts("t", where))), where).toEqual(
        unquoted(await nativeRows(texts(path(), where)))
      );
    await close("foreign");
  });

  it("are converted once for several columns of one file, which stand side by side", async () => {
    await make("foreign", {t: "foreign.parquet"});
    for (const text of ["SELECT uuid, n FROM t WHERE n = 7", "SELECT span, uuid, zoned FROM t WHERE n = 7"]) {
      const all = `SELECT COLUMNS(*)::VARCHAR FROM (${text})`;
      expect(await rowsOf("foreign", all)).toEqual(await nativeRows(all.replace("FROM t", `FROM ${path()}`)));
    }
    await close("foreign");
  });
});

describe("what statements change", () => {
  beforeEach(() => make("mine", {t: "t.parquet"}));
  afterEach(() => close("mine"));

  it("may be the table itself", async () => {
    await ask("mine", "SELECT max(n) FROM t WHERE sku = 'sku-01'");
    await ask("mine", "INSERT INTO t (sku, n) VALUES ('new', -1)");
    expect(
      await rowsOf(
        "mine",
        "SELECT count(*) AS c, min(n) AS n, max(filler) IS NULL AS none FROM t WHERE n < 0"
      )
    ).toEqual([{c: 1, n: -1, none: true}]);
    expect(await rowsOf("mine", "SELECT count(*) AS c FROM t")).toEqual([{c: 24577}]);
    await ask("mine", "DROP TABLE t");
    expect(await ask("mine", "FROM t")).toMatch(/t does not exist!\nA statement has dropped it/);
  });

  it("may be made of it", async () => {
    await ask(
      "mine",
      "CREATE TABLE made AS SELECT sku, sum(n) AS n FROM t WHERE sku IN ('sku-01', 'sku-02') GROUP BY 1"
    );
    await ask(
      "mine",
      "CREATE MACRO top(x) AS TABLE SELECT n, k FROM t WHERE sku = x ORDER BY n DESC LIMIT 1"
    );
    expect(await rowsOf("mine", "FROM made ORDER BY sku")).toEqual([
      {sku: "sku-01", n: (2048 * (2048 + 4095)) / 2},
      {sku: "sku-02", n: (2048 * (4096 + 6143)) / 2}
    ]);
    expect(await rowsOf("mine", "FROM top('sku-04')")).toEqual([{n: 10239, k: 10239 % 7}]);
    expect(
      await rowsOf("mine", "WITH x AS (SELECT 1) SELECT count(*) AS c FROM made JOIN top('sku-01') ON true")
    ).toEqual([{c: 2}]);
  });
});

describe("a host", () => {
  afterEach(async () => {
    Object.assign(site.habits, {ranges: true, gzip: false});
    site.replaced.clear();
    await close("host");
  });
  const question = "SELECT count(*) AS c, sum(n) AS n FROM t WHERE sku = 'sku-07'";
  const right = [{c: 2048, n: (2048 * (14336 + 16383)) / 2}];

  it("without ranges sends the file once", async () => {
    site.habits.ranges = false;
    await make("host", {t: "t.parquet"});
    expect(await rowsOf("host", question)).toEqual(right);
    expect(await rowsOf("host", "SELECT count(filler) AS c FROM t")).toEqual([{c: 24576}]);
    expect(site.served).toHaveLength(1);
  });

  it("that compresses it does, too", async () => {
    Object.assign(site.habits, {ranges: false, gzip: true});
    await make("host", {t: "t.parquet"}, {whole: true});
    expect(await rowsOf("host", question)).toEqual(right);
    expect(site.served).toHaveLength(1);
    expect(sent()).not.toBe(await sizeOf("t.parquet"));
  });

  it("sends a small file whole, and any file of a database that says so", async () => {
    await make("host", {t: "small.parquet"});
    expect(await rowsOf("host", question)).toEqual(right);
    expect(sent()).toBe(await sizeOf("small.parquet"));
    await close("host");
    site.served.length = 0;
    await make("host", {t: "t.parquet"}, {whole: true});
    expect(await rowsOf("host", question)).toEqual(right);
    expect(site.served).toEqual([{name: "t.parquet", range: undefined, bytes: await sizeOf("t.parquet")}]);
  });

  it("may have another file there: it is read again", async () => {
    await make("host", {t: "t.parquet"});
    expect(await rowsOf("host", question)).toEqual(right);
    site.replaced.set("t.parquet", await readFile(join(page.folder, "changed.parquet")));
    expect(await rowsOf("host", "SELECT min(n) AS n, count(price) AS c FROM t")).toEqual([
      {n: 1_000_000, c: 24576}
    ]);
    expect(await rowsOf("host", question)).toEqual([{c: 2048, n: right[0]!.n + 2048e6}]);
  });
});

describe("a table of several files", () => {
  afterEach(() => close("many"));

  it("has the rows of all, in order, and reads of each what is needed", async () => {
    await make("many", {t: ["a.parquet", "b.parquet"]});
    expect(await rowsOf("many", "SELECT count(*) AS c FROM t")).toEqual([{c: 24576}]);
    const order = await rowsOf("many", "SELECT n FROM t WHERE n BETWEEN 9998 AND 10001");
    expect(order.map(({n}) => n)).toEqual([9998, 9999, 10000, 10001]);
  });

  it("needs the same columns in all", async () => {
    await make("many", {t: ["a.parquet", "other.parquet"]});
    expect(await ask("many", "FROM t")).toMatch(
      /a\.parquet, other\.parquet can't be read as table "t": files of one table must have the same columns: column 1 is "sku" \(VARCHAR\) in a\.parquet and "month" \(TIMESTAMP\) in other\.parquet/
    );
  });
});

describe("one tab", () => {
  afterEach(() => close("one", "two"));

  it("has one engine for its databases, whose tables don't meet", async () => {
    await make("one", {t: "small.parquet"}, {setup: ["CREATE MACRO own() AS 1"]});
    await make("two", {t: "a.parquet"}, {setup: ["CREATE MACRO own() AS 2"]});
    const engines = () => watched.page.workers().length;
    expect(await rowsOf("one", "SELECT count(*) AS c, own() AS o FROM t")).toEqual([{c: 24576, o: 1}]);
    const workers = engines();
    expect(await rowsOf("two", "SELECT count(*) AS c, own() AS o FROM t")).toEqual([{c: 10000, o: 2}]);
    await ask("one", "CREATE TABLE mine AS SELECT 1 AS x");
    expect(await ask("two", "FROM mine")).toMatch(/mine does not exist/);
    expect(engines()).toBe(workers);
    await close("one");
    expect(await rowsOf("two", "SELECT max(n) AS n FROM t")).toEqual([{n: 9999}]);
    await make("one", {t: "small.parquet"});
    expect(await rowsOf("one", "SELECT count(*) AS c FROM t")).toEqual([{c: 24576}]);
    expect(engines()).toBe(workers);
  });

  it("reads a table of another file when it is told to", async () => {
    await make("one", {t: "a.parquet"});
    expect(await rowsOf("one", "SELECT max(n) AS n FROM t")).toEqual([{n: 9999}]);
    await watched.page.evaluate(() => dbs["one"]!.replace("t", file("b.parquet")));
    expect(await rowsOf("one", "SELECT min(n) AS n FROM t")).toEqual([{n: 10000}]);
  });
});

describe("questions that nobody waits for", () => {
  beforeAll(() => make("drag", {t: "small.parquet"}));
  afterAll(() => close("drag"));

  it("end: of fifty one after another the last is answered, and none before it runs on", async () => {
    const {outcomes, last} = await watched.page.evaluate(async () => {
      const db = dbs["drag"]!;
      await db.query("SELECT max(n) FROM t");
      const latest = db.latest();
      // One of them alone would take hours.
      const slow = Array.from({length: 50}, (_, i) =>
        latest.query("SELECT count(*) + ? AS n FROM range(20000000000000)", [i])
      );
      const settled = Promise.allSettled(slow);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const quick = await latest.query("SELECT max(n) AS n FROM t");
      const outcomes = (await settled).map((one) =>
        one.status === "rejected" ? (one.reason as Error).name : "answered"
      );
      return {outcomes: [...new Set(outcomes)], last: quick.get(0)!.n as number};
    });
    expect(outcomes).toEqual(["AbortError"]);
    expect(last).toBe(24575);
  });

  it("end by a signal, and when a cell is run again", async () => {
    const names = await watched.page.evaluate(async () => {
      const db = dbs["drag"]!;
      const slow = "SELECT count(*) AS n FROM range(3000000000)";
      const nameOf = (error: Error) => error.name;
      const controller = new AbortController();
      const bySignal = db.query(slow, [], {signal: controller.signal}).catch(nameOf);
      let invalidate = () => {};
      const byCell = db
        .until(new Promise<void>((resolve) => (invalidate = resolve)))
        .sql([slow])
        .catch(nameOf);
      controller.abort();
      invalidate();
      return [await bySignal, await byCell, (await db.sql(["SELECT 1 AS n"])).get(0)!.n as number];
    });
    expect(names).toEqual(["AbortError", "AbortError", 1]);
  });
});

it("leaves nothing wrong in the console, and asks no other host", () => {
  expect(watched.errors).toEqual([]);
  expect(watched.foreignRequests).toEqual([]);
});
