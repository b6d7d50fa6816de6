// `ikigai-kit publish`, `refresh`, `editions` and `rollback` from end to end: a small project, and a platform that answers over HTTP.
import {existsSync} from "node:fs";
import {lstat, mkdir, readdir, readFile, readlink, rename, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {run, start} from "./command.js";
import {config, remove, smallProject, temporaryFolder, type Project} from "./project.js";

vi.setConfig({testTimeout: 120_000}); // sites are built

const sales = (units: number) => `day,units\n2024-01-01,${units}\n`;
const stock = (place = "here") => `place,pieces\n${place},3\n`;
const page = `# Sales

\`\`\`js
const sales = FileAttachment("data/sales.csv").csv({typed: true});
const stock = FileAttachment("data/stock.csv").csv({typed: true});
const catalog = FileAttachment("data/catalog.json").json();
\`\`\`

Sold: \${d3.sum(sales, (sale) => sale.units)}
`;

let project: Project;
let data: string;
let platform: RunningPlatform;
let client: Ikigai;
let calls: string[] = [];
let first: Awaited<ReturnType<typeof publish>>;
/** What is said before anything was published. */
let none: (typeof first)[];

beforeAll(async () => {
  [project, data] = await Promise.all([smallProject(), temporaryFolder()]);
  platform = await startPlatform({
    data,
    seed: [
      {
        name: "Shop",
        description: "",
        models: [],
        datasets: [
          {name: "Sales", csv: sales(20)},
          {name: "Stock", csv: stock()}
        ]
      }
    ],
    faults: {},
    log: (line) => void calls.push(line)
  });
  client = new Ikigai(platform);
  await project.write("src/index.md", page);
  // What it is told is a line each.
  await project.write(
    "tell.mjs",
    'import fs from "fs"; fs.appendFileSync("told", fs.readFileSync(0) + "\\n");'
  );
  await configure();
  none = [await kit("editions"), await kit("rollback")];
  first = await publish();
});

afterAll(async () => {
  await platform?.close();
  await project?.remove();
  await remove(data);
});

beforeEach(() => {
  calls = [];
});

const publish = (...args: string[]) => kit("publish", ...args);
const kit = (...args: string[]) => run(args, {cwd: project.root, env: account()});
const account = () => ({
  IKIGAI_BASE_URL: platform.baseUrl,
  IKIGAI_USER_EMAIL: platform.userEmail,
  IKIGAI_API_KEY: platform.apiKey
});

/** Writes the config; with nothing else it is the one that every test begins with. */
const configure = (refresh: object = {}, rest: object = {}) =>
  project.write(
    "ikigai.config.ts",
    config(
      {dataset: "Sales"},
      {
        datasets: {sales: {dataset: "Sales"}, stock: {dataset: "Stock"}},
        refresh: {retries: 0, ...refresh},
        publish: {keep: 20},
        ...rest
      }
    )
  );

const shop = () => client.apps.get("Shop");
const change = async (name: string, csv: string) => (await (await shop()).datasets.get(name)).editData({csv});

/** Lets something go wrong on the platform until it is called without a rule. */
async function faults(...rules: object[]) {
  const {baseUrl, userEmail: user, apiKey} = platform;
  const headers = {"content-type": "application/json", user, "api-key": apiKey};
  const answer = await fetch(`${baseUrl}/_local/faults`, {
    method: "POST",
    headers,
    body: JSON.stringify({rules})
  });
  expect(answer.status, await answer.text()).toBe(200);
}

const read = (path: string) => readFile(join(project.root, path), "utf8");
const index = () => read("dist/index.html");
/** Where a page of the site finds a file. */
const urlOf = async (file: string) => {
  const [name, extension] = file.split(".");
  return new RegExp(`_file/data/${name}\\.[0-9a-f]{8}\\.${extension}`).exec(await index())![0];
};
const served = async (file: string) => read(`dist/${await urlOf(file)}`);
/** What the page shows of where its data is from. */
const catalog = async () => JSON.parse(await served("catalog.json")) as Record<string, unknown>[];
const edition = async () => /editions\/(\d{8}T\d{6}Z)\/site$/.exec(await link())![1]!;
const link = () => readlink(join(project.root, "dist"));
const bodies = () => calls.filter((call) => /download|object-store/.test(call));
const json = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("publishing", () => {
  it("makes the site a link to an edition the first time", async () => {
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toMatch(
      /✓ data .*3 files[^]*✓ build .*the whole site[^]*✓ check .*nothing is missing[^]*✓ publish/
    );
    expect(first.stdout).toMatch(/^published \d{8}T\d{6}Z\n$/);
    expect((await lstat(join(project.root, "dist"))).isSymbolicLink()).toBe(true);
    expect(await link()).toBe(`.ikigai/editions/${await edition()}/site`);
    expect(first.stdout).toContain(await edition());
  });

  it("does nothing where nothing has changed, and asks for no data", async () => {
    const before = await edition();
    const {code, stdout, stderr} = await publish();
    expect([code, stdout]).toEqual([0, `up to date (${before})\n`]);
    expect(stderr).toMatch(/✓ data .*3 unchanged/);
    expect(stderr).not.toMatch(/build|publish/);
    expect(calls.length).toBeGreaterThan(0);
    expect(bodies()).toEqual([]);
    expect(await edition()).toBe(before);
    expect(await publish("--quiet")).toEqual({code: 0, stdout: "", stderr: ""});
  });

  it("replaces data without Framework, and open pages still find what they name", async () => {
    const [before, old] = [await edition(), await urlOf("sales.csv")];
    const content = await served("sales.csv");
    await change("Sales", sales(30));
    const {code, stderr} = await publish();
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/✓ build .*data files replaced, all else as before/)
    ]);
    expect(await edition()).not.toBe(before);
    expect(await urlOf("sales.csv")).not.toBe(old);
    expect(await served("sales.csv")).toBe(sales(30));
    expect(await read(`dist/${old}`)).toBe(content);
    expect(bodies().filter((call) => call.includes("get-dataset-download-url"))).toHaveLength(1);
  });

  it("tells a program a JSON object a line, the last of which is the summary", async () => {
    await change("Sales", sales(31));
    const changed = await publish("--json");
    const lines = json(changed.stdout);
    expect(lines.slice(0, -1).map(({type, name, outcome}) => [type, name, outcome])).toEqual(
      ["data", "build", "check", "publish"].map((name) => ["step", name, "done"])
    );
    expect(lines.at(-1)).toEqual({
      type: "summary",
      edition: await edition(),
      isNew: true,
      pulled: ["data/catalog.json", "data/sales.csv"],
      unchanged: ["data/stock.csv"],
      failed: [],
      seconds: expect.any(Number) as unknown
    });
    expect([changed.code, changed.stderr]).toEqual([0, ""]);
    expect(json((await publish("--json")).stdout).at(-1)).toMatchObject({
      edition: await edition(),
      isNew: false,
      pulled: [],
      unchanged: ["data/catalog.json", "data/sales.csv", "data/stock.csv"],
      failed: []
    });
    await configure({}, {app: "Shops"});
    onTestFinished(() => configure());
    const failed = await publish("--json");
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(/no app called "Shops"/)]);
    expect(json(failed.stdout).at(-1)).toEqual({
      type: "summary",
      edition: null,
      isNew: false,
      pulled: [],
      unchanged: [],
      failed: [{message: expect.stringMatching(/no app called "Shops"/) as unknown}],
      seconds: expect.any(Number) as unknown
    });
  });

  it("asks Framework again where a page was edited", async () => {
    await project.write("src/index.md", page.replace("Sold:", "Sold in all:"));
    const {code, stderr} = await publish();
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/✓ data .*unchanged[^]*✓ build .*the whole site/)
    ]);
    expect(await index()).toContain("Sold in all:");
  });

  it("waits for another one, and says so", async () => {
    await change("Sales", sales(40));
    await faults({kind: "latency", ms: 1_500, path: "/component/get-dataset-download-url", times: 1});
    onTestFinished(() => faults());
    const one = start(["publish"], {cwd: project.root, env: account()});
    await one.says(/… data/);
    const other = await publish();
    expect(await one.ended, one.stderr).toBe(0);
    expect(one.stdout).toBe(`published ${await edition()}\n`);
    expect(other.stderr).toMatch(/^… waiting for another ikigai-kit that works on this project\n/);
    expect([other.code, other.stdout]).toEqual([0, `up to date (${await edition()})\n`]);
    expect(await served("sales.csv")).toBe(sales(40));
  });
});

