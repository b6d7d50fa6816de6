// What an entry's `sql` may do, and what it can't reach.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {confine, withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";
import {runQuery} from "../../data-loaders/query.js";

let folder: string;
let secret: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-query-"));
  secret = join(folder, "secret.csv");
  await writeFile(secret, "word\nswordfish\n");
});
afterAll(() => rm(folder, {recursive: true}));

/** The rows of a query over a dataset of two sectors. */
const rowsOf = (sql: string) =>
  withDuckDB({folder}, async (connection) => {
    await connection.run(`CREATE VIEW dataset AS FROM (VALUES ('a', 1), ('b', 2)) t(sector, jobs)`);
    await confine(connection, [join(folder, "out.parquet")]);
    await runQuery(connection, sql);
    return (await connection.runAndReadAll("FROM result")).getRows();
  });

describe("sql", () => {
  it.each([
    "SELECT sum(jobs)::INTEGER FROM dataset",
    "SELECT sum(jobs)::INTEGER FROM dataset;",
    "FROM dataset SELECT sum(jobs)::INTEGER -- all of them",
    "WITH all_jobs AS (SELECT * FROM dataset) SELECT sum(jobs)::INTEGER FROM all_jobs"
  ])("may be %s", async (sql) => {
    expect(await rowsOf(sql)).toEqual([[3]]);
  });

  it.each([
    ["SELECT sectr FROM dataset", /can't run this sql\. .*"sectr" not found.*\n.*"sector"/s],
    ["SELECT sectr FROM dataset", /LINE 1: SELECT sectr FROM dataset/],
    ["SELECT * FROM data", /Table with name data does not exist/],
    ["SELEC 1", /syntax error at or near "SELEC"/],
    ["SELECT 1; SELECT 2", /one SELECT, but is 2 statements/],
    ["DROP VIEW dataset", /should be a SELECT/],
    ["SET threads = 1", /should be a SELECT|configuration has been locked/],
    ["PIVOT dataset ON sector USING sum(jobs)", /name its values with IN/],
    ["SELECT 'x'::INTEGER FROM dataset", /Could not convert string 'x'/]
  ])("can't be %s, and says why", async (sql, message) => {
    await expect(rowsOf(sql)).rejects.toThrow(message);
  });

  it("reaches no file", async () => {
    const file = literal(secret);
    for (const sql of [
      `FROM read_csv(${file})`,
      `FROM ${file}`,
      `FROM read_text(${file})`,
      `FROM read_blob(${file})`,
      `FROM glob('${folder}/*')`,
      `FROM read_parquet('https://example.com/x.parquet')`
    ]) {
      await expect(rowsOf(sql), sql).rejects.toThrow(/disabled by configuration/);
    }
  });

  it("writes no file", async () => {
    await expect(rowsOf(`COPY dataset TO ${literal(join(folder, "copy.csv"))}`)).rejects.toThrow(
      /disabled by configuration/
    );
    await expect(rowsOf(`ATTACH ${literal(join(folder, "x.db"))}`)).rejects.toThrow(/SELECT|disabled/);
  });
});
