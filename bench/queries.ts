// 20 viewers ask the gateway statements over 10 million rows all the time: how much longer pages and starts of flows take meanwhile.
// Platform and gateway are processes of their own.
import {randomUUID} from "node:crypto";
import {mkdtemp, rm} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {hasEnded, idempotencyHeader, pageHeader, type Run} from "../lib/gateway-api/index.js";
import type {StartedPlatform} from "./gateway/platform.js";
import type {StartedGateway} from "./gateway/server.js";
import {median} from "./measure.js";
import {Child} from "./platform/child.js";

const viewers = 20;
const rows = 10_000_000;
/** How often each is measured, with and without queries. */
const [pages, starts] = [300, 10];

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  const script = (name: string) => new URL(`./gateway/${name}.ts`, import.meta.url);
  const children: Child<unknown>[] = [];
  try {
    console.log(
      `${availableParallelism()} cores, Node ${process.version}, ${rows.toLocaleString("en")} rows`
    );
    const flows = String(2 * starts);
    const platform = await Child.start<StartedPlatform>(script("platform"), [
      join(folder, "platform"),
      flows
    ]);
    children.push(platform);
    const args = [join(folder, "gateway"), JSON.stringify(platform.started), flows, String(rows)];
    const gateway = await Child.start<StartedGateway>(script("server"), args);
    children.push(gateway);
    const {url} = gateway.started;

    await measure(url, 0, 3); // warm
    const without = await measure(url, 0, starts);
    let isOver = false;
    const times: number[] = [];
    const asking = Array.from({length: viewers}, async (_, viewer) => {
      for (let turn = 0; !isOver; ++turn) {
        const began = performance.now();
        await query(url, viewer * 1_000_000 + turn);
        times.push(performance.now() - began);
      }
    });
    await sleep(3_000);
    const beside = await measure(url, starts, starts);
    isOver = true;
    await Promise.all(asking);
    console.log(`\nmedian of ${pages} pages and ${starts} starts`);
    for (const what of ["page", "start"] as const) {
      const [alone, busy] = [median(without[what]), median(beside[what])];
      console.log(
        `  ${what.padEnd(7)}${alone.toFixed(2)} ms alone, ${busy.toFixed(2)} ms beside ${viewers} queries: ${(busy / alone).toFixed(2)} times`
      );
    }
    console.log(`  ${times.length} queries answered, median ${median(times).toFixed(0)} ms with their wait`);
  } finally {
    for (const child of children.toReversed()) await child.stop();
    await rm(folder, {recursive: true, force: true});
  }
}

async function measure(
  url: string,
  first: number,
  count: number
): Promise<Record<"page" | "start", number[]>> {
  const page: number[] = [];
  for (let i = 0; i < pages; ++i) {
    page.push(await timed(async () => void (await (await fetch(url)).text())));
    await sleep(5);
  }
  const start: number[] = [];
  for (let i = first; i < first + count; ++i) {
    let id = "";
    const body = {variables: {seconds: 0}};
    start.push(await timed(async () => ({id} = await post<Run>(url, `flows/flow-${i}/runs`, body))));
    while (!hasEnded((await (await fetch(`${url}/api/runs/${id}`)).json()) as Run)) await sleep(50);
  }
  return {page, start};
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** None is answered from the cache. */
async function query(url: string, salt: number): Promise<void> {
  await post(url, "query", {
    files: {sales: "/_file/data/sales.0a1b2c3d.parquet"},
    text: `SELECT shop, count(*) AS n, sum(amount) AS amount FROM sales WHERE id <> ${salt} GROUP BY ALL`
  });
}

async function post<T>(url: string, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${url}/api/${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: url,
      [pageHeader]: "1",
      [idempotencyHeader]: randomUUID()
    },
    body: JSON.stringify(body)
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  if (path !== "query") return (await response.json()) as T;
  await response.arrayBuffer();
  return undefined as T;
}
