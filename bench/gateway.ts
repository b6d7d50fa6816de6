// 1,000 pages watch one run: how often the platform is asked, how soon all know, what a page costs, and what the gateway adds to a
// start. Platform, gateway and pages are processes of their own.
import {randomUUID} from "node:crypto";
import {mkdtemp, rm} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {Agent, request} from "undici";
import {Ikigai} from "../lib/client/index.js";
import {hasEnded, idempotencyHeader, pageHeader, type Run} from "../lib/gateway-api/index.js";
import type {Calls, StartedPlatform} from "./gateway/platform.js";
import type {StartedGateway} from "./gateway/server.js";
import {clock} from "./gateway/serve-json.js";
import type {SeenEvents} from "./gateway/viewers.js";
import {median} from "./measure.js";
import {Child} from "./platform/child.js";

const viewers = 1_000;
/** Of the watched run. */
const seconds = 20;
/** Flows that are started directly, and as many through the gateway. */
const starts = 20;
const flows = 1 + 2 * starts;

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  const script = (name: string) => new URL(`./gateway/${name}.ts`, import.meta.url);
  const children: Child<unknown>[] = [];
  const start = async <Started>(name: string, ...args: string[]) => {
    const child = await Child.start<Started>(script(name), args);
    children.push(child);
    return child;
  };
  const agent = new Agent({connections: 2});
  try {
    console.log(`${availableParallelism()} cores, Node ${process.version}`);
    const platform = await start<StartedPlatform>("platform", join(folder, "platform"), String(flows));
    const args = [join(folder, "gateway"), JSON.stringify(platform.started), String(flows)];
    const gateway = await start<StartedGateway>("server", ...args);
    const page = new Page(gateway.started.url, agent);
    await compareStarts(platform.started, page);

    const before = await gateway.usage();
    const watching = await start<string>("viewers", gateway.started.url, String(viewers));
    const seen = () => fetchJson<SeenEvents>(watching.started);
    while ((await seen()).connected < viewers) await sleep(100);
    const after = await gateway.usage();
    console.log(`\n${viewers} pages`);
    for (const what of ["memory", "heap"] as const) {
      const kilobytes = (after[what] - before[what]) / viewers / 1000;
      const name = {memory: "resident memory", heap: "heap"}[what];
      console.log(
        `  ${name.padEnd(17)}${kilobytes.toFixed(1)} KB a page (${(after[what] / 1e6).toFixed(0)} MB in all)`
      );
    }

    const calls = () => fetchJson<Calls>(platform.started.calls);
    const earlier = (await calls()).length;
    const requestedAt = clock();
    const {id} = await page.requestRun("flow-0", {seconds});
    await page.ended(id);
    const elapsed = (clock() - requestedAt) / 1000;
    printCalls((await calls()).slice(earlier), elapsed);
    await sleep(500);
    printEvents(await seen(), await fetchJson<number[]>(gateway.started.polls));
    const spent = (await gateway.usage()).cpuSeconds - after.cpuSeconds;
    console.log(`  ${((spent / elapsed) * 100).toFixed(0)} % of one core in the gateway`);
  } finally {
    for (const child of children.toReversed()) await child.stop();
    await agent.destroy();
    await rm(folder, {recursive: true, force: true});
  }
}