describe("editions", () => {
  it("are listed, newest first, and any of them can be put in place again", async () => {
    const [old, before] = [await edition(), await served("sales.csv")];
    await change("Sales", sales(50));
    expect((await publish()).code).toBe(0);
    const now = await edition();
    const listed = json((await kit("editions", "--json")).stdout);
    expect(listed.map(({id}) => id).slice(0, 2)).toEqual([now, old]);
    expect(listed.map(({current}) => current)).toEqual(listed.map(({id}) => id === now));
    const {stdout} = await kit("editions");
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(
        new RegExp(`^\\* ${now}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC  \\d+ files, [\\d.]+ [kM]B$`)
      ),
      expect.stringMatching(new RegExp(`^  ${old}  `))
    ]);

    const back = await kit("rollback");
    expect([back.code, back.stdout]).toEqual([0, `${project.root}/dist is edition ${old} again\n`]);
    expect([await edition(), await served("sales.csv")]).toEqual([old, before]);
    expect((await kit("rollback", now)).code).toBe(0);
    expect([await edition(), await served("sales.csv")]).toEqual([now, sales(50)]);

    const unknown = await kit("rollback", "20010101T000000Z");
    expect([unknown.code, unknown.stdout]).toEqual([1, ""]);
    expect(unknown.stderr).toBe(
      `ikigai-kit: There is no edition 20010101T000000Z. Name one of these: ${listed.map(({id}) => id).join(", ")}\n`
    );
    expect(await edition()).toBe(now);
  });

  it("are none in a project that has published nothing, which is told", () => {
    const [list, back] = none;
    expect([list!.code, list!.stdout]).toEqual([
      0,
      "There are no editions yet: ikigai-kit publish makes one.\n"
    ]);
    expect([back!.code, back!.stderr]).toEqual([1, expect.stringMatching(/no editions.*publish one first/)]);
  });
});

