// The parts of an entry: together they hold its rows, each once; how each is called; and what can't part one.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {pull, type PullOptions} from "../../data-loaders/index.js";
import {partModule, partsInList} from "../../data-loaders/part-module.js";
import {partName} from "../../data-loaders/part-name.js";
import {partsOf, rowsOfPart} from "../../data-loaders/parts.js";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig, type DatasetEntry} from "../../lib/config/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";

const regions = [
  "north",
  "North",
  "a/b\\c",
  'say "hi"',
  "🦊",
  "none",
  "",
  "é",
  "e\u0301",
  "x".repeat(90),
  "..",
  "con",
  "parts"
];
const csv = [
  "id,region,day,big",
  ...Array.from({length: 1_400}, (_, i) => {
    const region = i % 14 === 13 ? "" : `"${regions[i % 14]!.replaceAll('"', '""')}"`;
    const day = i % 50 === 0 ? "" : `${2019 + (i % 3)}-${String(1 + (i % 12)).padStart(2, "0")}-05`;
    return [i, region, day, i === 1_399 ? 3_000_000_000 : i].join(",");
  })
].join("\n");

let folder: string;
let into: string;
let platform: RunningPlatform;
let client: Ikigai;
const calls: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-parts-"));
  platform = await startPlatform({
    data: join(folder, "platform"),
    seed: [{name: "Shop", description: "", models: [], datasets: [{name: "Sales", csv}]}],
    log: (line) => void calls.push(line)
  });
  client = new Ikigai(platform);
});
afterAll(async () => {
  await platform.close();
  await rm(folder, {recursive: true});
});
beforeEach(async () => {
  into = await mkdtemp(join(folder, "into-"));
  calls.length = 0;
});
afterEach(() => rm(into, {recursive: true}));

const pulling = (entry: Partial<DatasetEntry>, files: string[], options: Partial<PullOptions> = {}) =>
  pull({
    config: checkConfig({app: "Shop", datasets: {sales: {dataset: "Sales", ...entry}}}),
    client,
    files,
    into,
    ...options
  });

const ask = (sql: string) =>
  withDuckDB({folder}, async (connection) => (await connection.runAndReadAll(sql)).getRowsJson());
const parquet = (file: string) => `read_parquet(${literal(join(into, file))})`;
const types = (file: string) =>
  ask(`SELECT name, type, converted_type FROM parquet_schema(${literal(join(into, file))})`);

/** The list, and the files of all that it names beside the whole. */
async function all(entry: Partial<DatasetEntry>): Promise<{parts: string[]; files: string[]}> {
  await pulling(entry, ["sales.parts.json"]);
  const parts = partsInList(await readFile(join(into, "sales.parts.json"), "utf8"));
  const files = parts.map((part) => `sales.${part}.parquet`);
  calls.length = 0;
  await pulling(entry, ["sales.parquet", ...files]);
  expect(calls.filter((line) => line.includes("download-url"))).toHaveLength(1);
  return {parts, files};
}

describe("the parts of an entry", () => {
  it.each([
    ["region", {partition: "region", sort: ["day", "id"]}, 14],
    ["years", {partition: {by: "day", every: "year"}}, 4],
    ["quarters", {partition: {by: "day", every: "quarter"}}, 13],
    [
      "months of a query",
      {partition: {by: "d", every: "month"}, sql: "SELECT id, day::DATE AS d FROM dataset WHERE id > 99"},
      13
    ]
  ] as [string, Partial<DatasetEntry>, number][])(
    "by %s have its rows, in its order and types",
    async (_, entry, count) => {
      const {parts, files} = await all(entry);
      expect(parts).toHaveLength(count);
      const rows: unknown[][] = [];
      for (const file of files) {
        const part = await ask(`FROM ${parquet(file)}`);
        expect(part.length).toBeGreaterThan(0);
        rows.push(...part);
        expect(await types(file)).toEqual(await types("sales.parquet"));
        // In the order of the whole: each row's place there is behind that of the row before.
        const places = await ask(
          `SELECT w.file_row_number FROM ${parquet(file)} p JOIN (SELECT id, file_row_number FROM ${parquet("sales.parquet")}) w USING (id) ORDER BY p.file_row_number`
        );
        expect(places.map(([at]) => Number(at))).toEqual(
          places.map(([at]) => Number(at)).sort((a, b) => a - b)
        );
      }
      const whole = await ask(`FROM ${parquet("sales.parquet")}`);
      const sorted = (all: unknown[][]) => all.map((row) => JSON.stringify(row)).sort();
      expect(sorted(rows)).toEqual(sorted(whole));
    }
  );

  it("are listed with their values and rows", async () => {
    await pulling({partition: {by: "day", every: "quarter"}}, ["sales.parts.json"]);
    const list = JSON.parse(await readFile(join(into, "sales.parts.json"), "utf8")) as {rows: number}[];
    expect(list[0]).toEqual({part: "2019-q1", value: "2019-q1", rows: expect.any(Number) as number});
    expect(list.at(-1)).toEqual({part: "none", value: null, rows: 28});
    expect(list.reduce((sum, {rows}) => sum + rows, 0)).toBe(1_400);
  });

  it("come beside the contents that are kept", async () => {
    const history = join(into, "history");
    const entry: Partial<DatasetEntry> = {partition: {by: "day", every: "year"}, keep: 2, editions: true};
    const pulled = await pulling(entry, ["sales.2019.parquet", "sales-editions.parquet"], {history});
    expect(pulled[0]!.rows).toBeLessThan(500);
    expect(pulled[1]!.rows).toBe(1_400);
  });

  it("that are gone have no rows", async () => {
    const [part] = await pulling({partition: {by: "day", every: "year"}}, ["sales.1999.parquet"]);
    expect(part!.rows).toBe(0);
  });

  it.each([
    [
      {partition: "regoin"},
      'datasets.sales: partition names the column "regoin", which doesn\'t exist; did you mean "region"?'
    ],
    [{partition: "id"}, "partition makes 1,400 parts, and 200 is the most; name a column with fewer values"],
    [
      {partition: "year"},
      'partition names the column "year", which doesn\'t exist; to split by times, write {by: "the time\'s column", every: "year"}'
    ],
    [
      {partition: {by: "dy", every: "year"}},
      'partition.by names the column "dy", which doesn\'t exist; did you mean "day"?'
    ],
    [
      {partition: {by: "region", every: "year"}},
      'the column "region" is VARCHAR; name another, or part by its values: partition: "region"'
    ]
  ] as [Partial<DatasetEntry>, string][])("can't be made by %j", async (entry, message) => {
    await expect(pulling(entry, ["sales.parts.json"])).rejects.toThrow(message);
    await expect(pulling(entry, ["sales.2019.parquet"])).rejects.toThrow(message);
  });

  it.each([
    ["sales.2019.csv", "is a part of sales, and parts come as Parquet only"],
    ["sales.parts.arrow", 'the list of parts of sales comes as "sales.parts.json" only']
  ])("come as no %s", async (file, message) => {
    await expect(pulling({partition: "region"}, [file])).rejects.toThrow(message);
  });

  it("aren't there for an entry without a partition", async () => {
    await expect(pulling({}, ["sales.2019.parquet"])).rejects.toThrow('gives no file "sales.2019"');
  });
});

