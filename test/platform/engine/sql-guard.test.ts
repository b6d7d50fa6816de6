// What SQL in a flow can read (its tables), and all that it can't.
import * as fc from "fast-check";
import {describe, expect, it} from "vitest";
import {arrow, definitionOf, exportOf, facet, importOf, run, through} from "./flows.js";

const table = "a,b\n1,x\n2,y\n3,x";
const query = (sql: string) => through("FREE_FORM_SQL", {query: sql}, table);
const formula = (sql: string) =>
  through("NEW_COLUMNS", {new_columns: [{column_name: "out", formula: sql}]}, table);

describe("FREE_FORM_SQL reads its tables", () => {
  it.each([
    ["SELECT count(*) AS n FROM dataset", "n\n3"],
    ["FROM dataset WHERE a > 2", "a,b\n3,x"],
    ["SELECT dataset.a FROM dataset WHERE dataset.b = 'y'", "a\n2"],
    ["SELECT d.a FROM DataSet d ORDER BY d.a DESC LIMIT 1;", "a\n3"],
    ["SELECT max(a) AS a FROM table_1 -- and no more", "a\n3"],
    [
      "WITH x AS (FROM dataset), y AS (SELECT b, sum(a) s FROM x GROUP BY ALL) SELECT * FROM y ORDER BY b",
      "b,s\nx,4\ny,2"
    ],
    [
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT * FROM r",
      "n\n1\n2\n3"
    ],
    ["SELECT x.a, y.a AS a2 FROM dataset x JOIN dataset y ON x.b = y.b AND x.a < y.a", "a,a2\n1,3"],
    [
      "SELECT a, (SELECT count(*) FROM dataset i WHERE i.b = o.b) AS n FROM dataset o ORDER BY a",
      "a,n\n1,2\n2,1\n3,2"
    ],
    [
      "SELECT a, row_number() OVER (PARTITION BY b ORDER BY a) AS r FROM dataset ORDER BY a",
      "a,r\n1,1\n2,1\n3,2"
    ],
    ["SELECT a FROM dataset WHERE b IN (VALUES ('y'), ('z'))", "a\n2"],
    ["SELECT * FROM dataset UNION ALL SELECT 9, 'o''clock'", "a,b\n1,x\n2,y\n3,x\n9,o'clock"],
    ["SELECT unnest(range(2)) AS i FROM dataset WHERE a = 1", "i\n0\n1"],
    ["SELECT * FROM range(2) t(i)", "i\n0\n1"],
    ["SELECT sum(i)::BIGINT AS s FROM generate_series(1, 4) t(i)", "s\n10"],
    [
      "SELECT * FROM (PIVOT_ME) PIVOT (sum(a) FOR b IN ('x', 'y'))".replace("(PIVOT_ME)", "dataset"),
      "x,y\n4,2"
    ],
    ["SELECT list_transform([a], v -> v + 1)[1] AS v FROM dataset ORDER BY 1", "v\n2\n3\n4"],
    [
      "SELECT 12345678901234567890123456789 AS n, 18446744073709551615 AS u, 1e300 AS e, 0.1 AS d",
      "n,u,e,d\n12345678901234567890123456789,18446744073709551615,1e+300,0.1"
    ],
    ['SELECT "b".upper() AS u FROM dataset WHERE a = 1', "u\nX"],
    ["SELECT b.upper() AS u FROM dataset WHERE a = 1", "u\nX"]
  ])("%s", async (sql, expected) => {
    expect(await query(sql)).toBe(expected);
  });

  it("under their facets' and arrows' names", async () => {
    const definition = definitionOf(
      [
        importOf("1", "in"),
        {...importOf("2", "in"), name: 'Bob\'s "table"'},
        facet("q", "FREE_FORM_SQL", {
          query: `SELECT count(*) AS n FROM first, "Bob's ""table""", table_2, dataset`
        }),
        exportOf("out")
      ],
      [arrow("1 > q", {table_name: "first"}), arrow("2 > q"), arrow("q > out")]
    );
    expect((await run(definition, {in: table})).csv.out).toBe("n\n81\n");
  });
});