describe("a dataset that is deleted on the platform", () => {
  /** Unless it is there. */
  const addStock = async () => {
    const app = await shop();
    const names = Array.from(await app.datasets.list(), ({name}) => name);
    if (!names.includes("Stock")) await app.dataset.new("Stock").csv(stock("there")).build();
  };
  const told = async () =>
    existsSync(join(project.root, "told"))
      ? (await read("told"))
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line) as {event: string})
      : [];

  it("keeps its last good data, marked as stale, until it is back; whoever wants to know is told of each once", async () => {
    const notify = [{command: [process.execPath, "tell.mjs"]}];
    await configure({}, {notify});
    onTestFinished(() => configure());
    onTestFinished(addStock);
    await (await (await shop()).datasets.get("Stock")).delete();
    await change("Sales", sales(60));
    const stale = await publish();
    expect([stale.code, stale.stdout]).toEqual([3, expect.stringMatching(/^published/)]);
    expect(stale.stderr).toMatch(/warning: data\/stock\.csv is stale since .*there is no dataset.*"Stock"/);
    expect([await served("sales.csv"), await served("stock.csv")]).toEqual([sales(60), stock()]);
    const rowOf = async (file: string) => (await catalog()).find((row) => row.file === file);
    const since = (await rowOf("stock"))!.stale_since;
    expect(since).toEqual(expect.stringMatching(/^\d{4}-/));
    expect(await rowOf("sales")).toMatchObject({stale_since: null});

    const again = await publish("--quiet");
    expect([again.code, again.stdout]).toEqual([3, ""]);
    expect((await rowOf("stock"))!.stale_since).toBe(since);
    // What isn't asked about stays as stale as it was.
    const partial = await publish("--only", "sales", "--json");
    expect([partial.code, json(partial.stdout).at(-1)]).toMatchObject([
      3,
      {failed: [{file: "data/stock.csv"}], unchanged: ["data/catalog.json", "data/sales.csv"]}
    ]);
    expect((await kit("refresh")).code).toBe(3);
    expect((await told()).map(({event}) => event)).toEqual(["failure"]);

    await addStock();
    const recovered = await publish();
    expect([recovered.code, recovered.stderr]).toEqual([0, expect.not.stringMatching(/stale|warning/)]);
    expect(await served("stock.csv")).toBe(stock("there"));
    expect(await rowOf("stock")).toMatchObject({stale_since: null, problem: null});
    expect((await publish()).code).toBe(0);
    expect(await told()).toEqual([
      expect.objectContaining({
        event: "failure",
        problems: [expect.stringMatching(/^data\/stock\.csv: .*no dataset/)]
      }),
      expect.objectContaining({
        event: "recovery",
        problems: [],
        pulled: ["data/catalog.json", "data/stock.csv"]
      })
    ]);
  });

  it("keeps the whole site as it is where the config says so", async () => {
    await configure({whenStale: "stop"});
    onTestFinished(() => configure());
    const before = await edition();
    const renamed = await (await (await shop()).datasets.get("Stock")).rename("Stocks");
    onTestFinished(async () => void (await renamed.rename("Stock")));
    await change("Sales", sales(61));
    const {code, stdout, stderr} = await publish();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /Nothing is published, since the config says so \(refresh\.whenStale: "stop"\)[^]*data\/stock\.csv: .*there (?:is|are) .*"Stocks"/
    );
    expect([await edition(), await served("sales.csv")]).toEqual([before, sales(60)]);
    await renamed.rename("Stock");
    expect((await publish()).code).toBe(0);
    expect(await served("sales.csv")).toBe(sales(61));
  });
});

