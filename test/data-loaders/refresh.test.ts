// A cache is brought up to date: what has changed is pulled, what fails keeps its last good data, and no file is another account's.
import {mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {anyManifest, refuseFiles, sha256Of} from "../../data-loaders/manifest.js";
import {lookup, type Lookup} from "../../data-loaders/lookup.js";
import {refreshCache, type RefreshOptions} from "../../data-loaders/refresh.js";
import {AuthenticationError, Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";

const app = (units: number) => ({
  name: "Shop",
  description: "",
  datasets: ["Sales", "Stock", "Gone"].map((name) => ({name, csv: `name,units\n${name},${units}\n`})),
  models: []
});
const config = (sales: object = {}, refresh: object = {retries: 0}) =>
  checkConfig({
    app: "Shop",
    datasets: {sales: {dataset: "Sales", ...sales}, stock: {dataset: "Stock"}, gone: {dataset: "Gone"}},
    refresh
  });

let folder: string;
const platforms: RunningPlatform[] = [];
let [mine, theirs]: Ikigai[] = [];
let calls: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-refresh-"));
  for (const [i, units] of [1, 2].entries()) {
    const data = join(folder, `platform-${i}`);
    const log = (line: string) => calls.push(line);
    platforms.push(await startPlatform({data, seed: [app(units)], faults: {}, log}));
  }
  [mine, theirs] = platforms.map((platform) => new Ikigai({...platform, retry: 1}));
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

const fill = (options: Partial<RefreshOptions> = {}, ...paths: string[]) =>
  refreshCache({
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

  it("with `only` and `force` pulls that again and leaves what it knows", async () => {
    await fill();
    expect(await pulledFiles(fill({only: new Set(["sales"]), force: true}))).toEqual(["data/sales.csv"]);
  });

  it.each<[string, () => Promise<unknown>, Partial<RefreshOptions>]>([
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
    const pulled = await pulledFiles(fill({only: new Set(["sales"]), force: true, ...options}));
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
    const message = expect.stringMatching(/gives no file "slaes"/) as unknown;
    expect([skipped, warnings]).toEqual([[{file: "data/slaes.csv", message}], [message]]);
  });
});

/** The dataset of a name gets other rows. */
const change = async (name: string, csv: string) => {
  const app = await mine!.apps.get("Shop");
  await (await app.datasets.get(name)).editData({csv});
};
const reasons = async (filling: ReturnType<typeof fill>) =>
  Object.fromEntries((await filling).pulled.map(({file, why}) => [file, why]));

/** Checks that the manifest says of each file what lies there. */
async function manifestAgrees() {
  const {files} = (await anyManifest(cache))!;
  expect(Object.keys(files).sort()).toEqual(Object.keys(await content()).sort());
  for (const [path, {sha256}] of Object.entries(files))
    expect(await sha256Of(join(cache, path))).toBe(sha256);
}

const all = ["data/sales.csv", "data/stock.csv", "data/gone.csv", "data/catalog.json"];

describe("a refresh", () => {
  afterEach(async () => {
    await faults();
  });
  const faults = async (...rules: object[]) => {
    const answer = await fetch(`${platforms[0]!.baseUrl}/_local/faults`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        user: platforms[0]!.userEmail,
        "api-key": platforms[0]!.apiKey
      },
      body: JSON.stringify({rules})
    });
    expect(answer.status).toBe(200);
  };

  it("in which nothing has changed asks for no data, and says so", async () => {
    await fill({}, ...all);
    calls = [];
    const {pulled, unchanged, stale} = await fill({}, ...all);
    expect([pulled, unchanged, stale]).toEqual([[], all, []]);
    expect(calls.filter((call) => /download|object-store/.test(call))).toEqual([]);
    await manifestAgrees();
  });

  it("pulls what has changed, and the catalog, which tells of it", async () => {
    await fill({}, ...all);
    await change("Stock", "name,units\nStock,8\n");
    const {pulled} = await fill({}, ...all);
    expect(pulled.map(({file, why, isNew}) => [file, why.replace(/\d{4}-[\d:.TZ-]+/g, "…"), isNew])).toEqual([
      ["data/stock.csv", "it changed on the platform at …, before at …", true],
      ["data/catalog.json", "what it is made of has changed", true]
    ]);
    expect((await content())["data/stock.csv"]).toBe(rows("Stock", 8));
    await manifestAgrees();
    await change("Stock", rows("Stock", 1));
  });

  it("tells in the catalog when new data last changed each file, and how many rows it had before", async () => {
    const changes = async () => {
      const catalog = JSON.parse((await content())["data/catalog.json"]!) as Record<string, unknown>[];
      return catalog.map(({file, changed_at, rows_before}) => [file, changed_at, rows_before]);
    };
    const [sales, gone] = ["sales", "gone"].map((file) => [file, null, null]);
    await fill({}, ...all);
    expect(await changes()).toEqual([sales, ["stock", null, null], gone]);
    await change("Stock", `${rows("Stock", 1)}More,2\n`);
    const {manifest} = await fill({}, ...all);
    const {pulledAt} = manifest.files["data/stock.csv"]!;
    const changed = [sales, ["stock", pulledAt, 1], gone];
    expect(await changes()).toEqual(changed);
    // Neither a refresh, nor the same data again, whether it was written again or pulled again, is another change.
    await fill({}, ...all);
    await change("Stock", `${rows("Stock", 1)}More,2\n`);
    expect(await pulledFiles(fill({}, ...all))).toContain("data/stock.csv");
    await fill({force: true}, ...all);
    expect(await changes()).toEqual(changed);
    // What another entry of the config makes is a first.
    const empty = checkConfig({
      app: "Shop",
      datasets: {
        sales: {dataset: "Sales"},
        stock: {dataset: "Stock", sql: "FROM dataset LIMIT 0"},
        gone: {dataset: "Gone"}
      }
    });
    await fill({config: empty}, ...all);
    expect(await changes()).toEqual([sales, ["stock", null, null], gone]);
    await change("Stock", rows("Stock", 1));
  });

  it("says why each file is pulled", async () => {
    const loader = join(folder, "loader.ts");
    const files = [{path: "data/sales.csv", pages: ["a.md"], loader}];
    await writeFile(loader, "one");
    expect(await reasons(fill({files}))).toEqual({"data/sales.csv": "it is new"});
    await writeFile(loader, "two");
    expect(await reasons(fill({files}))).toEqual({"data/sales.csv": "its loader has changed"});
    await put("data/sales.csv", "other");
    expect(await reasons(fill({files}))).toEqual({
      "data/sales.csv": "the file was changed or removed here"
    });
    expect(await reasons(fill({files, config: config({sql: "FROM dataset"})}))).toEqual({
      "data/sales.csv": "its entry in ikigai.config.ts has changed"
    });
    expect(await reasons(fill({files, force: true, config: config({sql: "FROM dataset"})}))).toEqual({
      "data/sales.csv": "it was asked for"
    });
    expect(await reasons(fill({files, config: config({sql: "FROM dataset"})}))).toEqual({});
  });

  it("knows a file that was copied, with another time, by its content", async () => {
    await fill();
    await utimes(join(cache, "data/sales.csv"), 1, 1);
    expect(await pulledFiles(fill())).toEqual([]);
    expect(await pulledFiles(fill())).toEqual([]);
  });

  it("pulls again what wasn't fit to be published, once", async () => {
    await fill();
    await refuseFiles(cache, ["data/stock.csv", "data/unknown.csv"]);
    const {pulled, unchanged} = await fill();
    expect(pulled.map(({file, why}) => [file, why])).toEqual([
      ["data/stock.csv", "what was pulled the last time wasn't fit to be published"]
    ]);
    expect(unchanged).toEqual(["data/sales.csv"]);
    expect(await pulledFiles(fill())).toEqual([]);
  });

  it("that is dry says what it would pull, and writes nothing", async () => {
    const before = await content();
    const {pulled} = await fill({dryRun: true}, ...all);
    expect(pulled.map(({file}) => file)).toEqual(all);
    expect(await content()).toEqual(before);
    expect(calls.filter((call) => /download|object-store/.test(call))).toEqual([]);
  });

  it("tells which columns have changed", async () => {
    await fill();
    await change("Stock", "name,count\nStock,1.5\n");
    const warnings: string[] = [];
    await fill({onWarning: (warning) => warnings.push(warning)});
    expect(warnings).toEqual(['data/stock.csv: its columns have changed: "units" is gone, "count" is new']);
    await change("Stock", rows("Stock", 1));
  });

  describe("of which a source fails", () => {
    const withoutGone = config();
    const gone = checkConfig({
      ...{app: "Shop", refresh: {retries: 0}},
      datasets: {sales: {dataset: "Sales"}, stock: {dataset: "Stock"}, gone: {dataset: "Gone"}}
    });
    let deleted = false;
    const deleteIt = async () => {
      if (!deleted) await (await (await mine!.apps.get("Shop")).datasets.get("Gone")).delete();
      deleted = true;
    };
    afterAll(async () => {
      if (deleted) await (await mine!.apps.get("Shop")).dataset.new("Gone").csv(rows("Gone", 1)).build();
    });

    it("keeps its last good data, marked as stale, and pulls the others", async () => {
      await fill({config: gone}, ...all);
      await deleteIt();
      await change("Sales", rows("Sales", 5));
      const {stale, pulled} = await fill({config: gone, keepStale: true}, ...all);
      expect(stale).toEqual([
        {
          file: "data/gone.csv",
          message: expect.stringMatching(/no dataset.*Gone/s) as unknown,
          since: expect.any(String) as unknown
        }
      ]);
      expect(pulled.map(({file}) => file)).toEqual(["data/sales.csv", "data/catalog.json"]);
      expect(await content()).toMatchObject({
        "data/sales.csv": rows("Sales", 5),
        "data/gone.csv": rows("Gone", 1)
      });
      const catalog = JSON.parse((await content())["data/catalog.json"]!) as Record<string, unknown>[];
      expect(catalog.find(({file}) => file === "gone")).toMatchObject({
        name: "Gone",
        rows: 1,
        problem: expect.stringMatching(/no dataset/) as unknown
      });
      await manifestAgrees();
      const again = await fill({config: gone, keepStale: true}, ...all);
      expect(again.pulled).toEqual([]);
      expect(again.stale[0]!.since).toBe(stale[0]!.since);
      await change("Sales", rows("Sales", 1));
    });

    it("changes the catalog once, also where no page needs the source", async () => {
      const files = ["data/sales.csv", "data/catalog.json"];
      await deleteIt();
      await fill({config: gone, keepStale: true}, ...files);
      const first = (await content())["data/catalog.json"]!;
      const rowOf = (text: string) =>
        (JSON.parse(text) as Record<string, unknown>[]).find(({file}) => file === "gone")!;
      expect(rowOf(first)).toMatchObject({problem: expect.stringMatching(/no dataset/) as unknown});
      const {pulled} = await fill({config: gone, keepStale: true}, ...files);
      expect(pulled).toEqual([]);
      expect((await content())["data/catalog.json"]).toBe(first);
    });

    it("is an error where nothing is kept of it, or where it may not be kept", async () => {
      await deleteIt();
      await expect(fill({config: gone, keepStale: true}, ...all)).rejects.toThrow(/no dataset.*Gone/s);
      await expect(fill({config: withoutGone}, ...all)).rejects.toThrow(/no dataset.*Gone/s);
      expect(await content()).toEqual({});
    });
  });

  it("tries again what may pass, as often as the config says", async () => {
    await fill();
    await change("Stock", rows("Stock", 3));
    // The client tries a request twice, and so the first attempt fails.
    await faults({kind: "error", status: 503, path: "/component/get-dataset-download-url", times: 2});
    const {stale} = await fill({config: config({}, {retries: 1}), retryDelay: 1, keepStale: true});
    expect(stale).toEqual([]);
    expect((await content())["data/stock.csv"]).toBe(rows("Stock", 3));
    await change("Stock", rows("Stock", 1));
  });

  it("whose account the platform refuses changes nothing and says so once", async () => {
    const cached = await fill();
    const before = await content();
    const stranger = new Ikigai({...platforms[0]!, apiKey: "wrong"});
    const refused = fill({client: stranger, config: config({}, {retries: 2}), keepStale: true});
    const error = await refused.catch((error: Error) => error);
    expect(error).toMatchObject({
      name: "LoadError",
      message: expect.stringMatching(
        /^The platform refuses this account for all sources, so none is refreshed and nothing was changed\. GET .*IKIGAI_API_KEY/
      ) as unknown
    });
    expect((error as Error).message.match(/IKIGAI_API_KEY/g)).toHaveLength(1);
    expect(await content()).toEqual(before);
    expect(await anyManifest(cache)).toEqual(cached.manifest);
    // A preview goes on with what it has.
    const {stale} = await fill({client: stranger, keepStale: true, isLenient: true});
    expect(stale.map(({file}) => file)).toEqual(["data/sales.csv", "data/stock.csv"]);
  });

  it("keeps the last good data of a source that is refused, where others aren't", async () => {
    await fill();
    const found = lookup(mine!);
    const forbidden = new AuthenticationError("Forbidden [403]");
    const find: Lookup = {
      ...found,
      dataset: (entry) => (entry.dataset === "Sales" ? Promise.reject(forbidden) : found.dataset(entry))
    };
    const {stale, unchanged} = await fill({find, keepStale: true});
    expect(stale).toMatchObject([{file: "data/sales.csv", message: "datasets.sales: Forbidden [403]"}]);
    expect(unchanged).toEqual(["data/stock.csv"]);
  });

  it("that names one of a group asks about the whole group", async () => {
    const group = config({}, {retries: 0, groups: {both: ["sales", "stock"]}});
    await fill({config: group}, "data/sales.csv", "data/stock.csv", "data/gone.csv");
    for (const name of ["Sales", "Stock", "Gone"]) await change(name, rows(name, 4));
    const only = new Set(["stock"]);
    const filling = fill({config: group, only}, "data/sales.csv", "data/stock.csv", "data/gone.csv");
    expect(await pulledFiles(filling)).toEqual(["data/sales.csv", "data/stock.csv"]);
    for (const name of ["Sales", "Stock", "Gone"]) await change(name, rows(name, 1));
  });

  it("that names what the config doesn't have is refused, with the nearest", async () => {
    await expect(fill({only: new Set(["sale"])})).rejects.toThrow(
      'ikigai.config.ts has no entry "sale". It has sales, '
    );
  });

  it("renews all files of a group, or none", async () => {
    const group = config({}, {retries: 0, groups: {both: ["sales", "stock"]}});
    await fill({config: group});
    await change("Stock", rows("Stock", 3));
    await change("Sales", rows("Sales", 3));
    const app = await mine!.apps.get("Shop");
    const {datasetId} = await app.datasets.get("Sales");
    await faults({
      kind: "error",
      status: 500,
      path: `/component/get-dataset-download-url?project_id=${app.appId}&dataset_id=${datasetId}`
    });
    const {stale, pulled} = await fill({config: group, keepStale: true});
    expect([pulled, stale.map(({file}) => file)]).toEqual([[], ["data/sales.csv", "data/stock.csv"]]);
    expect(stale[1]!.message).toBe('stock: belongs to the group "both" with sales, which can\'t be pulled');
    expect(await content()).toEqual({"data/sales.csv": rows("Sales", 1), "data/stock.csv": rows("Stock", 1)});
    await faults();
    expect(await pulledFiles(fill({config: group, keepStale: true}))).toEqual([
      "data/sales.csv",
      "data/stock.csv"
    ]);
    for (const name of ["Sales", "Stock"]) await change(name, rows(name, 1));
  });
});