describe("FREE_FORM_SQL reads nothing else", () => {
  const noTable = /there is no table/;
  const noFunction = /may not (be used|stand in FROM)/;
  const noSelect = /only a SELECT statement/;

  it.each<[string, RegExp]>([
    // files
    ["SELECT * FROM '/etc/passwd'", noTable],
    ["SELECT * FROM 'dataset 0''s file'", noTable],
    ['SELECT * FROM "/etc/passwd.csv"', noTable],
    ["SELECT * FROM read_csv('/etc/passwd')", noFunction],
    ["SELECT * FROM read_text('/etc/passwd')", noFunction],
    ["SELECT * FROM read_blob('/etc/passwd')", noFunction],
    ["SELECT * FROM read_parquet('x')", noFunction],
    ["SELECT * FROM read_json_auto('x')", noFunction],
    ["SELECT * FROM parquet_scan('x')", noFunction],
    ["SELECT * FROM parquet_metadata('x')", noFunction],
    ["SELECT * FROM sniff_csv('/etc/passwd')", noFunction],
    ["SELECT * FROM glob('/*')", noFunction],
    ["SELECT * FROM dataset, LATERAL (SELECT * FROM read_text('/etc/' || b))", noFunction],
    ["SELECT * FROM dataset WHERE a IN (SELECT size FROM read_blob('/etc/passwd'))", noFunction],
    ["WITH x AS MATERIALIZED (FROM read_text('/etc/passwd')) FROM x", noFunction],
    ["SELECT * FROM read_csv_auto(['/etc/passwd'])", noFunction],
    // other statements
    ["COPY dataset TO '/tmp/out.csv'", noSelect],
    ["COPY (SELECT 1) TO '/tmp/out.csv'", noSelect],
    ["ATTACH '/tmp/x.db'", noSelect],
    ["INSTALL httpfs", noSelect],
    ["LOAD httpfs", noSelect],
    ["SET enable_external_access = true", noSelect],
    ["RESET lock_configuration", noSelect],
    ["PRAGMA database_list", noSelect],
    ["CALL duckdb_settings()", noSelect],
    ["CREATE TABLE t AS FROM dataset", noSelect],
    ["DROP VIEW t1", noSelect],
    ["INSERT INTO t1 VALUES (1)", noSelect],
    ["EXPLAIN FROM dataset", noSelect],
    ["PREPARE p AS SELECT 1", noSelect],
    ["EXPORT DATABASE '/tmp/x'", noSelect],
    ["CHECKPOINT", noSelect],
    ["SELECT 1; COPY dataset TO '/tmp/out.csv'", noSelect],
    ["SELECT 1; SELECT 2", /there are 2 statements/],
    ["", /is empty|there are 0 statements/],
    ["-- nothing", /there are 0 statements/],
    ["SELEC 1", /the SQL is not valid: .*syntax error/],
    // the database about itself
    ["SELECT * FROM duckdb_settings()", noFunction],
    ["SELECT * FROM duckdb_views()", noFunction],
    ["SELECT * FROM duckdb_secrets()", noFunction],
    ["SELECT * FROM duckdb_temporary_files()", noFunction],
    ["SELECT * FROM pragma_database_list()", noFunction],
    ["SELECT * FROM information_schema.tables", noTable],
    ["SELECT * FROM duckdb_tables", noTable],
    ["SELECT * FROM pg_catalog.pg_settings", noTable],
    ["SELECT * FROM sqlite_master", noTable],
    ["SELECT * FROM t1", noTable],
    ["SELECT * FROM temp.t1", noTable],
    ["SELECT * FROM main.dataset", noTable],
    ["SELECT * FROM temp.main.dataset", noTable],
    ["DESCRIBE dataset", /there is a facet DESCRIBE/],
    ["SHOW TABLES", /there is a facet DESCRIBE/],
    ["SHOW ALL TABLES", /there is a facet DESCRIBE/],
    ["SUMMARIZE dataset", /there is a facet DESCRIBE/],
    ["FROM (SHOW DATABASES)", /there is a facet DESCRIBE/],
    ["SELECT current_setting('temp_directory')", noFunction],
    ["SELECT getvariable('x')", noFunction],
    ["SELECT getenv('PATH')", noFunction],
    ["SELECT current_query()", noFunction],
    ["SELECT current_schemas(true)", noFunction],
    ["SELECT current_database()", noFunction],
    ["SELECT current_schema", noFunction],
    ["SELECT version()", noFunction],
    ["SELECT main.version()", noFunction],
    ["SELECT system.main.current_setting('temp_directory')", noFunction],
    ["SELECT pg_get_viewdef(1)", noFunction],
    ["SELECT list_transform(['HOME'], x -> getenv(x))", noFunction],
    ["SELECT a FROM dataset ORDER BY current_setting('threads')", noFunction],
    ["SELECT sum(a) FILTER (current_setting('threads') = '1') FROM dataset", noFunction],
    ["SELECT sum(a) OVER (PARTITION BY current_query()) FROM dataset", noFunction],
    ["SELECT a FROM dataset LIMIT (SELECT count(*) FROM duckdb_settings())", noFunction],
    ["SELECT ('threads').current_setting()", noFunction],
    ["SELECT * FROM query('SELECT 1')", noFunction],
    ["SELECT * FROM query_table('t1')", noFunction],
    ["SELECT * FROM json_execute_serialized_sql('{}')", noFunction],
    ["SELECT nextval('s')", noFunction],
    ["SELECT write_log('x')", noFunction],
    // names of WITH expressions out of their scope
    [
      "WITH duckdb_tables AS (SELECT * FROM duckdb_tables) SELECT * FROM duckdb_tables",
      /does not exist|Circular|circular/
    ],
    [
      'SELECT * FROM (WITH "/etc/passwd" AS (SELECT 1) SELECT * FROM "/etc/passwd"), "/etc/passwd"',
      /does not exist/
    ],
    ["WITH dataset AS (SELECT 1) SELECT * FROM dataset", /the name of an input table/],
    // what differs from run to run, or has no meaning
    ["SELECT random()", /another result each run/],
    ["SELECT uuid()", /another result each run/],
    ["SELECT $1", /a parameter/],
    ["SELECT ? FROM dataset", /a parameter/],
    ["SELECT * FROM dataset AT (VERSION => 1)", noTable]
  ])("%s", async (sql, message) => {
    const failed = query(sql);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toThrow(/^FREE_FORM_SQL: /);
  });

  it("however it is written", async () => {
    const cases = fc.array(fc.boolean(), {minLength: 60, maxLength: 60});
    const secrets = fc.constantFrom(
      "read_text('/etc/passwd')",
      "duckdb_settings()",
      "glob('/*')",
      "pragma_version()"
    );
    const wrapped = fc.constantFrom(
      (f: string) => `SELECT * FROM ${f}`,
      (f: string) => `SELECT (SELECT count(*) FROM ${f}) FROM dataset`,
      (f: string) => `WITH x AS (FROM ${f}) SELECT * FROM dataset`,
      (f: string) => `SELECT * FROM dataset WHERE EXISTS (FROM ${f})`,
      (f: string) => `SELECT * FROM dataset, LATERAL (SELECT * FROM ${f})`,
      (f: string) => `FROM dataset UNION ALL BY NAME FROM ${f}`,
      (f: string) => `SELECT * FROM dataset ORDER BY (SELECT count(*) FROM ${f})`,
      (f: string) => `SELECT /* ${f} */ * FROM\n${f.replace("(", "/**/ (")}`
    );
    await fc.assert(
      fc.asyncProperty(secrets, wrapped, cases, async (secret, wrap, upper) => {
        const sql = [...wrap(secret)].map((c, i) => (upper[i % 60] ? c.toUpperCase() : c)).join("");
        await expect(query(sql)).rejects.toThrow(/FREE_FORM_SQL: /);
      }),
      {numRuns: 25}
    );
  });
});

