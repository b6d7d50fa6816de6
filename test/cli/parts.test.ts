// A dataset in parts, from the config to the built page: the kit makes the module that names them, and makes it again when they change.
import {readFile, rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {startPlatform, type RunningPlatform} from "../../lib/platform/index.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";
import {run, start} from "./command.js";
import {config, remove, smallProject, temporaryFolder, type Project} from "./project.js";

vi.setConfig({testTimeout: 180_000}); // sites are built

const page = `# Sales

\`\`\`js
import sales, {list} from "./data/sales.js";
\`\`\`

\${sales.length} parts: \${sales.map(({name}) => name).join(" ")}
`;

/** The row of each year has the year for its units. */
const sales = (...years: number[]) => `day,units\n${years.map((year) => `${year}-03-01,${year}\n`).join("")}`;
const partition = {by: "day", every: "year"};

let project: Project;
let data: string;
let platform: RunningPlatform;
let calls: string[] = [];

beforeAll(async () => {
  [project, data] = await Promise.all([smallProject(), temporaryFolder()]);
  platform = await startPlatform({
    data,
    seed: [{name: "Shop", description: "", models: [], datasets: [{name: "Sales", csv: sales(2019)}]}],
    log: (line) => void calls.push(line)
  });
  await project.write("src/index.md", page);
});
afterAll(async () => {
  await platform?.close();
  await project?.remove();
  await remove(data);
});
beforeEach(async () => {
  await rm(module(), {force: true});
  await project.write("ikigai.config.ts", config({dataset: "Sales", partition}));
  await change(2019, 2020);
  calls = [];
});

const account = () => ({
  IKIGAI_BASE_URL: platform.baseUrl,
  IKIGAI_USER_EMAIL: platform.userEmail,
  IKIGAI_API_KEY: platform.apiKey
});
const kit = async (...args: string[]) => {
  const result = await run(args, {cwd: project.root, env: account()});
  return result;
};
const change = async (...years: number[]) =>
  (await (await new Ikigai(platform).apps.get("Shop")).datasets.get("Sales")).editData({
    csv: sales(...years)
  });
const module = () => join(project.root, "src", "data", "sales.js");

/** The parts that the page's module names, each with the units that it has. Files of the editions before may lie beside them. */
async function built(): Promise<Record<string, number[]>> {
  const dist = join(project.root, "dist");
  const page = await readFile(join(dist, "index.html"), "utf8");
  const [path] = /_import\/data\/sales\.[0-9a-f]+\.js/.exec(page)!;
  const module = await readFile(join(dist, path), "utf8");
  const files = new Set(
    Array.from(module.matchAll(/_file\/data\/(sales\.\d+\.[0-9a-f]{8}\.parquet)/g), ([, file]) => file!)
  );
  return withDuckDB({folder: data}, async (connection) => {
    const parts: Record<string, number[]> = {};
    for (const file of [...files].sort()) {
      const sql = `SELECT units FROM read_parquet(${literal(join(dist, "_file", "data", file))}) ORDER BY ALL`;
      parts[file.replace(/\.[0-9a-f]{8}\.parquet$/, "")] = (await connection.runAndReadAll(sql))
        .getRows()
        .map(([units]) => Number(units));
    }
    return parts;
  });
}

it("is built without a module at first, and of other parts when the data has others", async () => {
  const first = await kit("build");
  // The parts are found by a first pull, and pulled by a second one: to who waits it is one piece of work.
  expect(first.stderr.match(/^✓ data .*$/gm)).toEqual([expect.stringMatching(/✓ data +3 files, /)]);
  expect(first.code, first.stderr).toBe(0);
  expect(await built()).toEqual({"sales.2019": [2019], "sales.2020": [2020]});

  await change(2020, 2021, 2021);
  const second = await kit("build");
  expect(second.code, second.stderr).toBe(0);
  expect(await built()).toEqual({"sales.2020": [2020], "sales.2021": [2021, 2021]});

  // Nothing has changed: nothing is downloaded.
  calls = [];
  await kit("build");
  expect(calls.filter((line) => line.includes("download-url"))).toEqual([]);
});

it("is published by replacing data, and by Framework when there are other parts", async () => {
  const first = await kit("publish", "--accept-loss"); // whatever was built here before
  expect(first.code, first.stderr).toBe(0);
  await change(2019, 2020, 2020);
  const second = await kit("publish");
  expect(second.stderr).toMatch(/data files? replaced/);
  expect(await built()).toEqual({"sales.2019": [2019], "sales.2020": [2020, 2020]});
  await change(2019, 2020, 2022);
  const third = await kit("publish");
  expect(third.stderr).toMatch(/build +the whole site/);
  expect(await built()).toEqual({"sales.2019": [2019], "sales.2020": [2020], "sales.2022": [2022]});

  await change(2020, 2022);
  const lost = await kit("publish");
  expect(lost.code, lost.stderr).toBe(1);
  expect(lost.stderr).toContain(
    "data/sales.2019.parquet is gone, which was a part in the edition before (rows: 1)"
  );
  expect(Object.keys(await built())).toEqual(["sales.2019", "sales.2020", "sales.2022"]);
  expect((await kit("publish", "--accept-loss")).code).toBe(0);
  expect(Object.keys(await built())).toEqual(["sales.2020", "sales.2022"]);

  await change(2020, 2022, 2022);
  const last = await kit("publish");
  expect(last.stderr).toMatch(/data files? replaced/); // in what Framework has built for other parts
  expect(await built()).toEqual({"sales.2020": [2020], "sales.2022": [2022, 2022]});
});

it("tells open pages of each part, and of the list of them by which a new one is noticed", async () => {
  expect((await kit("build")).code).toBe(0);
  const html = await readFile(join(project.root, "dist", "index.html"), "utf8");
  const attached = Array.from(
    html.matchAll(/"path":"\.\/_file\/data\/(sales\.\w+)\.[0-9a-f]{8}\.\w+"/g),
    ([, name]) => name
  );
  expect(attached.sort()).toEqual(["sales.2019", "sales.2020", "sales.parts"]);
});

it("is previewed", async () => {
  const command = start(["dev"], {cwd: project.root, env: account()});
  onTestFinished(() => command.kill());
  const [url] = await command.says(/http:\/\/127\.0\.0\.1:\d+\/(?=\s)/);
  const html = await (await fetch(url)).text();
  const [, path] = /"(\.\/_import\/data\/sales\.js[^"]*)"/.exec(html)!;
  const text = await (await fetch(new URL(path!, url))).text();
  const files = [...text.matchAll(/sales\.(\d+)\.parquet/g)].map(([, year]) => year);
  expect(new Set(files)).toEqual(new Set(["2019", "2020"]));
  expect(await command.interrupt()).toBe(0);
});

