// Statements that pages ask the gateway, over real HTTP: what is answered, what is refused, and what it may take.
import {access, readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {attached, builtSite, plain, sales, secret, slow, startQueried} from "./query-support.js";
import {ask, fromPage, start} from "./support.js";

describe("a query", () => {
  it("is answered with an Arrow stream of DuckDB's own types", async () => {
    const gateway = await startQueried();
    const response = await gateway.ask({
      text: "SELECT shop, count(*) AS n, sum(amount) AS amount FROM sales GROUP BY ALL ORDER BY ALL"
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/vnd.apache.arrow.stream");
    expect(response.headers.get("cache-control")).toBe("private, no-cache");
    expect(plain(await response.arrayBuffer())).toEqual([
      {shop: "a", n: 334, amount: 250249.5},
      {shop: "b", n: 333, amount: 249250.5},
      {shop: "c", n: 333, amount: 249750}
    ]);
  });

  it("takes values, macros, and a table of any name", async () => {
    const {rows} = await startQueried();
    const files = {'sélect "x"; --': `/${sales}`};
    const found = await rows(
      'SELECT twice(id) AS id, ? AS text, CAST(? AS BIGINT) AS n, ? AS yes, ? AS none FROM "sélect ""x""; --" WHERE id = ?',
      {files, params: ["it's", 3, true, null, 7], setup: ["CREATE MACRO twice(x) AS 2 * x"]}
    );
    expect(found).toEqual([{id: 14, text: "it's", n: 3, yes: true, none: null}]);
  });

  it("lists its tables as a page does", async () => {
    const {rows} = await startQueried();
    expect(await rows("SHOW TABLES")).toEqual([{name: "sales"}]);
    expect(await rows("DESCRIBE sales")).toMatchObject([
      {column_name: "id"},
      {column_name: "shop"},
      {column_name: "amount"}
    ]);
  });

  it("of no rows has its columns", async () => {
    const {rows, ask} = await startQueried();
    expect(await rows("FROM sales WHERE false")).toEqual([]);
    expect((await (await ask({text: "FROM sales WHERE false"})).arrayBuffer()).byteLength).toBeGreaterThan(
      100
    );
  });

  it("fails with DuckDB's own words", async () => {
    const {rows} = await startQueried();
    expect(await rows("SELECT nothing FROM sales")).toMatch(
      /^statement: Binder Error: .*"nothing" not found/
    );
    expect(await rows("SELEC 1")).toMatch(/^statement: Parser Error: syntax error at or near "SELEC"/);
    expect(await rows("FROM other")).toMatch(
      /^statement: Catalog Error: Table with name other does not exist!/
    );
    expect(await rows("SELECT ?::INTEGER AS n")).toMatch(
      /^statement: .*1 placeholders \(\?\) and got 0 values/
    );
    expect(await rows("SELECT row(1, 2) AS pair")).toMatch(/^statement: .*struct_pack/);
  });
});

describe("what can be queried", () => {
  it("is nothing, if the config says nothing", async () => {
    const {rows} = await startQueried(null);
    expect(await rows("SELECT 1 AS one")).toMatch(/^unknown: .*gateway\.query\.files in ikigai\.config\.ts/);
  });

  it("is not available in a preview", async () => {
    const {rows} = await startQueried({}, {site: {upstream: "http://127.0.0.1:9"} as never});
    expect(await rows("FROM sales")).toMatch(/^preview: /);
  });

  it.each<[string, RegExp]>([
    [`/${secret}`, /^forbidden: The gateway may not query "secret"/],
    ["/_file/data/notes.00000001.csv", /^unknown: /],
    ["/_file/data/sales.00000000.parquet", /^unknown: /],
    ["/_file/data/sales.parquet", /^unknown: /],
    ["/index.html", /^unknown: /],
    ["/", /^unknown: /],
    ["", /^unknown: /],
    ["/_file/data/../data/sales.0a1b2c3d.parquet", /^unknown: /],
    ["/../../etc/passwd", /^unknown: /],
    ["/etc/passwd", /^unknown: /],
    ["/_file/data/%2e%2e/sales.0a1b2c3d.parquet", /^unknown: /],
    [`http://127.0.0.1/${sales}`, /^unknown: /],
    ["/_file/data/sales.0a1b2c3d.parquet\0", /^unknown: /],
    ["/%", /^unknown: /]
  ])("is not %s", async (path, message) => {
    const {rows} = await startQueried();
    expect(await rows("FROM sales", {files: {sales: path}})).toMatch(message);
  });

  it("lies below the site's base", async () => {
    const {rows} = await startQueried({}, {base: "/team/dashboard/"});
    expect(await rows("SELECT count(*) AS n FROM sales")).toEqual([{n: 1000}]);
    expect(await rows("FROM sales", {files: {sales: `/${sales}`}})).toMatch(/^unknown: /);
  });
});

describe("a table of several files", () => {
  const part = (name: string, hash = "0a1b2c3d") => attached(`sales.${name}`, hash);
  const [first, second] = [part("2024"), part("2025")];
  const config = {
    datasets: {sales: {dataset: "Sales", partition: "year"}, secret: {dataset: "Secret", partition: "year"}}
  };
  const parts = {
    [first]: "SELECT i AS id, i * 1.5 AS amount FROM range(5) t(i)",
    [second]: "SELECT 5 + i AS id, i * 2.5 AS amount FROM range(5) t(i)"
  };
  const both = {sales: [`/${first}`, `/${second}`]};

  it("has the rows of all, in their order", async () => {
    const {rows} = await startQueried({}, {files: parts, config});
    expect(await rows("SELECT count(*) AS n, sum(amount) AS amount FROM sales", {files: both})).toEqual([
      {n: 10, amount: 40}
    ]);
    expect(await rows("SELECT id FROM sales", {files: {sales: [`/${second}`, `/${first}`]}})).toEqual(
      [5, 6, 7, 8, 9, 0, 1, 2, 3, 4].map((id) => ({id}))
    );
  });

  it("is refused where one of them is no file that the config allows", async () => {
    const names = ["secret.2024", "other.2024", "sales.parts"].map((name) => attached(name, "0a1b2c3d"));
    const others = Object.fromEntries(names.map((name) => [name, "SELECT 1 AS id"]));
    const {rows} = await startQueried({}, {files: {...parts, ...others}, config});
    const refused = async (path: string) => rows("FROM sales", {files: {sales: [`/${first}`, path]}});
    expect(await refused(`/${names[0]}`)).toMatch(
      /^forbidden: The gateway may not query "secret\.2024": add "secret" to gateway\.query\.files/
    );
    expect(await refused(`/${names[1]}`)).toMatch(/^forbidden: /);
    expect(await refused(`/${names[2]}`)).toMatch(/^forbidden: /);
    expect(await refused("/_file/data/sales.2026.0a1b2c3d.parquet")).toMatch(/^unknown: The table "sales"/);
    expect(await refused("/etc/passwd")).toMatch(/^unknown: /);
    expect(await rows("FROM sales", {files: {sales: []}})).toMatch(/files/);
  });

  it("is refused where an entry isn't split into parts, so that a file of another name is no part of it", async () => {
    const {rows} = await startQueried({}, {files: parts});
    expect(await rows("FROM sales", {files: both})).toMatch(/^forbidden: /);
  });

  it("can read no other part than those that were given", async () => {
    const {rows, site} = await startQueried({}, {files: parts, config});
    const told = await rows(`FROM read_parquet('${join(site, second)}')`, {files: {sales: [`/${first}`]}});
    expect(told).toMatch(/^statement: /);
  });

  it("must have the same columns in all, as in a page", async () => {
    const other = part("2026");
    const {rows} = await startQueried(
      {},
      {files: {...parts, [other]: "SELECT 1::BIGINT AS id, 'x' AS amount"}, config}
    );
    expect(await rows("FROM sales", {files: {sales: [`/${first}`, `/${other}`]}})).toBe(
      'statement: Files of one table must have the same columns: column 2 of "sales" is "amount" (DECIMAL(21,1)) in its first file and "amount" (VARCHAR) in file 2'
    );
  });

  it("is answered from the cache while none of them has changed, and they come in the same order", async () => {
    const changed = part("2025", "ffffffff");
    const {rows, ask} = await startQueried(
      {},
      {files: {...parts, [changed]: "SELECT 50 + i AS id, i * 1.5 AS amount FROM range(5) t(i)"}, config}
    );
    const tagOf = async (...paths: string[]) => {
      const response = await ask({text: "FROM sales", files: {sales: paths.map((path) => `/${path}`)}});
      return response.headers.get("etag");
    };
    const before = await tagOf(first, second);
    expect(await tagOf(first, second)).toBe(before);
    const others = [await tagOf(second, first), await tagOf(first), await tagOf(first, changed)];
    expect(new Set([before, ...others]).size).toBe(4);
    const max = await rows("SELECT max(id) AS id FROM sales", {files: {sales: [`/${first}`, `/${changed}`]}});
    expect(max).toEqual([{id: 54}]);
  });
});

it("takes nothing that the names of folders say for a column", async () => {
  const {rows} = await startQueried(
    {files: ["sales"]},
    {files: {"_file/data/region=north/sales.0a1b2c3d.parquet": "SELECT 1 AS id"}}
  );
  const files = {sales: "/_file/data/region=north/sales.0a1b2c3d.parquet"};
  expect(await rows("FROM sales", {files})).toEqual([{id: 1}]);
});

describe("an answer is kept", () => {
  it("for the same statement over the same content, and no longer", async () => {
    const gateway = await startQueried();
    const text = "SELECT max(id) AS id FROM sales";
    const metric = async (outcome: string) =>
      Number(
        new RegExp(`ikigai_queries_total\\{outcome="${outcome}"\\} (\\d+)`).exec(
          (await ask(gateway.url, "/api/metrics")).body
        )![1]
      );
    const first = await gateway.ask({text});
    const etag = first.headers.get("etag")!;
    await first.arrayBuffer();
    expect(await gateway.rows(text)).toEqual([{id: 999}]);
    expect([await metric("answered"), await metric("cached")]).toEqual([1, 1]);
    const same = await gateway.ask({text}, {headers: {...fromPage(gateway.url), "if-none-match": etag}});
    expect(same.status).toBe(304);

    const next = await builtSite(join(gateway.state, "next"), {
      [attached("sales", "ffffffff")]: "SELECT 5 AS id"
    });
    await gateway.swap(next);
    expect(await gateway.rows(text, {files: {sales: `/${attached("sales", "ffffffff")}`}})).toEqual([
      {id: 5}
    ]);
    expect(await metric("answered")).toBe(2);
    // A page that is still open finds the file it was built with, as it does without the gateway.
    expect(await gateway.rows(text)).toEqual([{id: 999}]);
    expect(await metric("answered")).toBe(2);
  });

  it("never where the statement answers differently each time", async () => {
    const gateway = await startQueried();
    for (const [text, ...setup] of [
      ["SELECT random() AS x"],
      ["SELECT current_date AS x"],
      ["FROM sales USING SAMPLE 1"],
      ["SELECT chance() AS x", "CREATE MACRO chance() AS random()"],
      ["SELECT day() AS x", "CREATE MACRO day(at := current_date) AS at"]
    ] as const) {
      const response = await gateway.ask({text, setup});
      await response.arrayBuffer();
      expect([text, response.headers.get("cache-control"), response.headers.get("etag")]).toEqual([
        text,
        "no-store",
        null
      ]);
    }
    expect(await gateway.rows("SELECT random() AS x")).not.toEqual(
      await gateway.rows("SELECT random() AS x")
    );
  });
});

describe("a query may take only", () => {
  it("its time", async () => {
    const {rows} = await startQueried({timeout: 3});
    expect(await rows(slow())).toMatch(/^limit: .*longer than the 3 s.*gateway\.query\.timeout/);
    expect(await rows("SELECT 1 AS one")).toEqual([{one: 1}]);
  });

  it("its memory", async () => {
    const {rows} = await startQueried({memory: "50MB"});
    const sorted =
      "SELECT count(*) FROM (SELECT DISTINCT hash(range), md5(range::VARCHAR) FROM range(5000000))";
    expect(await rows(sorted)).toMatch(/^limit: .*50MB of memory.*gateway\.query\.memory/);
    // What DuckDB's own count leaves out ends the process, and nothing else.
    const list = "SELECT length(repeat('x', 900000000) || repeat('y', 900000000)) AS n";
    expect(await rows(list)).toMatch(/^limit: /);
    expect(await rows("SELECT 1 AS one")).toEqual([{one: 1}]);
  });

  it("so many rows and bytes for its answer", async () => {
    const {rows} = await startQueried({rows: 999});
    expect(await rows("FROM sales")).toMatch(/^limit: .*999 rows.*gateway\.query\.rows.*LIMIT/);
    expect(await rows("SELECT id FROM sales LIMIT 999")).toHaveLength(999);
    const small = await startQueried({size: "1MB"});
    expect(await small.rows("SELECT repeat('x', 2000) AS x FROM sales")).toMatch(
      /^limit: .*1,000,000 bytes.*query\.size/
    );
  });

  it("its share: others are answered while a viewer's queries wait", async () => {
    const gateway = await startQueried({perViewer: 1, processes: 2}, {token: "a-token-of-enough-characters"});
    const signIn = async () => {
      const response = await fetch(`${gateway.url}/api/session`, {
        method: "POST",
        headers: fromPage(gateway.url),
        body: JSON.stringify({token: "a-token-of-enough-characters"})
      });
      return {...fromPage(gateway.url), cookie: response.headers.get("set-cookie")!.split(";")[0]!};
    };
    expect((await gateway.ask({})).status).toBe(401);
    const [busy, other] = [await signIn(), await signIn()];
    const leave = new AbortController();
    const waiting = Array.from({length: 50}, () =>
      gateway.ask({text: slow()}, {headers: busy, signal: leave.signal}).then(
        ({status}) => status,
        () => "left"
      )
    );
    const health = async () =>
      (await fetch(`${gateway.url}/api/metrics`, {headers: {cookie: other.cookie}})).text();
    await expect.poll(health).toContain('ikigai_queries{state="waiting"} 49');
    expect(await health()).toContain('ikigai_queries{state="running"} 1');
    const found = await gateway.ask({text: "SELECT 1 AS one"}, {headers: other});
    expect(plain(await found.arrayBuffer())).toEqual([{one: 1}]);
    waiting.push(
      gateway.ask({text: slow()}, {headers: busy, signal: leave.signal}).then(({status}) => status)
    );
    await expect.poll(health).toContain('ikigai_queries{state="waiting"} 50');
    expect((await gateway.ask({text: slow()}, {headers: busy})).status).toBe(429);
    leave.abort();
    await Promise.allSettled(waiting);
  });
});

describe("a viewer who leaves", () => {
  it("ends the query, and those that wait", async () => {
    const gateway = await startQueried({processes: 1, timeout: 60});
    const leave = new AbortController();
    const asked = [1, 2, 3].map(() => gateway.ask({text: slow()}, {signal: leave.signal}));
    const metrics = async () => (await ask(gateway.url, "/api/metrics")).body;
    await expect.poll(metrics).toContain('ikigai_queries{state="waiting"} 2');
    leave.abort();
    await Promise.allSettled(asked);
    await expect.poll(metrics).toContain('ikigai_queries{state="running"} 0');
    await expect.poll(metrics).toContain('ikigai_queries_total{outcome="cancelled"} 3');
    expect(await gateway.rows("SELECT 1 AS one")).toEqual([{one: 1}]);
  });
});

describe("another site", () => {
  it("asks nothing, and neither does a form", async () => {
    const {url} = await startQueried();
    const body = JSON.stringify({files: {sales: `/${sales}`}, text: "FROM sales"});
    const foreign: Record<string, string>[] = [
      {...fromPage(url), origin: "https://evil.example"},
      {...fromPage(url), "sec-fetch-site": "cross-site"},
      {"content-type": "application/json", origin: url},
      {"content-type": "application/json", "x-ikigai-kit": "1"}
    ];
    for (const headers of foreign) {
      expect((await ask(url, "/api/query", {method: "POST", headers, body})).status).toBe(403);
    }
    const typed = {...fromPage(url), "content-type": "text/plain"};
    expect((await ask(url, "/api/query", {method: "POST", headers: typed, body})).status).toBe(415);
    expect((await ask(url, "/api/query")).status).toBe(404);
  });
});

/** What a query must never get, however it asks. */
const attacks = [
  "SELECT * FROM '/etc/passwd'",
  "FROM read_text('/etc/passwd')",
  "FROM read_blob('/etc/passwd')",
  "FROM read_csv('/etc/passwd')",
  "FROM read_csv_auto(['/etc/passwd'])",
  "FROM read_json_auto('SITE/index.html')",
  `FROM read_parquet('SITE/${secret}')`,
  `FROM 'SITE/${secret}'`,
  `FROM parquet_metadata('SITE/${sales}')`,
  "FROM read_text('/proc/self/environ')",
  "FROM sniff_csv('/etc/passwd')",
  "FROM glob('/*')",
  "FROM read_duckdb('/tmp/x.db')",
  "FROM sales, LATERAL (SELECT * FROM read_text('/etc/' || shop))",
  "WITH x AS MATERIALIZED (FROM read_text('/etc/passwd')) FROM x",
  "SELECT * FROM sales WHERE id IN (SELECT size FROM read_blob('/etc/passwd'))",
  "COPY sales TO '/tmp/ikigai-query-out.csv'",
  "COPY (SELECT 1) TO '/tmp/ikigai-query-out.csv'",
  "EXPORT DATABASE '/tmp/ikigai-query-out.csv'",
  "ATTACH '/tmp/ikigai-query-out.csv'",
  "INSTALL httpfs",
  "LOAD httpfs",
  "FROM 'https://example.com/x.parquet'",
  "SET enable_external_access = true",
  "SET memory_limit = '100GB'",
  "RESET lock_configuration",
  "PRAGMA enable_profiling",
  "PRAGMA database_list",
  "CALL duckdb_settings()",
  "CALL enable_logging(storage = 'file', storage_path = '/tmp/ikigai-query-out.csv')",
  "FROM enable_logging(storage => 'file', storage_path => '/tmp/ikigai-query-out.csv')",
  "FROM enable_profiling(save_location => '/tmp/ikigai-query-out.csv')",
  "CREATE TABLE t AS FROM sales",
  "INSERT INTO sales VALUES (1, 'a', 2)",
  "DROP VIEW sales",
  "EXPLAIN ANALYZE FROM sales",
  "PREPARE p AS SELECT 1",
  "SELECT 1; SELECT 2",
  "SELECT 1; COPY sales TO '/tmp/ikigai-query-out.csv'",
  "BEGIN TRANSACTION",
  "FROM duckdb_settings()",
  "FROM duckdb_secrets()",
  "FROM duckdb_temporary_files()",
  "FROM pg_catalog.pg_settings",
  "FROM pg_settings",
  "SUMMARIZE pg_settings",
  "FROM (SELECT * FROM pg_settings)",
  "WITH x AS (WITH pg_settings AS (SELECT 1) FROM pg_settings) FROM pg_settings",
  "SELECT current_setting('allowed_paths')",
  "SELECT ('allowed_paths').current_setting()",
  "SELECT system.main.current_setting('allowed_paths')",
  "SELECT list_transform(['allowed_paths'], x -> current_setting(x))",
  "SELECT getenv('HOME')",
  "SELECT getvariable('x')",
  "FROM query('FROM duckdb_settings()')",
  "FROM query_table('duckdb_settings')",
  "SELECT json_execute_serialized_sql('{}')",
  "SELECT write_log('x')",
  "",
  "-- nothing",
  "SELECT '\0'"
];

describe("an attack", () => {
  it("gets nothing, whatever it tries", async () => {
    const gateway = await startQueried({processes: 1});
    const answers: unknown[] = [];
    for (const text of attacks) {
      const answer = await gateway.rows(text.replace("SITE", gateway.site));
      expect(answer, text).toMatch(/^statement: /);
      answers.push(answer);
    }
    const said = JSON.stringify(answers);
    expect(said).not.toContain("root:");
    expect(said).not.toContain("hidden");
    expect(said).not.toContain("k".repeat(20));
    await expect(access("/tmp/ikigai-query-out.csv")).rejects.toThrow("ENOENT");
    // Each query has a database of its own: nothing is left of them.
    expect(await gateway.rows("SELECT count(*) AS n FROM sales")).toEqual([{n: 1000}]);
  });

  it("gets nothing by setup either", async () => {
    const {rows} = await startQueried();
    for (const setup of [
      "COPY (SELECT 1) TO '/tmp/ikigai-query-out.csv'",
      "SET threads = 64",
      "ATTACH '/tmp/ikigai-query-out.csv'",
      "CREATE TABLE t AS FROM read_text('/etc/passwd')",
      "CREATE PERSISTENT SECRET s (TYPE http)",
      "CREATE MACRO f() AS 1; SET threads = 64",
      "CREATE TABLE t AS SELECT 1 AS x",
      "CREATE VIEW v AS FROM duckdb_settings()",
      "CREATE MACRO f() AS current_setting('home_directory')",
      "CREATE MACRO f(x) AS (SELECT max(sql) FROM duckdb_views())",
      "CREATE MACRO f(x) AS 1, (x, y) AS (SELECT max(sql) FROM duckdb_views)",
      "CREATE MACRO f(x := \"current_setting\" /* ( */ ('home_directory')) AS x",
      "CREATE MACRO f() AS TABLE FROM duckdb_databases()"
    ]) {
      expect(await rows("SELECT 1 AS one", {setup: [setup]}), setup).toMatch(/^statement: /);
    }
    // A macro that reads something else may be made, but reads nothing.
    const setup = ["CREATE MACRO peek() AS TABLE FROM read_text('/etc/passwd')"];
    expect(await rows("FROM peek()", {setup})).toMatch(/^statement: /);
    await expect(access("/tmp/ikigai-query-out.csv")).rejects.toThrow("ENOENT");
  });

  it("isn't told where on the disk the site is", async () => {
    const gateway = await startQueried();
    const listed = [
      await gateway.rows("FROM duckdb_tables()"),
      await gateway.rows("SELECT filename FROM sales")
    ];
    expect(JSON.stringify(listed)).not.toContain(gateway.state);
  });
});

it("needs the compiled program to be there", async () => {
  const program = join(import.meta.dirname, "../../build/lib/gateway/query/program.js");
  expect(await readFile(program, "utf8")).toContain("runJob");
});

it("doesn't start where the config names no file that is made", async () => {
  const config = {datasets: {sales: {dataset: "S"}}, gateway: {query: {files: ["sale"]}}};
  await expect(start({config})).rejects.toThrow(
    'gateway.query.files[0]: is not a file of datasets or models; did you mean "sales"? (it is "sale")'
  );
});