/** Starts flows directly and through the gateway in turns, and prints how long each takes until the platform has it. */
async function compareStarts(platform: StartedPlatform, page: Page): Promise<void> {
  const ikigai = new Ikigai(platform);
  const listed = await (await ikigai.apps.get("Bench")).flows.list();
  const direct: number[] = [];
  const accepted: number[] = [];
  const answered: number[] = [];
  for (let n = 1; n < flows; n += 2) {
    const flow = listed.get(`Flow ${n}`);
    const before = clock();
    // What a client does that wants to know how the run ends.
    await flow.runLogs();
    await flow.start({seconds: 0});
    direct.push((await startedAt(platform, n)) - before);

    const key = `flow-${n + 1}`;
    // A page that offers a flow has shown it.
    await page.get(`/flows/${key}/graph`);
    const requestedAt = clock();
    const {id} = await page.requestRun(key, {seconds: 0});
    answered.push(clock() - requestedAt);
    accepted.push((await startedAt(platform, n + 1)) - requestedAt);
    await page.ended(id);
  }
  await ikigai.close();
  console.log(`\na start, median of ${starts}`);
  const print = (name: string, times: number[]) => {
    const [time, base] = [median(times), median(direct)];
    const beside = `  (${(time / base).toFixed(2)} times, ${(time - base).toFixed(1)} ms more)`;
    console.log(`  ${name.padEnd(47)}${time.toFixed(1)} ms${times === direct ? "" : beside}`);
  };
  print("directly, until the platform has it", direct);
  print("through the gateway, until the platform has it", accepted);
  print("through the gateway, until the page has a run", answered);
}

/** When the platform had accepted so many starts. */
async function startedAt({calls}: StartedPlatform, count: number): Promise<number> {
  for (;;) {
    const starts = (await fetchJson<Calls>(calls)).filter(([path]) => path.endsWith("/run-pipeline"));
    if (starts.length >= count) return starts[count - 1]![1];
    await sleep(5);
  }
}

function printCalls(calls: Calls, elapsed: number): void {
  const count = (name: string) => calls.filter(([path]) => path.endsWith(name)).length;
  const polls = count("/is-pipeline-running");
  console.log(`\none run of ${elapsed.toFixed(1)} s, watched by all`);
  console.log(
    `  the platform was asked ${(polls / elapsed).toFixed(2)} times a second how it stands ` +
      `(${polls} polls, ${calls.length} calls in all)`
  );
}

/** The delay of each event since the answer of the poll that it came from. */
function printEvents({events}: SeenEvents, polls: number[]): void {
  const polledAt = (at: number) => Math.max(...polls.filter((poll) => poll <= at));
  const running = Object.values(events).filter(({status}) => status === "running");
  const delays = running.map(({at}) => at.map((time) => time - polledAt(Math.min(...at))));
  const missing = running.filter(({at}) => at.length !== viewers).length;
  const all = delays.flat().sort((a, b) => a - b);
  const last = delays.map((times) => Math.max(...times));
  console.log(
    `  ${running.length} events of progress, ${missing} of them not to everybody; from being seen until a page has it: ` +
      `median ${median(all).toFixed(0)} ms, p99 ${all[Math.floor(all.length * 0.99)]!.toFixed(0)} ms`
  );
  console.log(
    `  until the last page has it: median ${median(last).toFixed(0)} ms, at most ${Math.max(...last).toFixed(0)} ms`
  );
}

/** What a page asks. */
class Page {
  constructor(
    private readonly url: string,
    private readonly agent: Agent
  ) {}

  get<T>(path: string): Promise<T> {
    return this.#send<T>(path, {});
  }

  requestRun(flow: string, variables: Record<string, number>): Promise<Run> {
    const headers = {
      "content-type": "application/json",
      origin: this.url,
      [pageHeader]: "1",
      [idempotencyHeader]: randomUUID()
    };
    return this.#send<Run>(`/flows/${flow}/runs`, {
      method: "POST",
      headers,
      body: JSON.stringify({variables})
    });
  }

  async ended(id: string): Promise<void> {
    while (!hasEnded(await this.get<Run>(`/runs/${id}`))) await sleep(100);
  }

  async #send<T>(path: string, options: Parameters<typeof request>[1]): Promise<T> {
    const {statusCode, body} = await request(`${this.url}/api${path}`, {...options, dispatcher: this.agent});
    if (statusCode >= 300) throw new Error(`${path} answered ${statusCode}: ${await body.text()}`);
    return (await body.json()) as T;
  }
}

async function fetchJson<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}
