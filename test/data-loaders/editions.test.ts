// Contents that are kept of an entry: which count, what a kill or a broken file leaves, and one table of them all.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {commonType} from "../../data-loaders/common-type.js";
import {editionsRelation} from "../../data-loaders/editions.js";
import {addEdition, type Edition} from "../../data-loaders/history.js";
import {pull, type PullOptions} from "../../data-loaders/index.js";
import {refreshCache} from "../../data-loaders/refresh.js";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";
import {program} from "../program.js";

const script = program(new URL("./history-child.ts", import.meta.url));

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "ikigai-editions-"));
});
afterAll(() => rm(root, {recursive: true}));

let folder: string;
let days: number;
beforeEach(async () => {
  folder = await mkdtemp(join(root, "history-"));
  days = 0;
});

/** A Parquet file of a query's rows. */
async function parquetOf(sql: string): Promise<string> {
  const path = join(await mkdtemp(join(root, "content-")), "content.parquet");
  await withDuckDB({folder: root}, (connection) =>
    connection.run(`COPY (${sql}) TO ${literal(path)} (FORMAT parquet)`)
  );
  return path;
}

/** Adds a content a day after the last one. */
const add = async (sql: string, keep = 12) =>
  addEdition({
    folder,
    key: "demand",
    keep,
    parquet: await parquetOf(sql),
    pulledAt: new Date(Date.UTC(2024, 0, ++days)),
    source: {app: "Shop", dataset: "Demand"}
  });

/** All contents as one table. */
const table = (editions: readonly Pick<Edition, "path" | "pulledAt">[]) =>
  withDuckDB({folder: root}, async (connection) => {
    const warnings = await editionsRelation(connection, editions);
    const result = await connection.runAndReadAll("FROM result");
    return {
      warnings,
      rows: result.getRowObjectsJson(),
      types: result.columnNames().map((name, i) => `${name} ${String(result.columnType(i))}`)
    };
  });

const names = async () => (await readdir(join(folder, "demand"))).sort();
const values = async (editions: readonly Edition[]) => (await table(editions)).rows.map(({a}) => a);

describe("a content", () => {
  it("is kept when it differs from the newest, in rows or columns but not in their order", async () => {
    const isNew = [];
    for (const sql of [
      "SELECT unnest([1, 2, 2]) AS a",
      "SELECT unnest([2, 1, 2]) AS a",
      "SELECT unnest([1, 1, 2]) AS a",
      "SELECT unnest([1, 1, 2]) AS b",
      "SELECT unnest([1, 1, 2])::VARCHAR AS b",
      "SELECT unnest([1, 2, 2]) AS a"
    ])
      isNew.push((await add(sql)).isNew);
    expect(isNew).toEqual([true, false, true, true, true, true]);
    expect((await names()).filter((name) => name.endsWith(".parquet"))).toEqual([
      "000001-2024-01-01T00-00-00.000Z.parquet",
      "000002-2024-01-03T00-00-00.000Z.parquet",
      "000003-2024-01-04T00-00-00.000Z.parquet",
      "000004-2024-01-05T00-00-00.000Z.parquet",
      "000005-2024-01-06T00-00-00.000Z.parquet"
    ]);
  });

  it("is told apart by any value, null or row that another one has", async () => {
    const value = fc.oneof(fc.integer(), fc.constantFrom(null, 0, 1));
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, {minLength: 1, maxLength: 5}),
        fc.array(value, {minLength: 1, maxLength: 5}),
        async (one, other) => {
          await rm(join(folder, "demand"), {recursive: true, force: true});
          const sql = (rows: (number | null)[]) =>
            `SELECT unnest([${rows.map((row) => row ?? "NULL").join(", ")}]::BIGINT[]) AS a`;
          await add(sql(one));
          const sorted = (rows: (number | null)[]) => JSON.stringify([...rows].map(String).sort());
          expect((await add(sql(other))).isNew).toBe(sorted(one) !== sorted(other));
        }
      ),
      {numRuns: 20}
    );
  });

  it("goes when there are more than are kept, also when fewer are kept than before", async () => {
    for (const a of [1, 2, 3, 4]) await add(`SELECT ${a} AS a`, 3);
    expect(await values((await add("SELECT 4 AS a", 3)).editions)).toEqual([2, 3, 4]);
    expect(await names()).toHaveLength(4);
    expect(await values((await add("SELECT 4 AS a", 2)).editions)).toEqual([3, 4]);
    expect(await names()).toHaveLength(3);
  });

  it("counts after the one before though the clock was set back", async () => {
    await add("SELECT 1 AS a");
    days = -10;
    const {editions} = await add("SELECT 2 AS a");
    expect(editions.map(({id, pulledAt}) => [id.slice(0, 6), pulledAt])).toEqual([
      ["000001", "2024-01-01T00:00:00.000Z"],
      ["000002", "2023-12-22T00:00:00.000Z"]
    ]);
  });

  it("is in the index with its rows, size, checksum and source", async () => {
    const {editions} = await add("SELECT unnest(range(5)) AS a");
    const index = JSON.parse(await readFile(join(folder, "demand", "index.json"), "utf8")) as unknown;
    const {path: _, ...listed} = editions[0]!;
    expect(index).toEqual({version: 1, editions: [listed]});
    expect(listed).toMatchObject({rows: 5, source: {app: "Shop", dataset: "Demand"}});
  });
});

