// How long a flow over five million rows takes through the platform's API, from the call that starts it to the log that
// says SUCCESS, beside DuckDB running the same SQL on the same CSV in a process of its own, in turns.
import {DuckDBInstance} from "@duckdb/node-api";
import {createWriteStream} from "node:fs";
import {mkdtemp, rm, stat, writeFile} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join} from "node:path";
import {pipeline} from "node:stream/promises";
import {setTimeout as sleep} from "node:timers/promises";
import {Agent, request} from "undici";
import {flows, type MeasuredFlow} from "./flows/definitions.js";
import {median} from "./measure.js";
import {Caller, type Answer, type Json} from "./platform/caller.js";
import {Child} from "./platform/child.js";
import type {StartedPlatform} from "./platform/server.js";
import {makeSalesCsv, salesTypes} from "./sales-csv.js";

const rows = 5_000_000;
const runs = 5;
/** Times what DuckDB needs that a flow may take. */
const aim = 1.5;

interface Run {
  seconds: number;
  /** Bytes, of the process that ran it. */
  peakMemory: number;
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  try {
    const paths = {sales: join(folder, "sales.csv"), stores: join(folder, "stores.csv")};
    await makeSalesCsv(rows, paths.sales);
    await writeFile(paths.stores, storesCsv());
    console.log(
      `${rows / 1e6} million rows, ${((await stat(paths.sales)).size / 1e6).toFixed(0)} MB of CSV; ` +
        `${availableParallelism()} cores, Node ${process.version}. Medians of ${runs} runs, in turns.`
    );
    for (const flow of flows) await compare(flow, folder, paths);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

const storesCsv = () =>
  "store,region\n" +
  Array.from({length: 250}, (_, i) => `Store ${i + 1},${["North", "East", "South", "West"][i % 4]}\n`).join(
    ""
  );

async function compare(
  flow: MeasuredFlow,
  folder: string,
  paths: {sales: string; stores: string}
): Promise<void> {
  const data = join(folder, "platform");
  const [ours, theirs]: [Run[], Run[]] = [[], []];
  const select = flow.sql(paths);
  const csv = join(folder, "duckdb.csv");
  const platform = await startPlatform(data, paths);
  try {
    const flowOfOurs = await createFlow(platform, flow);
    for (let i = 0; i < runs; i++) {
      await rm(csv, {force: true});
      theirs.push(await duckdb(select, csv));
      ours.push(await flowOfOurs.run());
    }
    const output = join(folder, "output.csv");
    await download(await flowOfOurs.outputUrl(), output);
    await refuseDifferent(output, csv, flow.rounded);
  } finally {
    await platform.stop();
    await rm(data, {recursive: true, force: true});
  }
  const seconds = (list: Run[]) => median(list.map((one) => one.seconds));
  const peak = (list: Run[]) => `${(Math.max(...list.map((one) => one.peakMemory)) / 1e6).toFixed(0)} MB`;
  const ratio = median(ours.map((one, i) => one.seconds / theirs[i]!.seconds));
  console.log(
    `\n${flow.about}\n` +
      `  platform  ${seconds(ours).toFixed(2)} s, at most ${peak(ours)}\n` +
      `  DuckDB    ${seconds(theirs).toFixed(2)} s, at most ${peak(theirs)}\n` +
      `  ratio     ${ratio.toFixed(2)} (median of the turns' ratios; at most ${aim} is the aim)`
  );
}

type Platform = Child<StartedPlatform>;

async function startPlatform(data: string, paths: {sales: string; stores: string}): Promise<Platform> {
  const app = {
    name: "Sales",
    description: "Receipts, made up.",
    models: [],
    datasets: [
      {name: "sales", csv: {path: paths.sales}, dataTypes: salesTypes},
      {name: "stores", csv: {path: paths.stores}}
    ]
  };
  return Child.start(new URL("./platform/server.ts", import.meta.url), [data, "1", JSON.stringify([app])]);
}

async function createFlow(platform: Platform, flow: MeasuredFlow) {
  const {baseUrl, users} = platform.started;
  const caller = new Caller(baseUrl, users[0]!, new Agent());
  const {project} = succeeded(await caller.get("get-project", {name: "Sales"})) as {project: Json};
  const project_id = project.project_id as string;
  const datasetId = async (name: string) => {
    const {dataset} = succeeded(await caller.get("get-dataset", {project_id, name})) as {dataset: Json};
    return dataset.dataset_id as string;
  };
  const definition = flow.definition({sales: await datasetId("sales"), stores: await datasetId("stores")});
  const measured = {project_id, name: "Measured", directory: {}, definition};
  const pipeline_id = succeeded(await caller.post("create-pipeline", {pipeline: measured}))
    .pipeline_id as string;
  const ids = {project_id, pipeline_id};
  return {
    async run(): Promise<Run> {
      const start = performance.now();
      succeeded(await caller.post("run-pipeline", {pipeline: ids}));
      while (succeeded(await caller.get("is-pipeline-running", ids)).status) await sleep(20);
      const [log] = succeeded(await caller.get("get-pipeline-log", {...ids, limit: "1"}))
        .pipeline_log as Json[];
      const seconds = (performance.now() - start) / 1000;
      if (log?.status !== "SUCCESS") throw new Error(`The flow failed: ${JSON.stringify(log)}`);
      return {seconds, peakMemory: (await platform.usage()).peakMemory};
    },
    async outputUrl(): Promise<string> {
      const dataset_id = await datasetId("Output");
      return succeeded(await caller.get("get-dataset-download-url", {project_id, dataset_id})).url as string;
    }
  };
}

function succeeded({status, body}: Answer): Json {
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

async function duckdb(select: string, csv: string): Promise<Run> {
  const args = [select, csv, String(availableParallelism())];
  const child = await Child.start<number>(new URL("./flows/duckdb.ts", import.meta.url), args);
  const {peakMemory} = await child.usage();
  await child.stop();
  return {seconds: child.started, peakMemory};
}

async function download(url: string, path: string): Promise<void> {
  const {body} = await request(url);
  await pipeline(body, createWriteStream(path));
}

/** Throws where two CSVs don't hold the same rows, in whatever order; `rounded` columns are compared in hundredths. */
async function refuseDifferent(ours: string, theirs: string, rounded: string[]): Promise<void> {
  const instance = await DuckDBInstance.create();
  try {
    const connection = await instance.connect();
    const replaced = rounded.map((name) => `round(${name}::DOUBLE, 2) AS ${name}`).join(", ");
    const [first, second] = await Promise.all(
      [ours, theirs].map(async (path) => {
        const sql = `SELECT count(*), sum(hash(t)) FROM (SELECT * REPLACE (${replaced}) FROM read_csv('${path}', all_varchar = true)) t`;
        return JSON.stringify((await connection.runAndReadAll(sql)).getRowsJson());
      })
    );
    if (first !== second)
      throw new Error(`The platform wrote other rows than DuckDB: ${first}, not ${second}`);
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