it("is left alone by a dry run, which tells nothing of a module that isn't there", async () => {
  const {code} = await kit("refresh", "--dry-run");
  expect(code).toBe(0);
  await expect(readFile(module())).rejects.toThrow("ENOENT");
});

it("takes the place of no file that the kit hasn't made", async () => {
  await project.write("src/data/sales.js", "export default 1;\n");
  const {code, stderr} = await kit("build");
  expect(code).toBe(1);
  expect(stderr).toContain("src/data/sales.js is where the parts of datasets.sales are named");
  expect(await readFile(module(), "utf8")).toBe("export default 1;\n");
});

it("tells a loader that Framework runs by itself of parts that its module doesn't name", async () => {
  await kit("refresh");
  await change(2019, 2020, 2023);
  const loader = join(project.root, "src", "data", "[name].json.ts");
  const {code, stderr} = await loaded(loader, "--name=sales.parts");
  expect(stderr).toContain(
    "datasets.sales: its parts are others than sales.js names; run ikigai-kit build or refresh"
  );
  expect(code).toBe(1);
});

async function loaded(...args: string[]): Promise<{code: number | null; stderr: string}> {
  const {spawn} = await import("node:child_process");
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), ...args], {
    cwd: project.root,
    env: {...process.env, ...account()}
  });
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += String(text)));
  child.stdout.resume();
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return {code, stderr};
}