describe("what is broken", () => {
  it.each([
    ["cut short", (path: string) => writeFile(path, "PAR1")],
    ["changed", (path: string) => appendFile(path, "x")],
    ["gone", (path: string) => rm(path)]
  ])("a file that is %s is named and set aside, and the others are used", async (_, damage) => {
    for (const a of [1, 2, 3]) await add(`SELECT ${a} AS a`);
    const broken = join(folder, "demand", "000002-2024-01-02T00-00-00.000Z.parquet");
    await damage(broken);
    const {editions, warnings} = await add("SELECT 4 AS a");
    expect(warnings).toEqual([expect.stringContaining(`${broken} is broken or missing; it is set aside`)]);
    expect(await values(editions)).toEqual([1, 3, 4]);
    expect((await add("SELECT 4 AS a")).warnings).toEqual([]);
  });

  it.each(["", "{", '{"version": 1, "editions": [{"id": "../x"}]}'])(
    "an index that is %j is set aside, and the files speak for themselves",
    async (text) => {
      for (const a of [1, 2]) await add(`SELECT ${a} AS a`);
      await writeFile(join(folder, "demand", "index.json"), text);
      const {editions, warnings, isNew} = await add("SELECT 2 AS a");
      expect(warnings).toEqual([
        expect.stringMatching(/index\.json can't be read .*set aside as index\.json\.broken/)
      ]);
      expect(isNew).toBe(false);
      expect(await values(editions)).toEqual([1, 2]);
      expect(editions[0]).toMatchObject({pulledAt: "2024-01-01T00:00:00.000Z", rows: 1});
    }
  );

  it("a folder that can't be written is an error that names it, and nothing is lost", async () => {
    await writeFile(join(folder, "demand"), "a file in its place");
    await expect(add("SELECT 1 AS a")).rejects.toThrow(`can't keep the content in ${join(folder, "demand")}`);
  });
});

it("a kill before any of its steps leaves the contents before, or those after, and the next one is added", async () => {
  const [fourth, fifth] = [await parquetOf("SELECT 4 AS a"), await parquetOf("SELECT 5 AS a")];
  for (const a of [1, 2, 3]) await add(`SELECT ${a} AS a`, 3);
  const before = await mkdtemp(join(root, "before-"));
  await cp(join(folder, "demand"), before, {recursive: true});
  const dies = async (step: number) => {
    await rm(join(folder, "demand"), {recursive: true, force: true});
    await cp(before, join(folder, "demand"), {recursive: true});
    const child = spawn(process.execPath, [script(), folder, fourth, String(step)], {
      stdio: "inherit"
    });
    const [, signal] = (await once(child, "exit")) as [number | null, string | null];
    return signal === "SIGKILL";
  };
  const found: string[] = [];
  for (let step = 1; await dies(step); ++step) {
    const options = {folder, key: "demand", keep: 3, pulledAt: new Date("2024-03-01"), source: {}};
    const index = JSON.parse(await readFile(join(folder, "demand", "index.json"), "utf8")) as {
      editions: {id: string}[];
    };
    const listed = index.editions.map(({id}) => ({
      path: join(folder, "demand", `${id}.parquet`),
      pulledAt: "2024-01-01"
    }));
    found.push((await table(listed)).rows.map(({a}) => a as number).join());
    const {editions, warnings} = await addEdition({...options, parquet: fifth});
    expect(warnings).toEqual([]);
    expect(await values(editions)).toEqual([...found.at(-1)!.split(",").slice(1).map(Number), 5]);
    expect(await names()).toEqual([...editions.map(({id}) => `${id}.parquet`), "index.json"]);
  }
  // A copy, its sync, its place and that one's sync; the same for the index, which makes it count; and the oldest's end.
  expect(found).toEqual([...Array<string>(7).fill("1,2,3"), "2,3,4", "2,3,4"]);
}, 120_000);

describe("the table of all contents", () => {
  it("has a column edition first, then the newest one's columns, then those of older ones", async () => {
    await add("SELECT 'x' AS gone, 1 AS a");
    const {editions} = await add("SELECT 2 AS A, 'n' AS new");
    const {rows, types, warnings} = await table(editions);
    expect(types).toEqual(["edition TIMESTAMP", "A INTEGER", "new VARCHAR", "gone VARCHAR"]);
    expect(rows).toEqual([
      {edition: "2024-01-01 00:00:00", A: 1, new: null, gone: "x"},
      {edition: "2024-01-02 00:00:00", A: 2, new: "n", gone: null}
    ]);
    expect(warnings).toEqual([]);
  });

  it("has a column of several types as the one that holds all values, and says so", async () => {
    await add("SELECT 1 AS a, 1 AS b, DATE '2024-01-01' AS c, 3000000000 AS d, NULL::DOUBLE AS e");
    const {editions} = await add(
      "SELECT 1.5::DOUBLE AS a, 'x' AS b, TIMESTAMP '2024-01-01 10:00:00' AS c, 1 AS d, 9007199254740993 AS e"
    );
    const {rows, types, warnings} = await table(editions);
    expect(types.slice(1)).toEqual(["a DOUBLE", "b VARCHAR", "c TIMESTAMP", "d BIGINT", "e BIGINT"]);
    expect(rows.map(({edition: _, ...row}) => Object.values(row))).toEqual([
      [1, "1", "2024-01-01 00:00:00", "3000000000", null],
      [1.5, "x", "2024-01-01 10:00:00", "1", "9007199254740993"]
    ]);
    expect(warnings).toEqual([
      'column "a" is DOUBLE in all editions, as its type changed: INTEGER in the edition of 2024-01-01T00:00:00.000Z, ' +
        "DOUBLE in the edition of 2024-01-02T00:00:00.000Z",
      expect.stringContaining('column "b" is VARCHAR in all editions'),
      expect.stringContaining('column "c" is TIMESTAMP in all editions')
    ]);
  });

  it("has the dataset's own column edition under another name, and says so", async () => {
    const {editions} = await add('SELECT 1 AS "Edition", 2 AS "edition.1"');
    const {types, warnings} = await table(editions);
    expect(types).toEqual(["edition TIMESTAMP", "Edition.2 INTEGER", "edition.1 INTEGER"]);
    expect(warnings).toEqual([`the dataset's own column "Edition" is called "Edition.2" here`]);
  });
});

it.each([
  [["INTEGER", "DECIMAL(38,0)", "BIGINT"], "DECIMAL(38,0)", true],
  [["BIGINT", "DOUBLE"], "VARCHAR", false],
  [["DECIMAL(18,2)", "DECIMAL(10,4)"], "DECIMAL(20,4)", false],
  [["INTEGER", "DECIMAL(9,2)"], "DECIMAL(12,2)", false],
  [["DECIMAL(38,0)", "DECIMAL(18,2)"], "VARCHAR", false],
  [["TIMESTAMP", "TIMESTAMP_NS"], "VARCHAR", false],
  [["INTEGER[]", "INTEGER"], "VARCHAR", false]
])("%j have the type %s in common", (types, sql, isSameKind) => {
  expect(commonType(types)).toEqual({sql, isSameKind});
});

describe("an entry with editions", () => {
  let platform: RunningPlatform;
  let client: Ikigai;
  beforeAll(async () => {
    const datasets = [{name: "Demand", csv: "month,units\n2024-01-01,10\n2024-02-01,20\n"}];
    platform = await startPlatform({
      data: join(root, "platform"),
      seed: [{name: "Shop", description: "", datasets, models: []}]
    });
    client = new Ikigai(platform);
  });
  afterAll(() => platform.close());

  const config = (more: object = {}) =>
    checkConfig({app: "Shop", datasets: {demand: {dataset: "Demand", keep: 2, editions: true, ...more}}});
  const pulling = async (files: string[], options: Partial<PullOptions> = {}) => {
    const into = join(folder, "into");
    await mkdir(into, {recursive: true});
    const warnings: string[] = [];
    await pull({
      config: config(),
      client,
      files,
      into,
      history: join(folder, "history"),
      onWarning: (warning) => warnings.push(warning),
      ...options
    });
    const text = await readFile(join(into, files[0]!), "utf8");
    return {rows: JSON.parse(text) as Record<string, unknown>[], warnings};
  };
  const change = async (units: number[]) =>
    (await client.apps.get("Shop")).datasets
      .get("Demand")
      .then((dataset) =>
        dataset.editData({rows: units.map((units, i) => ({month: `2024-0${i + 1}-01`, units}))})
      );

  it("gives a file of its last contents, whichever of its files are pulled", async () => {
    await change([10, 20]);
    await pulling(["demand-editions.json"]);
    await pulling(["demand-editions.json", "demand.parquet"]);
    await change([10, 21]);
    // The page's own file alone: what it has is kept all the same.
    await pulling(["demand.json"]);
    await change([10, 22.5]);
    const {rows, warnings} = await pulling(["demand-editions.json", "demand.json"]);
    expect(rows.map(({month, units}) => [month, units])).toEqual([
      ["2024-01-01", 10],
      ["2024-02-01", 21],
      ["2024-01-01", 10],
      ["2024-02-01", 22.5]
    ]);
    const editions = [...new Set(rows.map(({edition}) => String(edition)))];
    expect(editions).toHaveLength(2);
    expect(Math.abs(Date.now() - Date.parse(editions[1]!))).toBeLessThan(60_000);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^datasets\.demand: demand-editions\.json: column "units" is DOUBLE in all editions/
      )
    ]);
  });

  it("keeps what its sql makes, wherever that runs", async () => {
    await change([10, 20]);
    const sql = "SELECT sum(units) AS units FROM dataset";
    for (const engine of ["local", "platform"]) {
      const {rows} = await pulling(["demand-editions.json"], {config: config({sql, engine}), project: "p"});
      expect(rows.map(({units}) => units)).toEqual([30]);
    }
  });

  it("has its current content only where there is no folder for others", async () => {
    await change([1, 2]);
    await pulling(["demand-editions.json"]);
    await change([3]);
    const {rows} = await pulling(["demand-editions.json"], {history: undefined});
    expect(rows.map(({units}) => units)).toEqual([3]);
  });

  it("comes into a cache with what was kept, also after the cache was emptied", async () => {
    const cache = join(folder, "cache");
    const filling = async () => {
      const {pulled} = await refreshCache({
        cache,
        config: config(),
        client,
        history: join(folder, "history"),
        files: ["data/demand-editions.json", "data/demand.csv"].map((path) => ({path, pages: ["a.md"]})),
        present: []
      });
      const text = await readFile(join(cache, "data", "demand-editions.json"), "utf8");
      const rows = JSON.parse(text) as {units: number}[];
      return {pulled: pulled.length, units: rows.map(({units}) => units)};
    };
    await change([1]);
    expect(await filling()).toEqual({pulled: 2, units: [1]});
    expect(await filling()).toEqual({pulled: 0, units: [1]});
    await change([22]);
    expect(await filling()).toEqual({pulled: 2, units: [1, 22]});
    await rm(cache, {recursive: true});
    expect(await filling()).toEqual({pulled: 2, units: [1, 22]});
  });

  it("keeps each account's contents apart", async () => {
    await change([1]);
    await pulling(["demand-editions.json"]);
    const other = new Ikigai({...platform, userEmail: platform.userEmail.toUpperCase()});
    await change([2]);
    const {rows} = await pulling(["demand-editions.json"], {client: other});
    expect(rows.map(({units}) => units)).toEqual([2]);
    await other.close();
  });
});

