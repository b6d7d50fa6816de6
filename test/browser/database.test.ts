// The page's database in a real browser: every format, values as native DuckDB has them, and what goes wrong.
import {copyFile, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import {tableFromArrays, tableToIPC} from "apache-arrow";
import type {Browser, BrowserContextOptions} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import type * as Kit from "../../lib/database/index.js";
import {
  type mae as Mae,
  measures,
  naiveError,
  naiveErrorSql,
  summarize,
  type MeasureName
} from "../../lib/metrics/index.js";
import {bundledPage} from "../charts/bundled-page.js";
import {forecastTable, summary, values} from "../database/statements.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {serveStatic} from "./static-server.js";

declare const kit: typeof Kit;
declare const macros: string[];
declare const mae: typeof Mae;
/** Framework's `FileAttachment`, in the test's page. */
declare const file: (name: string) => Kit.DatabaseFile;

const source = `
import * as kit from "./lib/database/index.ts";
import {macros, mae} from "./lib/metrics/index.ts";
Object.assign(globalThis, {kit, macros, mae});
globalThis.file = (name) => ({name, url: async () => new URL(name, location.href).href});`;

let page: Awaited<ReturnType<typeof bundledPage>>;
let site: Awaited<ReturnType<typeof serveStatic>>;
let browser: Browser;
let native: DuckDBConnection;
let watched: WatchedPage;

const pathOf = (name: string) => join(page.folder, name);

beforeAll(async () => {
  page = await bundledPage(source);
  native = await (await DuckDBInstance.create()).connect();
  await native.run(`CREATE TABLE forecast AS ${forecastTable(300_000)} /* three row groups */`);
  await native.run(
    `COPY forecast TO '${pathOf("forecast.parquet")}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`
  );
  await native.run(`COPY (FROM forecast LIMIT 0) TO '${pathOf("none.parquet")}' (FORMAT parquet)`);
  await native.run(
    `COPY (SELECT * EXCLUDE price FROM forecast LIMIT 100) TO '${pathOf("few.csv")}' (HEADER)`
  );
  await native.run(
    `COPY (SELECT sector, day, actual, flagged FROM forecast LIMIT 100) TO '${pathOf("few.tsv")}' (HEADER, DELIMITER '\t')`
  );
  const arrow = tableFromArrays({
    sector: ["a", "b", "a"],
    employees: Float64Array.of(1.5, 2.5, 4),
    month: ["2006-01-01", "2006-02-01", "2006-03-01"].map((text) => new Date(text))
  });
  await writeFile(pathOf("stream.arrow"), tableToIPC(arrow, "stream"));
  await writeFile(pathOf("file.arrow"), tableToIPC(arrow, "file"));
  await writeFile(
    pathOf("rows.json"),
    JSON.stringify([
      {name: "x", at: "2015-01-01", count: 3, share: 1, tags: ["a"]},
      {name: "y", at: "2015-02-01T10:30:00Z", share: 0.5, ok: false},
      {name: null, at: null, count: -1, share: null, ok: true}
    ])
  );
  const whole = await readFile(pathOf("forecast.parquet"));
  await writeFile(pathOf("cut.parquet"), whole.subarray(0, 10_000));
  await writeFile(pathOf("page.parquet"), "<!doctype html><p>Not found</p>");
  await writeFile(
    pathOf("broken.parquet"),
    Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(64, 7), Buffer.from("PAR1")])
  );
  await writeFile(pathOf("cut.arrow"), tableToIPC(arrow, "stream").subarray(0, 300));
  await writeFile(pathOf("object.json"), `{"a": 1}`);
  await writeFile(pathOf("empty.csv"), "");
  await copyFile(pathOf("stream.arrow"), pathOf("we'ird.arrow"));
  await writeFile(
    pathOf("times.csv"),
    "day,bare,zulu,offset\n01/02/2024,2024-01-01T10:00:00,2024-01-01T10:00:00Z,2024-01-01T10:00:00-08:00 \n"
  );
  await writeFile(
    pathOf("times.json"),
    `[{"day": "2024-01-02", "bare": "2024-01-01T10:00:00", "zulu": "2024-01-01T10:00Z", "offset": "2024-01-01T10:00:00-08"}]`
  );
  await writeFile(pathOf("codes.csv"), "zip\n01220\n10001\n");
  await writeFile(pathOf("long.csv"), `a,b\n1,${"x".repeat(5e6)}\n`);
  site = await serveStatic(page.folder);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  native?.closeSync();
  await page?.remove();
});

