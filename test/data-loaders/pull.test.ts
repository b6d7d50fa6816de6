// Pulling files from a platform over HTTP: what they hold, and what happens when one can't be made.
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC, type StructRow, type Table} from "apache-arrow";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";
import {pull, type PullOptions, type PullProgress} from "../../data-loaders/index.js";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {apps, config, history} from "./apps.js";

let folder: string;
let platform: RunningPlatform;
let client: Ikigai;
const calls: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-pull-"));
  platform = await startPlatform({
    data: join(folder, "platform"),
    seed: apps,
    log: (line) => calls.push(line)
  });
  client = new Ikigai(platform);
});
afterAll(async () => {
  await platform.close();
  await rm(folder, {recursive: true});
});

let into: string;
beforeEach(async () => {
  into = await mkdtemp(join(folder, "into-"));
  calls.length = 0;
});
afterEach(() => rm(into, {recursive: true}));

const pulling = (files: string[], options: Partial<PullOptions> = {}) =>
  pull({config: checkConfig(config), client, files, into, ...options});

const read = (file: string) => readFile(join(into, file));
const json = async (file: string) => JSON.parse(String(await read(file))) as Record<string, unknown>[];
const arrow = async (file: string): Promise<Table> => tableFromIPC(await read(file));

/** An Arrow table's rows as plain objects. */
const objects = (table: Table) =>
  Array.from(table as Iterable<StructRow>, (row) => row.toJSON() as Record<string, unknown>);

async function parquet(file: string) {
  const from = `FROM read_parquet(${literal(join(into, file))})`;
  return withDuckDB({folder}, async (connection) => ({
    types: (await connection.runAndReadAll(`DESCRIBE ${from}`)).getColumns()[1],
    rows: (await connection.runAndReadAll(from)).getRowObjectsJson()
  }));
}

const rows = [
  {sector: "Retail", month: "2024-01-01", jobs: 10, note: 'said "hi", left'},
  {sector: "Retail", month: "2024-02-01", jobs: 12, note: null},
  {sector: "Farming", month: "2024-01-01", jobs: 3, note: "two\nlines"},
  {sector: "Farming", month: "2024-02-01", jobs: null, note: ""}
];

describe("a dataset", () => {
  it("comes in every format, downloaded once", async () => {
    const pulled = await pulling([
      "history.json",
      "history.csv",
      "history.arrow",
      "history.parquet",
      "by-sector.json"
    ]);
    expect(pulled.map(({file, rows}) => [file, rows])).toEqual([
      ["history.json", 4],
      ["history.csv", 4],
      ["history.arrow", 4],
      ["history.parquet", 4],
      ["by-sector.json", 2]
    ]);
    expect(calls.filter((line) => line.includes("get-dataset-download-url"))).toHaveLength(1);

    expect(await json("history.json")).toEqual(rows);
    expect(String(await read("history.csv"))).toBe(history);
    expect(await json("by-sector.json")).toEqual([
      {sector: "Farming", jobs: 3},
      {sector: "Retail", jobs: 22}
    ]);

    const table = await arrow("history.arrow");
    expect(table.schema.fields.map(({type}) => String(type))).toEqual([
      "Dictionary<Uint8, Utf8>",
      "Timestamp<MILLISECOND>",
      "Int32",
      "Utf8"
    ]);
    const inArrow = objects(table);
    expect(inArrow).toEqual(rows.map((row) => ({...row, month: Date.parse(row.month)})));

    const inParquet = await parquet("history.parquet");
    expect(inParquet.types).toEqual(["VARCHAR", "TIMESTAMP", "INTEGER", "VARCHAR"]);
    expect(inParquet.rows).toEqual(rows.map((row) => ({...row, month: `${row.month} 00:00:00`})));
  });

  it("comes from another app", async () => {
    await pulling(["weather.json"]);
    expect(await json("weather.json")).toEqual([{day: "2024-01-01", rain: 0.5}]);
  });

  it("may be named by its id", async () => {
    const [twin] = [...(await (await client.apps.get("Jobs")).datasets.list())].filter(
      ({name}) => name === "Twin"
    );
    const named = checkConfig({app: "Jobs", datasets: {twin: {dataset: twin!.datasetId}}});
    expect(await pulling(["twin.json"], {config: named})).toMatchObject([{rows: 1}]);
  });

  it("without rows gives an empty, typed file", async () => {
    await pulling(["no-rows.arrow", "no-rows.parquet", "no-rows.csv", "no-rows.json"]);
    const {numRows, schema} = await arrow("no-rows.arrow");
    expect(numRows).toBe(0);
    expect(schema.fields.map(({name, type}) => [name, String(type)])).toEqual([
      ["sector", "Utf8"],
      ["jobs", "Int32"]
    ]);
    expect(await parquet("no-rows.parquet")).toEqual({types: ["VARCHAR", "INTEGER"], rows: []});
    expect(String(await read("no-rows.csv"))).toBe("sector,jobs\n");
    expect(await json("no-rows.json")).toEqual([]);
  });

  it("with text among its numbers keeps every row, and says which column became text", async () => {
    const warnings: string[] = [];
    await pulling(["text-in-numbers.json"], {onWarning: (warning) => warnings.push(warning)});
    expect(await json("text-in-numbers.json")).toEqual([
      {a: 1, b: "1"},
      {a: 2, b: "two"},
      {a: 3, b: "3"}
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/^datasets\.text-in-numbers: column "b" is kept as text.*"two"/)
    ]);
  });

  it("with empty and repeated column names tells them apart, and says so", async () => {
    const warnings: string[] = [];
    await pulling(["odd-names.json"], {onWarning: (warning) => warnings.push(warning)});
    const [row] = await json("odd-names.json");
    expect(row).toMatchObject({a: 1, "Unnamed: 1": 2, "a.1": 3});
    expect(Object.values(row!)).toEqual([1, 2, 3, 4]);
    expect(warnings.join()).toMatch(/a column without a name is called "Unnamed: 1"/);
  });

  it("has 64 bits only where a number needs them", async () => {
    await pulling(["large-numbers.parquet"]);
    expect(await parquet("large-numbers.parquet")).toEqual({
      types: ["INTEGER", "BIGINT"],
      rows: [
        {small: 1, large: "1"},
        {small: 2, large: "3000000000"}
      ]
    });
  });
});

