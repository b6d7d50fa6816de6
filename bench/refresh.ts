// How long it takes to bring a report of 20 sources up to date, where each call to the platform takes 200 ms: beside Framework's own
// build, which runs the same loaders one after another. Wall times with the start of each process, in turns; medians.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {text} from "node:stream/consumers";
import {Ikigai} from "../lib/client/index.js";
import {runFramework} from "../lib/hermetic/index.js";
import {startPlatform, type RunningPlatform} from "../lib/platform/index.js";
import {demoApps} from "../lib/platform/seed/index.js";
import {median} from "./measure.js";

const repository = resolve(import.meta.dirname, "..");
const sources = 20;
const runs = 3;
const latency = 200;

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  try {
    await twentySources(folder);
    await theDemo(folder);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function twentySources(folder: string): Promise<void> {
  const log: string[] = [];
  const platform = await startPlatform({
    data: join(folder, "platform"),
    seed: [
      {
        name: "Shop",
        description: "",
        models: [],
        datasets: Array.from({length: sources}, (_, i) => ({name: `Sales ${i}`, csv: sales(i, 1)}))
      }
    ],
    faults: {},
    log: (line) => void log.push(line)
  });
  try {
    const project = await projectOf(join(folder, "project"));
    const env = environment(platform);
    const cache = join(project, "src", ".observablehq", "cache");
    const clear = () => rm(join(cache, "data"), {recursive: true, force: true});
    const stockBuild = async () => {
      await clear();
      let printed = "";
      const onOutput = (text: string) => void (printed += text);
      return timed(() => runFramework("build", {root: project, env, onOutput})).catch((error: unknown) => {
        throw new Error(printed, {cause: error});
      });
    };
    const refresh = () => command(project, env, "refresh", "--quiet");
    await stockBuild(); // fills Framework's cache of packages
    await refresh();
    await slow(platform);

    console.log(`${sources} datasets, ${latency} ms a call, ${runs} runs each`);
    const times = {stock: [] as number[], cold: [] as number[], same: [] as number[], one: [] as number[]};
    for (let i = 0; i < runs; ++i) {
      times.stock.push(await stockBuild());
      await rm(cache, {recursive: true, force: true});
      await refreshProjectReading(project, env);
      await clear();
      await rm(join(cache, "_ikigai.json"), {force: true});
      times.cold.push(await refresh());
      log.length = 0;
      times.same.push(await refresh());
      const bodies = log.filter((line) => /download|object-store/.test(line)).length;
      if (bodies > 0) throw new Error(`${bodies} requests for data although nothing had changed`);
      await change(platform, i + 2);
      log.length = 0;
      times.one.push(await refresh());
      const pulled = log.filter((line) => line.includes("get-dataset-download-url")).length;
      if (pulled !== 1) throw new Error(`${pulled} datasets were pulled where one had changed`);
    }
    const stock = median(times.stock);
    const line = (name: string, list: number[]) => {
      const time = median(list);
      console.log(`  ${name.padEnd(44)}${time.toFixed(2)} s  ${(stock / time).toFixed(1)} times as fast`);
    };
    line("Framework's build, with its loaders", times.stock);
    line("refresh with nothing in the cache", times.cold);
    line("refresh in which nothing has changed", times.same);
    line("refresh in which 1 of 20 has changed", times.one);
  } finally {
    await platform.close();
  }
}

/** From new data to the site with it, on the demo. */
async function theDemo(folder: string): Promise<void> {
  const platform = await startPlatform({data: join(folder, "demo-platform"), seed: () => demoApps(() => {})});
  try {
    const project = join(folder, "demo");
    const parts = [
      "src",
      "lib/platform/seed/data",
      "observablehq.config.ts",
      "ikigai.config.ts",
      "package.json",
      "package-lock.json",
      "build"
    ];
    for (const part of parts) {
      await cp(join(repository, part), join(project, part), {
        recursive: true,
        filter: (path) => !path.includes(".observablehq")
      });
    }
    await symlink(join(repository, "node_modules"), join(project, "node_modules"));
    const env = environment(platform);
    const publish = (...args: string[]) => command(project, env, "publish", "--quiet", ...args);
    await publish();
    const [first, changed, same]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < 3; ++i) {
      first.push(await publish("--rebuild"));
      const app = await new Ikigai(platform).apps.get("US employment");
      const dataset = await app.datasets.get("Employment history");
      const csv = await text(dataset.stream());
      await dataset.editData({csv: csv.replace(/\d+(\.\d+)?(?=\r?\n)/, String(1000 + i))});
      changed.push(await publish());
      same.push(await publish());
    }
    console.log("the demo, 3 runs each: publish, from the start of the process to the new site in place");
    console.log(`  built by Framework                          ${median(first).toFixed(2)} s`);
    console.log(`  one dataset has changed                     ${median(changed).toFixed(2)} s`);
    console.log(`  nothing has changed                         ${median(same).toFixed(2)} s`);
  } finally {
    await platform.close();
  }
}