/** A page that ends, and is seen to have done nothing wrong, when `close` is called. */
async function openPage(options?: BrowserContextOptions) {
  watched = await visit(browser, site.url, options);
  await watched.page.waitForFunction(() => "kit" in globalThis);
}

async function closePage() {
  await watched.page.context().close();
  expect(watched.foreignRequests).toEqual([]);
  // Some tests ask for files that are missing or withheld; nothing else may be wrong.
  expect(watched.errors.filter((error) => !/\b(404|503)\b/.test(error))).toEqual([]);
}

/** The URLs that the page asked for from here on, without the site's address. */
function requests(): string[] {
  const urls: string[] = [];
  watched.page.context().on("request", (request) => urls.push(request.url().replace(site.url, "")));
  return urls;
}

/** What a statement answers in the page that the tests of answers share, as plain rows. */
const answer = (text: string) =>
  watched.page.evaluate(async (text) => {
    const table = await (globalThis as never as {db: Kit.Database}).db.query(text);
    const rows = JSON.stringify(table.toArray(), (_, value: unknown) =>
      typeof value === "bigint" ? `${value}n` : value
    );
    return JSON.parse(rows) as Record<string, unknown>[];
  }, text);

describe("answers", () => {
  beforeAll(async () => {
    await openPage();
    await watched.page.evaluate(() => {
      const files = {
        forecast: "forecast.parquet",
        none: "none.parquet",
        stream: "stream.arrow",
        ipc: "file.arrow",
        few: "few.csv",
        few2: "few.tsv",
        rows: "rows.json",
        'Sélect "x"; --': "we'ird.arrow"
      };
      const db = kit.database(Object.fromEntries(Object.entries(files).map(([k, v]) => [k, file(v)])), {
        setup: macros
      });
      Object.assign(globalThis, {db});
    });
  });

  afterAll(closePage);

  describe("values", () => {
    it("are native DuckDB's", async () => {
      const here = await answer(summary);
      const there = (await native.runAndReadAll(summary)).getRowObjectsJS();
      expect(here).toHaveLength(9); // by 13 columns: 117 values
      for (const [i, row] of there.entries()) {
        for (const [name, value] of Object.entries(row)) {
          const got = here[i]![name];
          const isLarge = typeof value === "bigint" && value > 2n ** 53n;
          const plain = typeof value === "bigint" ? Number(value) : value;
          const digits = isLarge && value > 2n ** 64n ? String(value) : `${value as bigint}n`;
          const expected = isLarge ? digits : plain instanceof Date ? +plain : plain;
          if (typeof expected === "number") expect(got, name).toBeCloseTo(expected, expected > 1e6 ? 0 : 6);
          else expect(got, name).toBe(expected);
        }
      }
    });

    it("are what JavaScript has for them, also in lists, structs and maps, with every digit of an integer", async () => {
      for (const [sql, value] of values) {
        const [row] = await answer(`SELECT ${sql} AS v`);
        expect(row!.v, sql).toEqual(typeof value === "bigint" ? `${value}n` : value);
      }
    });

    it("of the accuracy macros are those of the measures in TypeScript", async () => {
      // What each measure may read, at values that make a difference.
      const roles = `*, actual - 40 AS lower, actual + 9 AS upper, 3.5 AS scale, 12.5 AS "squaredScale",
        actual + 7 AS baseline, 0.9 AS level, 0.8 AS probability`;
      const columns = await native.runAndReadAll(`SELECT ${roles} FROM forecast`);
      const rows = columns.getRowObjectsJS();
      const names = Object.keys(measures) as MeasureName[];
      const calls = names.map((name) => `${name}(${measures[name].reads.join(", ")}) AS ${name}`);
      const here = await answer(`SELECT sector, version, ${calls.join(", ")}
      FROM (SELECT ${roles} FROM forecast) GROUP BY ALL ORDER BY ALL`);
      const expected = summarize(rows, {by: ["sector", "version"], measures: names});
      expect(here).toHaveLength(9);
      for (const [i, row] of expected.entries()) {
        for (const [name, value] of Object.entries(row)) {
          if (typeof value === "number") expect(here[i]![name], name).toBeCloseTo(value, 8);
          else expect(here[i]![name], name).toBe(value);
        }
      }
    });

    it("of the naive error, too, which is the same in this DuckDB", async () => {
      const columns = {actual: "y", time: "t", season: 12};
      const values = Array.from({length: 60}, (_, t) => ({t, y: t % 7 ? (t * 31) % 17 : null}));
      const text = `SELECT ${naiveErrorSql(columns)} AS scale FROM (VALUES ${values.map(({t, y}) => `(${t}, ${y}::DOUBLE)`).join(", ")}) v(t, y)`;
      expect(await answer(text)).toEqual([
        {scale: expect.closeTo(naiveError(values, columns)!, 10) as number}
      ]);
    });

    it("keep their order over many batches", async () => {
      const rows = await answer(
        "SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS n FROM range(5000) t(i)"
      );
      expect(rows).toHaveLength(5000);
      expect(rows.every(({i, n}, k) => i === k && n === (k % 3 ? k : null))).toBe(true);
    });
  });

  describe("files", () => {
    it("may be Parquet without rows", async () => {
      expect(await answer("SELECT count(*) AS rows FROM none")).toEqual([{rows: 0}]);
      const columns = await answer("DESCRIBE none");
      expect(columns.map(({column_name}) => column_name)).toContain("sector");
    });

    it.each(["stream", "ipc"])("may be Arrow: %s", async (name) => {
      const text = `SELECT sector, sum(employees) AS employees, max(month) AS month FROM ${name} GROUP BY 1 ORDER BY 1`;
      expect(await answer(text)).toEqual([
        {sector: "a", employees: 5.5, month: Date.UTC(2006, 2)},
        {sector: "b", employees: 2.5, month: Date.UTC(2006, 1)}
      ]);
    });

    it("may be CSV or TSV", async () => {
      const text = `SELECT f.sector, sum(f.actual) AS actual, max(f.month) AS month, count(*) FILTER (g.flagged) AS flagged
      FROM few f POSITIONAL JOIN few2 g GROUP BY 1 ORDER BY 1`;
      const there = await native.runAndReadAll(
        `SELECT sector, sum(actual) AS actual, epoch_ms(max(month)) AS month, count(*) FILTER (flagged) AS flagged
       FROM (FROM forecast LIMIT 100) GROUP BY 1 ORDER BY 1`
      );
      const expected = there.getRowObjectsJS().map((row) => ({
        ...row,
        month: Number(row.month),
        flagged: Number(row.flagged)
      }));
      expect(await answer(text)).toEqual(expected);
    });

    it("may be JSON, with the types that its values fit and its keys in order", async () => {
      expect(await answer("SELECT *, typeof(at) AS t, typeof(count) AS n FROM rows")).toEqual([
        {
          name: "x",
          at: Date.UTC(2015, 0, 1),
          count: 3,
          share: 1,
          tags: '["a"]',
          ok: null,
          t: "TIMESTAMP",
          n: "BIGINT"
        },
        {
          name: "y",
          at: Date.UTC(2015, 1, 1, 10, 30),
          count: null,
          share: 0.5,
          tags: null,
          ok: false,
          t: "TIMESTAMP",
          n: "BIGINT"
        },
        {name: null, at: null, count: -1, share: null, tags: null, ok: true, t: "TIMESTAMP", n: "BIGINT"}
      ]);
    });

    it("may have any name as a table", async () => {
      expect(await answer('SELECT count(*) AS n FROM "sélect ""x""; --"')).toEqual([{n: 3}]);
    });
  });

  describe("statements", () => {
    it("take numbers, strings, booleans, dates, null and lists as values of those types", async () => {
      const row = await watched.page.evaluate(async () => {
        const {db} = globalThis as never as {db: Kit.Database};
        const table =
          await db.sql`SELECT ${"it's"} AS text, ${3} = 3 AS three, [10, 20, 30][${2}] AS second, ${0.5} AS half,
        ${NaN}::VARCHAR AS nan, ${true} AND true AS yes, ${null} IS NULL AS nothing, ${2n ** 64n}::VARCHAR AS huge,
        TIMESTAMP '2015-01-01 12:00:00' > ${new Date("2015-01-01T00:00:00Z")} AS later,
        DATE '2015-01-01' = ${new Date("2015-01-01T00:00:00Z")} AS same,
        'b' IN ${["a", "b"]} AS within, 'b' NOT IN ${[]} AS without, (SELECT count(*) FROM range(${4})) AS n`;
        return table.get(0)!.toJSON();
      });
      expect(row).toEqual({
        text: "it's",
        three: true,
        second: 20,
        half: 0.5,
        nan: "nan",
        yes: true,
        nothing: true,
        huge: "18446744073709551616",
        later: true,
        same: true,
        within: true,
        without: true,
        n: 4
      });
    });

    it("fail with DuckDB's words, and the fix where pages have another", async () => {
      const messages = await watched.page.evaluate(async () => {
        const {db} = globalThis as never as {db: Kit.Database};
        const statements = [
          "SELECT sectr FROM few",
          "FROM fewer",
          "FROM read_parquet('x.parquet')",
          "SELEC 1",
          "SELECT year(now())",
          "SELECT now()::DATE"
        ];
        const messages = [];
        for (const statement of statements) messages.push(await db.query(statement).then(String, String));
        return messages;
      });
      expect(messages).toEqual([
        expect.stringMatching(/"sectr" not found[\s\S]*few\.sector/),
        expect.stringMatching(/fewer does not exist[\s\S]*The database has: few, few2, forecast, ipc, none/),
        expect.stringMatching(/parquet extension[\s\S]*Pages load no extensions/),
        expect.stringMatching(/Parser Error: syntax error at or near "SELEC"/),
        expect.stringMatching(/year\(TIMESTAMP WITH TIME ZONE\)[\s\S]*such as now\(\)::TIMESTAMP/),
        expect.stringMatching(/TIMESTAMP WITH TIME ZONE -> DATE[\s\S]*such as now\(\)::TIMESTAMP/)
      ]);
    });

    it("fail in few words, however long they are", async () => {
      const message = await watched.page.evaluate(async () => {
        const {db} = globalThis as never as {db: Kit.Database};
        return db.query(`SELECT nothing, '${"x".repeat(5e6)}'`).then(String, String);
      });
      expect(message).toMatch(/"nothing" not found/);
      expect(message.length).toBeLessThan(1100);
    });
  });
});