describe("a formula is one expression over a row", () => {
  it.each([
    ["a + 1", "2 3 4"],
    ["CASE WHEN b = 'x' THEN 'it''s' ELSE \"b\" END", "it's y it's"],
    ["a + 1 -- a comment", "2 3 4"],
    ["(a) * (2)", "2 4 6"],
    ["1 / 0", "- - -"],
    ["strftime(DATE '2024-01-31' + a::INTEGER, '%d')", "01 02 03"]
  ])("%s", async (sql, expected) => {
    const rows = (await formula(sql)).split("\n").slice(1);
    expect(rows.map((row) => row.split(",")[2] || "-").join(" ")).toBe(expected);
  });

  it.each<[string, RegExp]>([
    ["1) FROM duckdb_settings() WHERE (1", /more than one expression|may not/],
    ["1), (2", /more than one expression/],
    ["1) UNION SELECT (2", /more than one expression/],
    ["1); SELECT (2", /there are 2 statements/],
    ["1) ORDER BY (1", /more than one expression/],
    ["1) AS x, (2", /more than one expression/],
    ["SELECT 1", /can't hold a query|can't be read/],
    ["(SELECT max(a) FROM t1)", /can't hold a query/],
    ["a IN (SELECT 1)", /can't hold a query/],
    ["EXISTS (FROM t1)", /can't hold a query/],
    ["*", /can't be read|can't hold \*/],
    ["COLUMNS('.*')", /can't hold \*/],
    ["current_setting('threads')", /may not be used/],
    ["random()", /another result each run/],
    ["c + 1", /"c" not found/],
    ["a +", /can't be read/],
    [String.fromCharCode(0), /NUL/],
    ["'unterminated", /can't be read/]
  ])("%s is refused", async (sql, message) => {
    await expect(formula(sql)).rejects.toThrow(message);
  });
});
