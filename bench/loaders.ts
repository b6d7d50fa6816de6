// How long a dataset takes from the platform to zstd Parquet through the loader, and how much memory, beside (a) DuckDB's own
// COPY of the same file from disk, which downloads nothing, (b) a download and then that COPY, and (c) the usual way in JavaScript.
// Each run is a process of its own, in turns. The platform is a process too: on few cores it takes its part of the wall time.
import {createWriteStream} from "node:fs";
import {mkdir, mkdtemp, rm, stat, writeFile} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {startPlatform} from "../lib/platform/index.js";
import {start} from "./loaders/start.js";
import {measured, median, node, type Measurement} from "./measure.js";
import {makeSalesCsv, salesTypes} from "./sales-csv.js";

const app = "Sales";
const million = 1_000_000;
const root = resolve(import.meta.dirname, "..");

/** Rows, and how many runs of each contender. */
const sizes = [
  {rows: million, runs: 5},
  {rows: 5 * million, runs: 5},
  {rows: 10 * million, runs: 3}
];

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  try {
    const csvs = await makeCsvs(folder);
    const platform = await startPlatform({
      data: join(folder, "platform"),
      seed: [
        {
          name: app,
          description: "Receipts, made up.",
          models: [],
          datasets: [...csvs].map(([rows, path]) => ({
            name: String(rows),
            csv: {path},
            dataTypes: salesTypes
          }))
        }
      ]
    });
    try {
      const project = join(folder, "project");
      await mkdir(project);
      await writeFile(join(project, "package.json"), `{"type": "module"}`);
      await writeFile(join(project, "ikigai.config.ts"), config([...csvs.keys()]));
      const env = {
        IKIGAI_BASE_URL: platform.baseUrl,
        IKIGAI_USER_EMAIL: platform.userEmail,
        IKIGAI_API_KEY: platform.apiKey
      };
      console.log(
        `${availableParallelism()} cores, Node ${process.version}. Medians; wall time with the start of the process.`
      );
      await start();
      for (const {rows, runs} of sizes) await compare(rows, runs, csvs.get(rows)!, {folder, project, env});
    } finally {
      await platform.close();
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function makeCsvs(folder: string): Promise<Map<number, string>> {
  const csvs = new Map<number, string>();
  for (const {rows} of sizes) {
    const path = join(folder, `${rows}.csv`);
    await makeSalesCsv(rows, path);
    console.log(`${rows / million} million rows: ${((await stat(path)).size / 1e6).toFixed(0)} MB of CSV`);
    csvs.set(rows, path);
  }
  return csvs;
}

const config = (rows: number[]) =>
  `export default ${JSON.stringify({
    app,
    datasets: Object.fromEntries(rows.map((n) => [`sales-${n}`, {dataset: String(n)}]))
  })}`;

interface Place {
  folder: string;
  project: string;
  env: Record<string, string>;
}

/** Runs the contenders in turns and prints the results. */
async function compare(
  rows: number,
  runs: number,
  csv: string,
  {folder, project, env}: Place
): Promise<void> {
  const out = join(folder, "out.parquet");
  const downloaded = join(folder, "downloaded.csv");
  const contenders = new Map<string, () => Promise<Measurement>>([
    [
      "loader",
      () =>
        measured(node(join(root, "src/data/[name].parquet.ts"), `--name=sales-${rows}`), {
          cwd: project,
          env,
          stdout: createWriteStream(out)
        })
    ],
    ["(a) DuckDB's COPY", () => measured(node(join(root, "bench/loaders/copy.js"), csv, out), {cwd: root})],
    [
      "(b) download, COPY",
      () => {
        const script = node(join(root, "bench/loaders/download-copy.js"), app, String(rows), downloaded, out);
        return measured(script, {cwd: root, env});
      }
    ]
  ]);
  // At five million rows this way runs out of memory.
  if (rows <= million) {
    contenders.set("(c) JavaScript", () =>
      measured(node(join(root, "bench/loaders/javascript.js"), csv, out), {cwd: root})
    );
  }
  const results = new Map([...contenders.keys()].map((name) => [name, [] as Measurement[]]));
  for (let i = 0; i < runs; ++i) {
    for (const [name, contender] of contenders) {
      await rm(out, {force: true});
      await rm(downloaded, {force: true});
      results.get(name)!.push({...(await contender()), fileSize: (await stat(out)).size});
    }
  }
  const loader = results.get("loader")!;
  const ratio = (list: Measurement[], key: "seconds" | "cpuSeconds") =>
    median(loader.map((one, i) => one[key] / list[i]![key])).toFixed(2);
  console.log(`\n${rows / million} million rows, ${runs} runs`);
  for (const [name, list] of results) {
    const wall = median(list.map(({seconds}) => seconds));
    const cpu = median(list.map(({cpuSeconds}) => cpuSeconds));
    const peak = Math.max(...list.map(({peakMemory}) => peakMemory));
    console.log(
      `  ${name.padEnd(18)} ${wall.toFixed(2)} s wall, ${cpu.toFixed(2)} s CPU, at most ${(peak / 1e6).toFixed(0)} MB, ` +
        `${(list[0]!.fileSize! / 1e6).toFixed(1)} MB of Parquet` +
        (list === loader
          ? ""
          : `; the loader takes ${ratio(list, "seconds")} times as long and ${ratio(list, "cpuSeconds")} times the CPU`)
    );
  }
}