const environment = ({baseUrl, userEmail, apiKey}: RunningPlatform) => ({
  IKIGAI_BASE_URL: baseUrl,
  IKIGAI_USER_EMAIL: userEmail,
  IKIGAI_API_KEY: apiKey
});

const sales = (source: number, edition: number) =>
  `month,units\n${Array.from({length: 500}, (_, i) => `2024-01-${String((i % 28) + 1).padStart(2, "0")},${source * 1000 + i * edition}`).join("\n")}\n`;

/** A project of one page that names all sources. */
async function projectOf(root: string): Promise<string> {
  await mkdir(join(root, "src", "data"), {recursive: true});
  const names = Array.from({length: sources}, (_, i) => `sales-${i}`);
  const datasets = Object.fromEntries(names.map((name, i) => [name, {dataset: `Sales ${i}`}]));
  await writeFile(join(root, "package.json"), `{"name": "bench", "type": "module"}`);
  await writeFile(
    join(root, "ikigai.config.ts"),
    `export default ${JSON.stringify({app: "Shop", datasets})};\n`
  );
  await writeFile(
    join(root, "observablehq.config.ts"),
    `import {hermeticConfig} from "ikigai-kit/hermetic";\nexport default {...hermeticConfig, title: "Bench"};\n`
  );
  await writeFile(
    join(root, "src", "data", "[name].parquet.ts"),
    `import {load} from "ikigai-kit/data-loaders";\n\nawait load("parquet");\n`
  );
  const lines = names.map((name) => `FileAttachment("data/${name}.parquet");`);
  await writeFile(join(root, "src", "index.md"), `# Bench\n\n\`\`\`js\n${lines.join("\n")}\n\`\`\`\n`);
  await mkdir(join(root, "node_modules"));
  for (const name of await readdir(join(repository, "node_modules")))
    await symlink(join(repository, "node_modules", name), join(root, "node_modules", name));
  await symlink(repository, join(root, "node_modules", "ikigai-kit"));
  return root;
}

/** Reads the project once, so that what is compared is the refresh alone. */
const refreshProjectReading = (project: string, env: Record<string, string>) =>
  command(project, env, "refresh", "--dry-run", "--quiet");

async function slow(platform: RunningPlatform): Promise<void> {
  const response = await fetch(`${platform.baseUrl}/_local/faults`, {
    method: "POST",
    headers: {"content-type": "application/json", user: platform.userEmail, "api-key": platform.apiKey},
    body: JSON.stringify({rules: [{kind: "latency", ms: latency}]})
  });
  if (!response.ok) throw new Error(await response.text());
}

async function change(platform: RunningPlatform, edition: number): Promise<void> {
  const app = await new Ikigai(platform).apps.get("Shop");
  await (await app.datasets.get("Sales 7")).editData({csv: sales(7, edition)});
}

/** Seconds that a command of the kit takes. */
const command = (cwd: string, env: Record<string, string>, ...args: string[]) =>
  timed(async () => {
    const child = spawn(process.execPath, [join(repository, "build/lib/cli/index.js"), ...args], {
      cwd,
      env: {...process.env, ...env},
      stdio: ["ignore", "ignore", "pipe"]
    });
    const errors = text(child.stderr);
    const [code] = (await once(child, "close")) as [number];
    if (code !== 0) throw new Error(`ikigai-kit ${args.join(" ")} ended with ${code}:\n${await errors}`);
  });

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
