// Files whose lines end in several ways: the same values as if they ended in one, and the same errors.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {readTypedCsv} from "../../lib/tabular/typed-csv.js";
import {ended, endings} from "./line-ends.js";
import {text} from "./vectors.js";

let folder: string;
let path: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  path = join(folder, "a.csv");
  connection = await (await DuckDBInstance.create(":memory:", {threads: "2"})).connect();
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, {recursive: true});
});

async function read(csv: string) {
  await writeFile(path, csv);
  const types = Object.fromEntries(["a", "b", "c0", "c1", "c2"].map((name) => [name, text]));
  return readTypedCsv(connection, path, types, async ({sql}) =>
    (await connection.runAndReadAll(sql)).getRowsJson()
  );
}

describe("the loaders' reader", () => {
  it.each(endings)("takes %s", async (_, {csv, rows}) => expect(await read(csv)).toEqual(rows));

  it("takes them in any table", async () => {
    const property = fc.asyncProperty(ended, async ({csv, rows}) => {
      expect(await read(csv)).toEqual(rows);
    });
    await fc.assert(property, {numRuns: 200});
  });

  it("takes them late in a large file, and where they are cut by what is read at a time", async () => {
    const row = `${"x".repeat(1022)}\n`;
    for (const start of [1, 2, 3]) {
      // The return is the last byte of a mebibyte.
      const csv = `a${"\n".repeat(start)}${row.repeat(1024)}`.slice(0, 2 ** 20 - 1) + "\r\ny\n".repeat(3000);
      const rows = await read(csv);
      expect(rows).toHaveLength(1024 + 3000);
      expect(new Set(rows.map(([value]) => (value as string).slice(-1)))).toEqual(new Set(["x", "y"]));
    }
  });

  it.each<[string, string, number, RegExp]>([
    ["a quote that isn't closed", 'a,b\n1,x\r\n"2,y\n3,z\r\n', 3, /opened and not closed/],
    ["something after a quote", 'a,b\n1,x\r\n"2"y,y\n3,z\r\n', 3, /opened and not closed/],
    ["too many values", 'a,b\r\n1,"x\ny"\n2,y,z\n', 4, /it has 3 values where the header has 2 names/],
    ["too few values", "a,b\r\n1,x\n2\r\n", 3, /it has 1 values where the header has 2 names/]
  ])("refuses %s in them as elsewhere", async (_, csv, line, message) => {
    await expect(read(csv)).rejects.toMatchObject({line, message: expect.stringMatching(message) as string});
  });
});
