// The second wall: what a run's database refuses whatever SQL reaches it.
import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {Database} from "../../../lib/platform/engine/database.js";

let root: string;
let database: Database;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "engine-wall-"));
  await mkdir(join(root, "run"));
  await writeFile(join(root, "input"), "a\n1\n");
  await writeFile(join(root, "secret"), "a\n2\n");
  database = await Database.open({
    folder: join(root, "run"),
    readable: [join(root, "input")],
    memoryLimit: "200MB",
    diskLimit: "1GB"
  });
});

afterAll(async () => {
  database.close();
  await rm(root, {recursive: true});
});

describe("a run's database", () => {
  it("reads its inputs and its own folder", async () => {
    expect(await database.rows(`FROM read_csv('${root}/input')`)).toEqual([["1"]]);
    await database.run(`COPY (SELECT 5 AS n) TO '${root}/run/out.csv'`);
    expect(await database.rows(`FROM read_csv('${root}/run/out.csv')`)).toEqual([["5"]]);
  });

  it.each([
    "FROM read_csv('ROOT/secret')",
    "FROM read_csv('ROOT/run/../secret')",
    "FROM read_text('/etc/passwd')",
    "FROM glob('/etc/*')",
    "COPY (SELECT 1) TO 'ROOT/secret'",
    "ATTACH 'ROOT/other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "FROM 'https://example.com/x.csv'",
    "SET enable_external_access = true",
    "SET allowed_paths = ['/etc/passwd']",
    "SET lock_configuration = false",
    "SET memory_limit = '100GB'"
  ])("refuses %s", async (sql) => {
    await expect(database.rows(sql.replace("ROOT", root))).rejects.toThrow(
      /disabled (by|through) configuration|configuration has been locked|No files found|Cannot (access|change)/
    );
  });
});
