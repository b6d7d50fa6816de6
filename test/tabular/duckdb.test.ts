// What a DuckDB that this kit opens keeps to: when it ends, what it reaches, and what time it takes a text for.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {confine, connect, openDuckDB, withDuckDB} from "../../lib/tabular/duckdb.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-duckdb-"));
});
afterAll(() => rm(folder, {recursive: true}));

/** Takes minutes. */
const endless = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3";

describe("a signal", () => {
  const reason = new Error("enough");

  it("ends a query that runs", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    const work = withDuckDB({folder, signal: controller.signal}, (connection) => connection.run(endless));
    await expect(work).rejects.toBe(reason);
  });

  it("that aborts between two queries ends the next", async () => {
    const controller = new AbortController();
    const work = withDuckDB({folder, signal: controller.signal}, async (connection) => {
      await connection.run("SELECT 1");
      controller.abort(reason);
      await connection.run(endless);
    });
    await expect(work).rejects.toBe(reason);
  });

  it("that aborts after the last query leaves no result", async () => {
    const controller = new AbortController();
    const work = withDuckDB({folder, signal: controller.signal}, async (connection) => {
      await connection.run("SELECT 1");
      controller.abort(reason);
    });
    await expect(work).rejects.toBe(reason);
  });

  it("that aborted before opens nothing", async () => {
    let opened = false;
    const work = withDuckDB({folder, signal: AbortSignal.abort(reason)}, async () => {
      opened = true;
    });
    await expect(work).rejects.toBe(reason);
    expect(opened).toBe(false);
  });
});

describe("a connection", () => {
  it("takes a time without a zone for one in UTC", async () => {
    const rows = await withDuckDB({folder}, async (connection) =>
      (await connection.runAndReadAll("SELECT epoch_ms(TIMESTAMPTZ '2024-07-01 00:00:00')")).getRows()
    );
    expect(rows).toEqual([[BigInt(Date.UTC(2024, 6, 1))]]);
  });

  it.each([
    [false, Infinity],
    [true, null]
  ])("divides by zero as it is told", async (divisionByZeroIsNull, quotient) => {
    const instance = await openDuckDB({memory: "100MB", spill: join(folder, "spill"), divisionByZeroIsNull});
    const connection = await connect(instance);
    expect((await connection.runAndReadAll("SELECT 1 / 0")).getRows()).toEqual([[quotient]]);
    connection.closeSync();
    instance.closeSync();
  });

  it("that is confined reaches its files and folders, and spills, but nothing else", async () => {
    const at = (name: string) => join(folder, name);
    await writeFile(at("given.csv"), "a\n1\n");
    await writeFile(at("secret.csv"), "a\n1\n");
    await withDuckDB({folder}, async (connection) => {
      await confine(connection, [at("given.csv")], [at("own")]);
      await connection.run(`FROM read_csv('${at("given.csv")}')`);
      await expect(connection.run(`FROM read_csv('${at("secret.csv")}')`)).rejects.toThrow(/disabled/);
      await expect(connection.run("SET allowed_paths = []")).rejects.toThrow(/locked|Cannot/);
      // Twice what it may keep in memory.
      await connection.run("CREATE TABLE large AS SELECT hash(range) AS h, range FROM range(25000000)");
      const sorted = await connection.runAndReadAll("SELECT h FROM (FROM large ORDER BY h) LIMIT 1 OFFSET 9");
      expect(sorted.currentRowCount).toBe(1);
    });
  });
});