describe("a site isn't published, and the one before stays,", () => {
  it.each([
    [
      "where a column is gone, which is named",
      "day,sold\n2024-01-01,1\n",
      /data\/sales\.csv no longer has the column "units"/
    ],
    ["where all rows are gone", "day,sold\n", /data\/sales\.csv has no rows, and had 1 in the edition before/]
  ])("%s, unless that is accepted", async (_, csv, says) => {
    const before = await edition();
    await change("Sales", csv);
    const {code, stdout, stderr} = await publish();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(says);
    expect(await edition()).toBe(before);
    const accepted = await publish("--accept-loss");
    expect(accepted.code, accepted.stderr).toBe(0);
    expect([await edition(), await served("sales.csv")]).not.toContain(before);
    expect(await served("sales.csv")).toBe(csv);
  });

  it("where the API key is in its data, and the file is named, but not the key", async () => {
    const before = await edition();
    await change("Sales", `day,sold\n2024-01-01,${platform.apiKey}\n`);
    onTestFinished(async () => void (await change("Sales", sales(70))));
    const {code, stdout, stderr} = await publish();
    expect([code, stdout, await edition()]).toEqual([1, "", before]);
    expect(stderr).toMatch(/_file\/data\/sales\.[0-9a-f]{8}\.csv has the API key in it/);
    expect(stderr).not.toContain(platform.apiKey);
  });

  it("where the config is broken, and the place is named", async () => {
    const before = await edition();
    onTestFinished(() => configure());
    await project.write("ikigai.config.ts", "export default {\n  app: 'Shop',\n  datasets: {sales: }\n};\n");
    const {code, stdout, stderr} = await publish();
    expect([code, stdout, await edition()]).toEqual([1, "", before]);
    expect(stderr).toMatch(/ikigai\.config\.ts can't be loaded[^]*3:\d+/);
    await configure({}, {datasets: {sales: {datset: "Sales"}}});
    expect((await publish()).stderr).toMatch(/datasets\["?sales"?\]|datasets\.sales/);
    expect(await edition()).toBe(before);
  });
});

describe("a refresh", () => {
  it("that is dry says why each file would be pulled, and writes nothing", async () => {
    expect((await publish("--accept-loss")).code).toBe(0);
    await change("Sales", sales(80));
    const cache = "src/.observablehq/cache";
    const state = async () => [
      await readdir(join(project.root, cache, "data")),
      await read(`${cache}/_ikigai.json`),
      await read(`${cache}/data/sales.csv`),
      await edition()
    ];
    const before = await state();
    calls = [];
    const {code, stdout, stderr} = await kit("refresh", "--dry-run");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^✓ data +2 files would be pulled, 1 unchanged \(/m);
    expect(stdout.split("\n")).toEqual([
      "data/catalog.json  would be pulled: it describes the others",
      expect.stringMatching(
        /^data\/sales\.csv {2}would be pulled: it changed on the platform at .*, before at /
      ),
      "data/stock.csv  is up to date",
      ""
    ]);
    expect(bodies()).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it("pulls what has changed; the next publication pulls nothing, and publishes it", async () => {
    const {code, stdout} = await kit("refresh", "--json");
    expect(code).toBe(0);
    expect(json(stdout).at(-1)).toEqual({
      type: "summary",
      pulled: ["data/catalog.json", "data/sales.csv"],
      unchanged: ["data/stock.csv"],
      failed: [],
      seconds: expect.any(Number) as unknown
    });
    expect(await served("sales.csv")).toBe(sales(70));
    calls = [];
    expect((await publish("--quiet")).stdout).toBe(`published ${await edition()}\n`);
    expect(bodies()).toEqual([]);
    expect(await served("sales.csv")).toBe(sales(80));
    expect(await kit("refresh", "--quiet")).toEqual({code: 0, stdout: "", stderr: ""});
  });
});

describe("a publication fails", () => {
  beforeAll(async () => {
    await change("Sales", sales(80));
    expect((await publish("--accept-loss")).code).toBe(0);
  });

  it("where the account is refused for all sources: no old data passes for a publication", async () => {
    const before = await edition();
    const env = {...account(), IKIGAI_API_KEY: "wrong-key"};
    const {code, stdout, stderr} = await run(["publish"], {cwd: project.root, env});
    expect([code, stdout, await edition()]).toEqual([1, "", before]);
    expect(stderr).toMatch(/ikigai-kit: The platform refuses this account for all sources.*IKIGAI_API_KEY/);
    expect(stderr).not.toContain("wrong-key");
    const refreshed = await run(["refresh"], {cwd: project.root, env});
    expect([refreshed.code, refreshed.stderr]).toEqual([1, expect.stringMatching(/refuses this account/)]);
    expect((await publish()).stdout).toBe(`up to date (${before})\n`);
  });

  it("where a loader of the project's own fails, with what it has said", async () => {
    const before = await edition();
    const page = await read("src/index.md");
    onTestFinished(() => project.write("src/index.md", page));
    onTestFinished(() => remove(join(project.root, "src/own.txt.sh")));
    await project.write("src/index.md", `${page}\n\`\`\`js\nFileAttachment("own.txt");\n\`\`\`\n`);
    await project.write("src/own.txt.sh", "echo out of paper >&2; exit 3");
    const {code, stderr} = await publish();
    expect([code, await edition()]).toEqual([1, before]);
    expect(stderr.slice(stderr.lastIndexOf("ikigai-kit: "))).toBe(
      "ikigai-kit: own.txt can't be made: src/own.txt.sh: it ended with exit code 3:\n    out of paper\n"
    );
  });

  it("where Framework fails, and its reason is told, to whoever is notified too", async () => {
    const before = await edition();
    const page = await read("src/index.md");
    onTestFinished(() => configure());
    onTestFinished(() => project.write("src/index.md", page));
    const save = `require("fs").writeFileSync("failed.json", require("fs").readFileSync(0))`;
    await configure({}, {notify: [{command: [process.execPath, "-e", save]}]});
    await project.write("src/index.md", `${page}\n\`\`\`js\nimport "./none.js";\n\`\`\`\n`);
    const {code, stderr} = await publish();
    expect([code, await edition()]).toEqual([1, before]);
    expect(stderr).toMatch(/^… data\n✓ data .*\n… build\n✗ build .*\nikigai-kit: observable/);
    const reason = stderr.slice(stderr.indexOf("observable")).trimEnd();
    expect(reason).toMatch(/^observable build failed: import not found: .*none\.js.*$/);
    expect(JSON.parse(await read("failed.json"))).toMatchObject({
      event: "failure",
      problems: [reason],
      text: expect.stringContaining(reason) as unknown
    });
  });

  it("where a download is spoiled in a way that looks like data, which isn't kept for good", async () => {
    const before = await edition();
    onTestFinished(() => faults());
    await change("Sales", sales(82));
    await faults({kind: "malformed", path: "/object-store/"});
    const {code, stderr} = await publish();
    expect([code, await edition()]).toEqual([1, before]);
    expect(stderr).toMatch(/data\/sales\.csv no longer has the columns "day", "units"/);
    await faults();
    expect((await publish()).code).toBe(0);
    expect(await served("sales.csv")).toBe(sales(82));
  });

  it("by a kill, of which the next one leaves nothing, though it publishes nothing", async () => {
    const left = ["old-20200101T000000Z", "new-1", "lock.1"].map((name) =>
      join(project.root, ".ikigai/editions", name)
    );
    for (const path of left) await mkdir(path);
    expect((await publish()).stdout).toMatch(/^up to date/);
    expect(left.filter((path) => existsSync(path))).toEqual([]);
  });

  it.each([".ikigai/editions", ".ikigai/build"])(
    "where %s is a file, which is told with the fix",
    async (path) => {
      const [before, place] = [await link(), join(project.root, path)];
      await change("Sales", sales(Math.round(Math.random() * 1e6)));
      await rename(place, `${place}.aside`);
      await writeFile(place, "");
      const {code, stderr} = await publish();
      await remove(place);
      await rename(`${place}.aside`, place);
      expect([code, await link()]).toEqual([1, before]);
      expect(stderr).toContain(`${place} is a file, and should be a folder. Move it away (`);
      expect(stderr).not.toMatch(/^ +at /m);
      expect((await publish()).code).toBe(0);
    }
  );
});

describe("a largest size of files", () => {
  it("that the config says is kept; data that is too large for it isn't published", async () => {
    onTestFinished(() => configure());
    await configure({}, {publish: {keep: 20, maxFileSize: "100MB"}});
    const first = await publish();
    expect([first.code, first.stderr]).toEqual([0, expect.stringMatching(/✓ build .*the whole site/)]);
    await change("Sales", sales(81));
    const second = await publish();
    expect([second.code, second.stderr]).toEqual([
      0,
      expect.stringMatching(/✓ build .*data files? replaced/)
    ]);
    const before = await edition();
    const third = await publish("--max-file-size", "1kB");
    expect([third.code, await edition()]).toEqual([1, before]);
    expect(third.stderr).toMatch(/Some files are larger than 0\.0 MB and can't be split/);
  });
});

describe("a build into a plain folder", () => {
  it("is what the first edition is made of: new data needs no Framework", async () => {
    expect((await kit("build")).code).toBe(0);
    expect((await lstat(join(project.root, "dist"))).isDirectory()).toBe(true);
    // Nothing is new, so it stays as it is where no compressed files are wanted.
    const same = await publish("--no-compress");
    expect([same.code, same.stdout]).toEqual([0, expect.stringMatching(/^up to date/)]);
    // They are new, though nothing else is.
    const compressed = await publish();
    expect([compressed.code, compressed.stderr]).toEqual([
      0,
      expect.stringMatching(/✓ build .*0 data files replaced/)
    ]);
    const page = join(project.root, "dist", "index.html");
    expect((await stat(`${page}.br`)).size).toBeLessThan((await stat(page)).size);
    await change("Sales", sales(91));
    const {code, stderr} = await publish();
    expect([code, stderr]).toEqual([0, expect.stringMatching(/✓ build .*data files? replaced/)]);
    expect(await served("sales.csv")).toBe(sales(91));
    expect((await lstat(join(project.root, "dist"))).isSymbolicLink()).toBe(true);
  });

  it("that somebody has changed since isn't built on", async () => {
    expect((await kit("build")).code).toBe(0);
    await project.write("dist/index.html", (await index()).replace("</body>", "<p>by hand</p></body>"));
    const {code, stderr} = await publish();
    expect([code, stderr]).toEqual([0, expect.stringMatching(/✓ build .*the whole site/)]);
    expect(await index()).not.toContain("by hand");
  });
});