describe("a part's name", () => {
  it.each([
    ["2019", "2019"],
    ["north", "north"],
    ["東京", "東京"],
    ["a-b_c", "a-b_c"],
    [null, "none"]
  ])("is the value %j itself where it can be one", (value, name) => {
    expect(partName(value)).toBe(name);
  });

  it.each([
    ["North", /^north-[0-9a-f]{8}$/],
    ["none", /^none-[0-9a-f]{8}$/],
    ["parts", /^parts-[0-9a-f]{8}$/],
    ["../../etc", /^etc-[0-9a-f]{8}$/],
    ['a/b\\c"d', /^a-b-c-d-[0-9a-f]{8}$/],
    ["🦊", /^value-[0-9a-f]{8}$/],
    ["", /^value-[0-9a-f]{8}$/],
    ["north-0123abcd", /^north-0123abcd-[0-9a-f]{8}$/]
  ])("of %j has a hash", (value, name) => {
    expect(partName(value)).toMatch(name);
  });

  it("is safe in a file's name, and another for another value, whatever the disk makes of capitals and accents", () => {
    const values = fc.oneof(
      fc.string({unit: "binary"}),
      fc.string({unit: "grapheme"}),
      fc.constantFrom(...regions)
    );
    fc.assert(
      fc.property(values, values, (one, other) => {
        for (const value of [one, other])
          expect(partName(value)).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u);
        const onDisk = (value: string) => partName(value).normalize("NFD").toLowerCase();
        if (one !== other) expect(onDisk(one)).not.toBe(onDisk(other));
      }),
      {numRuns: 1_000}
    );
  });
});

it("random values part a table into rows that are all of its own", {timeout: 180_000}, async () => {
  const value = fc.option(
    fc.oneof(fc.string({unit: "grapheme", maxLength: 5}), fc.constantFrom(...regions)),
    {freq: 5}
  );
  await withDuckDB({folder}, async (connection) => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, {minLength: 1, maxLength: 60}), async (values) => {
        const plain = values.map((value) => (value?.includes("\0") ? "nul" : value));
        await connection.run(
          `CREATE OR REPLACE TABLE whole AS FROM (VALUES ${plain.map((value, i) => `(${i}, ${value === null ? "NULL::VARCHAR" : literal(value)})`).join(", ")}) t(i, v)`
        );
        const parts = await partsOf(connection, "whole", "v");
        expect(new Set(parts.map(({part}) => part)).size).toBe(parts.length);
        const seen: number[] = [];
        for (const {value, rows} of parts) {
          const found = (await connection.runAndReadAll(`FROM ${rowsOfPart("whole", "v", value)}`)).getRows();
          expect(found).toHaveLength(rows);
          for (const [i, v] of found as [number, string | null][]) {
            expect(v).toBe(value);
            seen.push(i);
          }
        }
        expect(seen.sort((a, b) => a - b)).toEqual(values.map((_, i) => i));
      }),
      {numRuns: 60}
    );
  });
});

it("the module names each file as Framework finds it", () => {
  expect(partModule("sales", [])).toContain("export default [];");
  const text = partModule("sales", ["2019", "none"]);
  expect([...text.matchAll(/FileAttachment\("([^"]*)"\)/g)].map(([, name]) => name)).toEqual([
    "./sales.2019.parquet",
    "./sales.none.parquet",
    "./sales.parts.json"
  ]);
});