describe("opening", () => {
  beforeEach(() => openPage());
  afterEach(closePage);

  it("fetches nothing before the first statement, then only what the statement mentions", async () => {
    const urls = requests();
    await watched.page.evaluate(() => {
      Object.assign(globalThis, {
        db: kit.database({few: file("few.csv"), forecast: file("forecast.parquet")})
      });
    });
    expect(urls).toEqual([]);
    await watched.page.evaluate(
      () => (globalThis as never as {db: Kit.Database}).db.sql`SELECT count(*) FROM FEW`
    );
    expect(urls).toContain("few.csv");
    expect(urls.filter((url) => url.endsWith(".wasm"))).toEqual([
      "npm/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"
    ]);
    expect(urls).not.toContain("forecast.parquet");
    const tables = await watched.page.evaluate(async () => {
      const {db} = globalThis as never as {db: Kit.Database};
      return Array.from((await db.query("SHOW TABLES")).getChild("name")!, String);
    });
    expect(tables).toEqual(["few", "forecast"]);
  });

  it("happens once for many first statements", async () => {
    const urls = requests();
    const counts = await watched.page.evaluate(async () => {
      const db = kit.database({forecast: file("forecast.parquet")});
      const tables = await Promise.all(
        [1, 2, 3, 4].map((n) => db.sql`SELECT count(*) + ${n} AS n FROM forecast`)
      );
      await db.close();
      return tables.map((table) => table.get(0)!.n as number);
    });
    expect(counts).toEqual([300001, 300002, 300003, 300004]);
    expect(urls.filter((url) => url.endsWith("eh.wasm"))).toHaveLength(1);
    expect(urls.filter((url) => url === "forecast.parquet")).toHaveLength(1);
  });

  it("can be told to begin, and tells how far it is", async () => {
    const seen = await watched.page.evaluate(async () => {
      const seen: [string, number][] = [];
      const db = kit.database({few: file("few.csv"), forecast: file("forecast.parquet")});
      db.onProgress(({message, fraction}) => seen.push([message, fraction]));
      await db.open("forecast");
      await db.close();
      return seen;
    });
    expect(seen[0]).toEqual(["", 1]);
    expect(seen.at(-1)).toEqual(["", 1]);
    expect(seen.map(([message]) => message)).toContain("Opening the database, loading forecast");
    const fractions = seen.slice(1, -1).map(([, fraction]) => fraction);
    expect(fractions.length).toBeGreaterThan(5);
    expect(Math.min(...fractions)).toBe(0);
  });

  it("can be fetched before anyone asks, once, and again after a failure", async () => {
    await openPage();
    const urls = requests();
    const modules = () => urls.filter((url) => url.endsWith("duckdb-eh.wasm")).length;
    const context = watched.page.context();
    await context.route("**/duckdb-eh.wasm", (route) => route.fulfill({status: 503}));
    const failed = await watched.page.evaluate(() => {
      const db = kit.database({few: file("few.csv")});
      Object.assign(globalThis, {db});
      return db.warm().then(String, String);
    });
    expect(failed).toContain("DuckDB-WASM can't be fetched: the server answered 503");
    expect(modules()).toBe(1);
    await context.unroute("**/duckdb-eh.wasm");
    await watched.page.evaluate(async () => {
      const {db} = globalThis as never as {db: Kit.Database};
      const other = kit.database({few: file("few.csv")});
      await Promise.all([db.warm(), db.warm(), other.warm()]); // one engine for the tab
      await other.close();
    });
    expect(modules()).toBe(2);
    expect(urls.filter((url) => /worker|few/.test(url))).toEqual([]); // nothing is opened
    const n = await watched.page.evaluate(async () => {
      const {db} = globalThis as never as {db: Kit.Database};
      const row = (await db.query("SELECT count(*) AS n FROM few")).get(0) as {n: number} | null;
      await db.warm();
      await db.close();
      return row?.n;
    });
    expect(n).toBe(100);
    expect(modules()).toBe(2);
    await closePage();
  });

  it("is tried again after a failure", async () => {
    let broken = true;
    await watched.page.route("**/few.csv", (route) =>
      broken ? route.fulfill({status: 503}) : route.fallback()
    );
    const first = await watched.page.evaluate(async () => {
      const db = kit.database({few: file("few.csv")});
      Object.assign(globalThis, {db});
      return db.sql`SELECT count(*) AS n FROM few`.then(String, String);
    });
    expect(first).toMatch(/few\.csv can't be fetched from .*the server answered 503/);
    broken = false;
    const second = await watched.page.evaluate(async () => {
      const table = await (globalThis as never as {db: Kit.Database}).db.sql`SELECT count(*) AS n FROM few`;
      return table.get(0)!.n as number;
    });
    expect(second).toBe(100);
  });
});

describe("bad files", () => {
  beforeEach(() => openPage());
  afterEach(closePage);

  it("fail by their names, each with what is wrong with it", async () => {
    const faults: Record<string, RegExp> = {
      "missing.parquet": /missing\.parquet can't be fetched from http.*the server answered 404/,
      "page.parquet":
        /page\.parquet can't be read as table ".*": it isn't a Parquet file: it begins with "<!do"/,
      "cut.parquet": /cut\.parquet can't be read as table ".*": it isn't whole/,
      "broken.parquet": /broken\.parquet can't be read as table ".*": /,
      "cut.arrow":
        /cut\.arrow can't be read as table ".*": it isn't an Arrow IPC stream or file, or not a whole one/,
      "empty.csv": /empty\.csv can't be read as table ".*": it is empty/,
      "object.json": /object\.json can't be read as table ".*": it must hold an array of objects/
    };
    const messages = await watched.page.evaluate(async (names) => {
      const db = kit.database(Object.fromEntries(names.map((name, i) => [`t${i}`, file(name)])));
      const messages: string[] = [];
      for (const table of db.tables) messages.push(await db.query(`FROM ${table}`).then(String, String));
      await db.close();
      return messages;
    }, Object.keys(faults));
    for (const [i, fault] of Object.values(faults).entries()) expect.soft(messages[i]).toMatch(fault);
  });

  it("leave nothing behind of what was read of them, nor harm the others", async () => {
    await watched.page.route("**/forecast.parquet", async (route) => {
      const whole = await readFile(pathOf("forecast.parquet"));
      whole.fill(0xff, whole.length >> 1, (whole.length >> 1) + 100_000); // the second row group
      await route.fulfill({body: whole});
    });
    const [failed, tables, n] = await watched.page.evaluate(async () => {
      const db = kit.database({forecast: file("forecast.parquet"), few: file("few.csv")});
      const failed = await db.sql`FROM forecast`.then(String, String);
      const names = await db.query(
        "SELECT table_name FROM duckdb_tables() WHERE estimated_size > 0 AND NOT table_name = 'few'"
      );
      const few = await db.sql`SELECT count(*) AS n FROM few`;
      await db.close();
      return [failed, names.numRows, few.get(0)!.n as number] as const;
    });
    expect(failed).toMatch(/forecast\.parquet can't be read as table "forecast"/);
    expect([tables, n]).toEqual([0, 100]);
  });
});

describe("a table that a statement has dropped", () => {
  beforeEach(() => openPage());
  afterEach(closePage);

  it("is said to be, and isn't among those that there are", async () => {
    const messages = await watched.page.evaluate(async () => {
      const db = kit.database({few: file("few.csv"), rows: file("rows.json")});
      await db.query("DROP TABLE few");
      await db.query("CREATE VIEW other AS SELECT 1 AS n");
      const messages = [await db.query("FROM Few").then(String, String)];
      messages.push(await db.query("FROM nothing").then(String, String));
      await db.query("CREATE TABLE few AS SELECT 7 AS n");
      messages.push(String((await db.query("FROM few")).get(0)!.n));
      await db.close();
      return messages;
    });
    expect(messages).toEqual([
      expect.stringMatching(/Few does not exist!\nA statement has dropped it/),
      expect.stringMatching(/nothing does not exist![\s\S]*\nThe database has: rows, other\.$/),
      "7"
    ]);
  });
});

describe.each(["UTC", "America/Los_Angeles", "Asia/Kolkata"])("for a viewer in %s", (timezoneId) => {
  beforeEach(() => openPage({timezoneId}));
  afterEach(closePage);

  it("times in CSV and JSON are the same, and what time it is, too", async () => {
    const {offset, told, rows, now} = await watched.page.evaluate(async () => {
      const told: string[] = [];
      const files = {csv: file("times.csv"), json: file("times.json")};
      const db = kit.database(files, {onWarning: (warning) => told.push(warning)});
      const plain = async (text: string) =>
        JSON.parse(JSON.stringify((await db.query(text)).toArray())) as Record<string, number | string>[];
      const rows = {
        csv: await plain("SELECT *, day::VARCHAR AS t FROM csv"),
        json: await plain("SELECT *, day::VARCHAR AS t FROM json")
      };
      const [now] =
        await plain(`SELECT now() AS now, current_timestamp AS current, get_current_timestamp() AS got,
        now()::TIMESTAMP AS plain, current_date AS day, current_time AS clock, now()::VARCHAR AS text`);
      await db.close();
      return {offset: new Date(2024, 0).getTimezoneOffset(), told, rows, now: now!};
    });
    expect(offset).toBe({UTC: 0, "America/Los_Angeles": 480, "Asia/Kolkata": -330}[timezoneId]);
    const tenOClock = Date.UTC(2024, 0, 1, 10);
    const read = {
      day: Date.UTC(2024, 0, 2),
      bare: tenOClock,
      zulu: tenOClock,
      offset: Date.UTC(2024, 0, 1, 18)
    };
    expect(rows).toEqual({
      csv: [{...read, t: "2024-01-02 00:00:00"}],
      json: [{...read, t: "2024-01-02 00:00:00"}]
    });
    expect(told).toEqual(['times.csv: column "day": dates are read with the month before the day']);

    const near = (time: unknown) => expect(Math.abs(Number(time) - Date.now())).toBeLessThan(120_000);
    for (const name of ["now", "current", "got", "plain"]) near(now[name]);
    near(Date.parse(String(now.text)));
    near(Date.parse(`${new Date(Number(now.day)).toISOString().slice(0, 10)}T${String(now.clock)}Z`));
  });
});

describe("a column that isn't read as one would expect", () => {
  beforeEach(() => openPage());
  afterEach(closePage);

  it("is told of in the console, once, with the file's name", async () => {
    const told: string[] = [];
    watched.page.on("console", (message) => told.push(`${message.type()}: ${message.text()}`));
    await watched.page.evaluate(async () => {
      const db = kit.database({codes: file("codes.csv")});
      await db.query("FROM codes");
      await db.query("FROM codes");
      await db.close();
    });
    expect(told).toEqual([
      expect.stringMatching(/^warning: codes\.csv: column "zip" is kept as text: "01220"/)
    ]);
  });

  it("may be wrong for a chart, whose error names the file", async () => {
    const message = await watched.page.evaluate(async () => {
      const db = kit.database({codes: file("codes.csv"), few: file("few.csv")});
      const table = await db.query("SELECT zip FROM codes");
      await db.close();
      try {
        return String(mae(table, {actual: "zip", forecast: "zip"}));
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toMatch('Column "zip" in codes.csv holds the text "01220" in row 1');
  });
});

describe("a field of 5 MB", () => {
  beforeEach(() => openPage());
  afterEach(closePage);

  it("is read", async () => {
    const length = await watched.page.evaluate(async () => {
      const db = kit.database({long: file("long.csv")});
      const table = await db.query("SELECT length(b) AS n FROM long");
      await db.close();
      return table.get(0)!.n as number;
    });
    expect(length).toBe(5e6);
  });
});

describe("closing", () => {
  beforeEach(() => openPage());
  afterEach(closePage);

  it("ends the worker, and what is running or asked later fails", async () => {
    const worker = watched.page.waitForEvent("worker");
    const messages = await watched.page.evaluate(async () => {
      const db = kit.database({few: file("few.csv")});
      await db.sql`FROM few`;
      const running = db.sql`SELECT count(*) FROM range(1e9::BIGINT)`.then(String, String);
      await db.close();
      await db[Symbol.asyncDispose]();
      return [await running, await db.sql`FROM few`.then(String, String)];
    });
    expect(messages).toEqual(["Error: The database is closed", "Error: The database is closed"]);
    const ended = await worker;
    await expect.poll(() => watched.page.workers().includes(ended)).toBe(false);
  });

  it("needs no opening", async () => {
    const urls = requests();
    await watched.page.evaluate(() => kit.database({few: file("few.csv")}).close());
    expect(urls).toEqual([]);
  });

  it("stops an opening that is under way", async () => {
    const message = await watched.page.evaluate(async () => {
      const db = kit.database({few: file("few.csv")});
      const answer = db.sql`FROM few`.then(String, String);
      await db.close();
      return answer;
    });
    expect(message).toBe("Error: The database is closed");
    await expect.poll(() => watched.page.workers().length).toBe(0);
  });
});

describe("progressBar", () => {
  beforeEach(() => openPage());
  afterEach(closePage);

  it("shows what is under way, hides when it is done, and tells what failed", async () => {
    await watched.page.evaluate(() => {
      const db = kit.database({few: file("few.csv"), gone: file("gone.csv")});
      document.querySelector("main")!.append(kit.progressBar(db));
      Object.assign(globalThis, {db});
    });
    const status = watched.page.getByRole("status");
    await expect.poll(() => status.isVisible()).toBe(false);
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await watched.page.route("**/few.csv", async (route) => {
      await released;
      await route.continue();
    });
    const opening = watched.page.evaluate(() => (globalThis as never as {db: Kit.Database}).db.open("few"));
    await watched.page.waitForSelector("progress");
    await expect.poll(() => status.textContent()).toMatch(/Opening the database, loading few …/);
    release();
    await opening;
    await expect.poll(() => status.isVisible()).toBe(false);
    await watched.page.evaluate(() =>
      (globalThis as never as {db: Kit.Database}).db.open("gone").catch(() => {})
    );
    await expect.poll(() => status.textContent()).toMatch(/gone\.csv can't be fetched/);
    await expect.poll(() => watched.page.isVisible("progress")).toBe(false);
  });
});
