// A cache holds one account's files alone, each pulled now or known to be as the config says.
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {fillCache, type FillOptions} from "../../data-loaders/fill-cache.js";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";

const app = (units: number) => ({
  name: "Shop",
  description: "",
  datasets: ["Sales", "Stock"].map((name) => ({name, csv: `name,units\n${name},${units}\n`})),
  models: []
});
const config = (sales: object = {}) =>
  checkConfig({app: "Shop", datasets: {sales: {dataset: "Sales", ...sales}, stock: {dataset: "Stock"}}});

let folder: string;
const platforms: RunningPlatform[] = [];
let [mine, theirs]: Ikigai[] = [];
let calls: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-fill-"));
  for (const [i, units] of [1, 2].entries()) {
    const data = join(folder, `platform-${i}`);
    platforms.push(await startPlatform({data, seed: [app(units)], log: (line) => calls.push(line)}));
  }
  [mine, theirs] = platforms.map((platform) => new Ikigai(platform));
});
afterAll(async () => {
  await Promise.all(platforms.map((platform) => platform.close()));
  await rm(folder, {recursive: true});
});

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(folder, "cache-"));
  calls = [];
});

const fill = (options: Partial<FillOptions> = {}, ...paths: string[]) =>
  fillCache({
    cache,
    config: config(),
    client: mine!,
    files: (paths.length ? paths : ["data/sales.csv", "data/stock.csv"]).map((path) => ({
      path,
      pages: ["src/a.md"]
    })),
    present: [],
    ...options
  });

/** The cache's files but the manifest. */
async function content() {
  const entries = await readdir(cache, {recursive: true, withFileTypes: true});
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = files.map(
    async (file) => [file.slice(cache.length + 1), await readFile(file, "utf8")] as const
  );
  return Object.fromEntries((await Promise.all(found)).filter(([name]) => name !== "_ikigai.json"));
}

const rows = (name: string, units: number) => `name,units\n${name},${units}\n`;
const pulledFiles = async (filling: ReturnType<typeof fill>) => (await filling).pulled.map(({file}) => file);
const put = async (path: string, text: string) => {
  await mkdir(dirname(join(cache, path)), {recursive: true});
  await writeFile(join(cache, path), text);
};

describe("a cache", () => {
  it("gets every file, one in several folders too, and its app's datasets are listed once", async () => {
    await fill({}, "data/sales.csv", "reports/deep/sales.csv", "data/stock.csv", "data/sales.json");
    expect(await content()).toEqual({
      "data/sales.csv": rows("Sales", 1),
      "reports/deep/sales.csv": rows("Sales", 1),
      "data/stock.csv": rows("Stock", 1),
      "data/sales.json": expect.stringContaining("Sales") as unknown
    });
    const counts = (call: string) => calls.filter((line) => line.includes(call)).length;
    expect([counts("get-datasets-for-project"), counts("get-dataset-download-url")]).toEqual([1, 2]);
  });

  it("with `only` pulls that again and leaves what it knows", async () => {
    await fill();
    expect(await pulledFiles(fill({only: new Set(["sales"])}))).toEqual(["data/sales.csv"]);
  });

  it.each<[string, () => Promise<unknown>, Partial<FillOptions>]>([
    ["was changed by others", () => put("data/stock.csv", "name,units\nStock,7\n"), {}],
    ["is gone", () => rm(join(cache, "data/stock.csv")), {}],
    [
      "comes of another entry",
      () => fill({config: config()}),
      {only: new Set(["stock"]), config: config({sql: "FROM dataset LIMIT 0"})}
    ]
  ])("with `only` pulls besides what %s", async (_, change, options) => {
    await fill();
    await change();
    const pulled = await pulledFiles(fill({only: new Set(["sales"]), ...options}));
    expect(pulled).toEqual(["data/sales.csv", "data/stock.csv"]);
  });

  it("keeps nothing of another account's, whatever was asked for", async () => {
    await fill();
    await put("data/old.csv", "of mine");
    await fill({
      client: theirs!,
      only: new Set(["sales"]),
      present: ["data/sales.csv", "data/stock.csv", "data/old.csv"]
    });
    expect(await content()).toEqual({"data/sales.csv": rows("Sales", 2), "data/stock.csv": rows("Stock", 2)});
    const manifest = await readFile(join(cache, "_ikigai.json"), "utf8");
    expect(manifest).toContain(platforms[1]!.baseUrl);
    expect(manifest).not.toContain(platforms[1]!.apiKey);
  });

  it("keeps nothing that pages don't need any more, and nobody else's files", async () => {
    await fill();
    await put("data/own.txt", "a loader of the project's own");
    await fill({}, "data/sales.csv");
    expect(Object.keys(await content()).sort()).toEqual(["data/own.txt", "data/sales.csv"]);
  });

  it("is as it was after an error", async () => {
    await fill();
    await expect(fill({config: config({dataset: "Sold"})})).rejects.toThrow(/no dataset/);
    expect(Object.keys(await content()).sort()).toEqual(["data/sales.csv", "data/stock.csv"]);
  });
});

describe("a name that the config doesn't give", () => {
  it("is told with the page, before anything is asked", async () => {
    await expect(fill({}, "data/sales.csv", "data/slaes.csv")).rejects.toThrow(
      /^src\/a\.md: ikigai\.config\.ts gives no file "slaes"\. It gives sales, /
    );
    expect(calls).toEqual([]);
  });

  it("is left out with a warning where the work is to go on", async () => {
    const warnings: string[] = [];
    const onWarning = (warning: string) => warnings.push(warning);
    const {skipped} = await fill({isLenient: true, onWarning}, "data/sales.csv", "data/slaes.csv");
    expect([skipped, warnings]).toEqual([
      ["data/slaes.csv"],
      [expect.stringMatching(/gives no file "slaes"/)]
    ]);
  });
});