describe("a model", () => {
  it("comes as three tables", async () => {
    await pulling(["jobs-versions.json", "jobs-metrics.arrow", "jobs-hyperparameters.json"]);
    const versions = await json("jobs-versions.json");
    expect(versions.map(({model, version, created_at}) => [model, version, created_at])).toEqual([
      ["Jobs aiCast", "naive", "2024-01-01"],
      ["Jobs aiCast", "ets", "2024-02-01"]
    ]);
    const metrics = objects(await arrow("jobs-metrics.arrow"));
    expect(metrics.map(({version, metric, value}) => [version, metric, value])).toEqual([
      ["naive", "performance.mape.average_test", 0.25],
      ["ets", "performance.mape.average_test", 0.125]
    ]);
    const set = await json("jobs-hyperparameters.json");
    expect(
      set.map(({version, hyperparameter, value, number}) => [version, hyperparameter, value, number])
    ).toEqual([
      ["naive", "method", "naive", null],
      ["ets", "method", "ets", null],
      ["ets", "season", "12", 12]
    ]);
  });
});

describe("a format that has no such values", () => {
  const select =
    "SELECT hash(sector) AS h, {'x': 'NaN'::DOUBLE} AS s, TIMESTAMP 'infinity' AS at FROM dataset";
  const odd = checkConfig({app: "Jobs", datasets: {odd: {dataset: "History", sql: `${select} LIMIT 1`}}});

  it.each([
    ["parquet", ["at"]],
    ["arrow", ["h", "at"]],
    ["csv", ["s", "at"]],
    ["json", ["h", "s", "at"]]
  ])("%s is warned of, by the entry, the file and the column", async (format, columns) => {
    const warnings: string[] = [];
    await pulling([`odd.${format}`], {config: odd, onWarning: (warning) => warnings.push(warning)});
    const starts = columns.map((name) => `: odd.${format}: column "${name}" `);
    expect(warnings).toHaveLength(columns.length);
    for (const [i, start] of starts.entries()) expect(warnings[i]).toContain(start);
  });
});

describe("the catalog", () => {
  it("tells where each file came from, and the rows of those pulled with it", async () => {
    await pulling(["catalog.json", "history.csv"]);
    const catalog = await json("catalog.json");
    expect(catalog.map(({file}) => file)).toEqual([
      ...Object.keys(config.datasets),
      "jobs-versions",
      "jobs-metrics",
      "jobs-hyperparameters"
    ]);
    const dataset = await (await client.apps.get("Jobs")).datasets.get("History");
    expect(catalog[0]).toEqual({
      file: "history",
      kind: "dataset",
      app: "Jobs",
      name: "History",
      id: dataset.datasetId,
      modified_at: expect.stringMatching(/^\d{4}-\d\d-\d\d/) as unknown,
      bytes: history.length,
      rows: 4,
      pulled_at: expect.stringMatching(/T.*Z$/) as unknown,
      changed_at: null,
      rows_before: null,
      stale_since: null,
      problem: null
    });
    expect(catalog[1]).toMatchObject({file: "by-sector", name: "History", rows: null});
    expect(catalog.at(-1)).toMatchObject({kind: "model", name: "Jobs aiCast", bytes: null});
  });
});