it("the queries of docs/loaders.md give a revision and how early a forecast was right", async () => {
  const docs = await readFile(join(import.meta.dirname, "../../docs/loaders.md"), "utf8");
  const section = docs.split("## Editions of data")[1]!.split("\n## ")[0]!;
  const queries = Array.from(section.matchAll(/```sql[^\n]*\n(.*?)```/gs), ([, sql]) => sql!);
  expect(queries).toHaveLength(2);
  const answers = await withDuckDB({folder: root}, async (connection) => {
    await connection.run(
      `CREATE TABLE editions AS SELECT edition, DATE '2024-03-01' AS month, forecast FROM (VALUES
        (TIMESTAMP '2024-01-01', 100), (TIMESTAMP '2024-02-01', 118), (TIMESTAMP '2024-03-01', 121)) t(edition, forecast)`
    );
    await connection.run("CREATE TABLE history AS SELECT DATE '2024-03-01' AS month, 120 AS actual");
    return [
      (await connection.runAndReadAll(queries[0]!)).getRowObjectsJson(),
      (await connection.runAndReadAll(queries[1]!)).getRowObjectsJson()
    ];
  });
  expect(answers[0]!.map(({revision}) => revision)).toEqual([null, 18, 3]);
  expect(answers[1]).toEqual([{month: "2024-03-01", days_ahead: "29"}]);
});
