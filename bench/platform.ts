// 50 clients at once on a local platform for a minute, mixed calls and runs, each answer checked; then all of it again
// after a restart. Beside it, the cost of a read, and of the same read from a server that knows nothing.
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {Agent} from "undici";
import {median} from "./measure.js";
import {Caller} from "./platform/caller.js";
import {Child} from "./platform/child.js";
import {Client} from "./platform/client.js";
import type {Usage} from "./platform/parent.js";
import {random} from "./platform/random.js";
import type {StartedPlatform} from "./platform/server.js";

const clients = 50;
const seconds = 60;
const turns = 4;
const turnSeconds = 3;
/** Wrong answers that are shown. */
const shown = 10;

type Platform = Child<StartedPlatform>;

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  const agent = new Agent({connections: clients});
  let platform = await startPlatform(folder);
  try {
    console.log(`${availableParallelism()} cores, Node ${process.version}, ${clients} clients.`);
    let wrong = 0;
    const onWrong = (description: string) => {
      if (wrong++ < shown) console.log(`WRONG  ${description}`);
    };
    const calls: [name: string, milliseconds: number][] = [];
    const callerOf = (n: number) =>
      new Caller(platform.started.baseUrl, platform.started.users[n]!, agent, (...call) => calls.push(call));
    const sharedAppId = await shareApp(platform, agent);
    const all = Array.from(
      {length: clients},
      (_, n) => new Client(`client ${n}`, callerOf(n), sharedAppId, random(n), onWrong)
    );
    await Promise.all(all.map((client) => client.begin()));

    calls.length = 0;
    const usages = [await platform.usage()];
    const start = performance.now();
    const working = Promise.all(all.map((client) => client.work(start + seconds * 1000)));
    await sleep((seconds / 2) * 1000);
    usages.push(await platform.usage());
    await working;
    const elapsed = (performance.now() - start) / 1000;
    usages.push(await platform.usage());
    printCalls(calls, elapsed);
    tellUsages(usages);

    await Promise.all(all.map((client) => client.checkAll()));
    await platform.stop();
    platform = await startPlatform(folder);
    await Promise.all(all.map((client, n) => client.checkAll(callerOf(n))));
    await refuseLeftovers(folder, all, onWrong);
    console.log(`\nwrong answers, all that there is asked again before and after a restart: ${wrong}`);
    if (wrong > 0) process.exitCode = 1;

    await compareReads(platform, agent, sharedAppId);
  } finally {
    await agent.destroy();
    await platform.stop();
    await rm(folder, {recursive: true, force: true});
  }
}

const startPlatform = (folder: string): Promise<Platform> =>
  Child.start(new URL("./platform/server.ts", import.meta.url), [folder, String(clients)]);

/** An app of the first client's in which all the others build. */
async function shareApp({started: {baseUrl, users}}: Platform, agent: Agent): Promise<string> {
  const owner = new Caller(baseUrl, users[0]!, agent);
  const project = {name: "Shared", description: "", directory: {}};
  const project_id = (await owner.post("create-project", {project})).body.project_id as string;
  for (const {userEmail} of users.slice(1)) {
    const user = {email: userEmail, project_access_level: "BUILDER"};
    await owner.post("share-project", {project: {project_id}, user});
  }
  return project_id;
}

function printCalls(calls: [string, number][], elapsed: number): void {
  const count = (wanted: string) => calls.filter(([name]) => name === wanted).length;
  console.log(
    `\n${calls.length} calls in ${elapsed.toFixed(1)} s: ${(calls.length / elapsed).toFixed(0)} a second, among them ` +
      // A client asks for the log when a run is over.
      `${count("get-pipeline-log")} runs and ${count("complete-dataset-multipart-upload")} uploads`
  );
  const kinds: Record<string, (name: string) => boolean> = {
    reads: (name) => /^(get-|search-|is-|verify-|confirm-)/.test(name),
    changes: (name) => /^(create-|edit-|delete-|run-|complete-)/.test(name),
    "bytes sent": (name) => name === "PUT",
    "bytes fetched": (name) => name === "GET"
  };
  for (const [kind, fits] of Object.entries(kinds)) {
    const times = calls.filter(([name]) => fits(name)).map(([, time]) => time);
    times.sort((a, b) => a - b);
    console.log(
      `  ${kind.padEnd(14)}${String(times.length).padStart(7)}  median ${median(times).toFixed(1)} ms, ` +
        `p99 ${times[Math.ceil(times.length * 0.99) - 1]!.toFixed(1)} ms`
    );
  }
}

function tellUsages(usages: Usage[]): void {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log("\nthe platform's process, after a garbage collection");
  for (const [i, when] of ["start", "middle", "end"].entries()) {
    const {memory, heap, files = "?"} = usages[i]!;
    console.log(`  ${when.padEnd(8)}${mb(memory)} resident, ${mb(heap)} heap, ${files} open files`);
  }
  console.log(`  at most ${mb(usages.at(-1)!.peakMemory)}`);
}

/** Bytes that belong to nothing are a leak too. */
async function refuseLeftovers(
  folder: string,
  all: Client[],
  onWrong: (text: string) => void
): Promise<void> {
  const count = async (name: string) => (await readdir(join(folder, name)).catch(() => [])).length;
  const stored = all.reduce((sum, client) => sum + client.stored, 0);
  const found = {objects: await count("objects"), uploads: await count("uploads"), runs: await count("runs")};
  const wanted = {objects: stored, uploads: 0, runs: 0};
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    onWrong(`files in the state folder: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  }
}

/** Reads one app over and over, from the platform and from the bare server in turns. */
async function compareReads(platform: Platform, agent: Agent, project_id: string): Promise<void> {
  const {baseUrl, users} = platform.started;
  const ask = (url: string) => new Caller(url, users[0]!, agent).get("get-project", {project_id});
  const answer = JSON.stringify((await ask(baseUrl)).body);
  const bare = await Child.start<string>(new URL("./platform/bare.ts", import.meta.url), [answer]);
  try {
    const contenders = [
      {name: "platform", child: platform, url: baseUrl},
      {name: "bare fastify", child: bare, url: bare.started}
    ].map((one) => ({...one, rates: [] as number[], costs: [] as number[]}));
    for (let turn = 0; turn < turns; turn++) {
      for (const {child, url, rates, costs} of contenders) {
        const before = (await child.usage()).cpuSeconds;
        const end = performance.now() + turnSeconds * 1000;
        let count = 0;
        const loop = async () => {
          for (; performance.now() < end; count++) await ask(url);
        };
        await Promise.all(Array.from({length: clients}, loop));
        const cpu = (await child.usage()).cpuSeconds - before;
        // The first turn warms up.
        if (turn === 0) continue;
        rates.push(count / turnSeconds);
        costs.push((cpu / count) * 1e6);
      }
    }
    console.log(`\nget-project alone, in turns of ${turnSeconds} s`);
    for (const {name, rates, costs} of contenders) {
      console.log(
        `  ${name.padEnd(14)}${median(rates).toFixed(0)} calls a second, ${median(costs).toFixed(0)} µs of CPU each`
      );
    }
    const [ours, theirs] = contenders.map(({costs}) => median(costs)) as [number, number];
    console.log(
      `  the platform takes ${(ours / theirs).toFixed(2)} times the CPU of a server that knows nothing`
    );
  } finally {
    await bare.stop();
  }
}