describe("progress", () => {
  it("tells each step of each file", async () => {
    const steps: PullProgress[] = [];
    await pulling(["history.arrow", "history.parquet"], {onProgress: (step) => steps.push(step)});
    const told = (of: string) => {
      const words = steps.filter(({file}) => file === of).map(({step}) => step);
      return words.filter((step, i) => step !== words[i - 1]);
    };
    expect(told("history.arrow")).toEqual(["download", "convert", "done"]);
    expect(told("history.parquet")).toEqual(["done"]);
    const downloaded = steps.filter(({step}) => step === "download").at(-1);
    expect(downloaded).toMatchObject({done: history.length, total: history.length});
  });
});

describe("a mistake", () => {
  const wrong = (datasets: object, models = {}) =>
    checkConfig({...config, datasets: {...config.datasets, ...datasets}, models});

  it.each([
    [
      {dataset: "Histroy"},
      /^datasets\.x: there is no dataset of app "Jobs" called "Histroy": there are "History", /
    ],
    [
      {app: "Job", dataset: "History"},
      /^datasets\.x: there is no app called "Job": there are "Jobs", "Weather"/
    ],
    [
      {dataset: "Twin"},
      /^datasets\.x: there is more than one dataset .*"Twin".*write the id in place of the name/
    ],
    [
      {dataset: "History", sql: "SELECT sectr FROM dataset"},
      /^datasets\.x: DuckDB can't run this sql\..*"sectr" not found/s
    ],
    [
      {dataset: "History", sql: "FROM read_text('/etc/hostname')"},
      /^datasets\.x: .*disabled by configuration/s
    ]
  ])("in %j is reported with its fix, and no file appears", async (entry, message) => {
    await expect(pulling(["history.csv", "x.json"], {config: wrong({x: entry})})).rejects.toThrow(message);
    expect(await readdir(into)).toEqual([]);
  });

  it("in a model's name is told with those there are", async () => {
    await expect(
      pulling(["m-metrics.json"], {config: wrong({}, {m: {model: "Job aiCast"}})})
    ).rejects.toThrow(
      /^models\.m: there is no model of app "Jobs" called "Job aiCast": there is "Jobs aiCast"/
    );
  });

  it("doesn't hide another", async () => {
    const two = wrong({x: {dataset: "Histroy"}, y: {dataset: "History", sql: "SELECT 1; SELECT 2"}});
    const error = await pulling(["x.json", "y.json", "history.csv"], {config: two}).catch(
      (e: unknown) => e as Error
    );
    expect((error as Error).message).toMatch(/datasets\.x: there is no dataset/);
    expect((error as Error).message).toMatch(/datasets\.y: sql should be one SELECT/);
  });

  it("leaves files that were there before", async () => {
    await writeFile(join(into, "history.csv"), "old");
    await expect(
      pulling(["history.csv", "x.json"], {config: wrong({x: {dataset: "None"}})})
    ).rejects.toThrow();
    expect(await readdir(into)).toEqual(["history.csv"]);
    expect(String(await read("history.csv"))).toBe("old");
  });

  it("in the folder is told", async () => {
    const file = join(into, "file");
    await writeFile(file, "");
    await expect(pulling(["history.csv"], {into: file})).rejects.toThrow(/^can't write into .*file: /);
  });

  it("in the key is told without it", async () => {
    const stranger = new Ikigai({...platform, apiKey: "marked-wrong-key"});
    const error = await pulling(["history.csv"], {client: stranger}).catch((e: unknown) => e as Error);
    expect((error as Error).message).toMatch(/^datasets\.history: .*key/);
    expect((error as Error).message).not.toContain("marked-wrong-key");
  });

  it("in the base URL is told with what to check", async () => {
    const lost = new Ikigai({...platform, baseUrl: "http://127.0.0.1:9", retry: 0});
    await expect(pulling(["history.csv"], {client: lost})).rejects.toThrow(
      /^datasets\.history: .*127\.0\.0\.1:9.*base URL/
    );
  });
});

describe("an abort", () => {
  it("ends it with the signal's reason, and no file appears", async () => {
    const controller = new AbortController();
    const work = pulling(["history.csv", "history.arrow", "jobs-metrics.json"], {
      signal: controller.signal,
      onProgress: ({step}) => step === "convert" && controller.abort(new Error("enough"))
    });
    await expect(work).rejects.toThrow("enough");
    expect(await readdir(into)).toEqual([]);
  });

  it("before it begins asks nothing of the platform", async () => {
    await expect(pulling(["history.csv"], {signal: AbortSignal.abort()})).rejects.toThrow(/abort/);
    expect(calls).toEqual([]);
  });
});

describe("the folder", () => {
  it("is made where it doesn't exist, and holds nothing else afterwards", async () => {
    const deep = join(into, "a/b");
    await pulling(["history.csv"], {into: deep});
    expect(await readdir(deep)).toEqual(["history.csv"]);
  });

  it("keeps what it has besides", async () => {
    await mkdir(join(into, "other"));
    await pulling(["history.csv", "history.csv"]);
    expect((await readdir(into)).sort()).toEqual(["history.csv", "other"]);
  });
});
