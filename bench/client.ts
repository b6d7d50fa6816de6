// A download of 300 MB to a Parquet file and an upload of 300 MB, each beside the real Python client doing the same, in turns, on
// the local platform in a process of its own. Each run is a process as anybody would start it.
import {DuckDBInstance} from "@duckdb/node-api";
import {mkdtemp, rm, stat} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join} from "node:path";
import {pythonWithClient, versionsOf} from "./client/python.js";
import {measured, median, node, type Measurement, type Program} from "./measure.js";
import {Child} from "./platform/child.js";
import type {StartedPlatform} from "./platform/server.js";
import {makeSalesCsv, salesTypes} from "./sales-csv.js";

const rows = 4_500_000;
const runs = 5;

const app = "Sales";

/** What is compared: the two programs, and how much better ours is meant to be. */
interface Task {
  about: string;
  ours: Program;
  theirs: Program;
  aim?: {faster: number; memory: number};
  /** Throws when one of them didn't do what it should. */
  check?: () => Promise<void>;
}

export async function run(): Promise<void> {
  const python = await pythonWithClient();
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  try {
    const csv = join(folder, "sales.csv");
    await makeSalesCsv(rows, csv);
    const seed = [
      {
        name: app,
        description: "Receipts, made up.",
        models: [],
        datasets: [{name: "Receipts", csv: {path: csv}, dataTypes: salesTypes}]
      }
    ];
    const server = new URL("./platform/server.ts", import.meta.url);
    const platform = await Child.start<StartedPlatform>(server, [
      join(folder, "platform"),
      "1",
      JSON.stringify(seed)
    ]);
    try {
      const {baseUrl, users} = platform.started;
      const env = {
        IKIGAI_BASE_URL: baseUrl,
        IKIGAI_USER_EMAIL: users[0]!.userEmail,
        IKIGAI_API_KEY: users[0]!.apiKey
      };
      console.log(
        `${rows / 1e6} million rows, ${((await stat(csv)).size / 1e6).toFixed(0)} MB of CSV; ${availableParallelism()} cores.\n` +
          `Node ${process.version}, and ${versionsOf(python)}.\n` +
          `Medians of ${runs} runs, in turns; wall time with the start of the process.`
      );
      for (const task of tasks(folder, csv, python)) await compare(task, folder, env);
    } finally {
      await platform.stop();
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

function tasks(folder: string, csv: string, python: string): Task[] {
  const script = (name: string) => join(import.meta.dirname, "client", name);
  const [ours, theirs] = [join(folder, "ours.parquet"), join(folder, "theirs.parquet")];
  return [
    {
      about: "Download to a Parquet file: dataset.downloadParquet(…) and dataset.df().to_parquet(…)",
      ours: node(script("download.js"), app, "Receipts", ours),
      theirs: [python, script("download.py"), app, "Receipts", theirs],
      aim: {faster: 2, memory: 1 / 3},
      check: () => refuseDifferent(ours, theirs)
    },
    {
      about: "Upload of a CSV file: app.dataset.new(…).file(…).build() and app.dataset.new(…).csv(…).build()",
      ours: node(script("upload.js"), app, "Ours", csv),
      theirs: [python, script("upload.py"), app, "Theirs", csv]
    }
  ];
}

async function compare(
  {about, ours, theirs, aim, check}: Task,
  folder: string,
  env: Record<string, string>
): Promise<void> {
  const [our, their]: [Measurement[], Measurement[]] = [[], []];
  for (let i = 0; i < runs; i++) {
    our.push(await measured(ours, {cwd: folder, env}));
    their.push(await measured(theirs, {cwd: folder, env}));
    await check?.();
  }
  const line = (name: string, list: Measurement[]) =>
    `  ${name.padEnd(12)} ${middle(list, "seconds").toFixed(2)} s wall, ${middle(list, "cpuSeconds").toFixed(2)} s CPU, ` +
    `at most ${(Math.max(...list.map(({peakMemory}) => peakMemory)) / 1e6).toFixed(0)} MB\n`;
  const ratio = (key: Key) => median(our.map((one, i) => one[key] / their[i]![key]));
  console.log(
    `\n${about}\n${line("ikigai-kit", our)}${line("ikigai (PyPI)", their)}` +
      `  ${(1 / ratio("seconds")).toFixed(2)} times as fast, ${ratio("peakMemory").toFixed(2)} times the memory (medians of the turns' ratios)` +
      (aim ? `; the aim is ${aim.faster} and ${aim.memory.toFixed(2)}` : "")
  );
}

type Key = "seconds" | "cpuSeconds" | "peakMemory";
const middle = (list: Measurement[], key: Key) => median(list.map((one) => one[key]));

/** Throws where two Parquet files don't hold as many rows with the same sums. */
async function refuseDifferent(ours: string, theirs: string): Promise<void> {
  const instance = await DuckDBInstance.create();
  try {
    const connection = await instance.connect();
    const [first, second] = await Promise.all(
      [ours, theirs].map(async (path) => {
        const sql =
          "SELECT count(*), count(DISTINCT store), sum(units)::BIGINT, round(sum(revenue), 2), count(margin), sum(receipt)::BIGINT";
        return JSON.stringify(
          (await connection.runAndReadAll(`${sql} FROM read_parquet('${path}')`)).getRowsJson()
        );
      })
    );
    if (first !== second) throw new Error(`The files hold other data: ${first}, and ${second}`);
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
