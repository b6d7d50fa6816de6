// When nothing goes wrong any more: waits until all has come to its end, and looks at everything.
import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {Ikigai} from "../../lib/client/index.js";
import type {Hello, Run, SavedFlowList} from "../../lib/gateway-api/index.js";
import {GatewayStore} from "../../lib/gateway/runs/gateway-store.js";
import {look} from "../whole.js";
import {attachedFiles} from "../../lib/site/served.js";
import {grownMemory, lostRuns, stuck, wrongOrders, wrongRuns, wrongSaves} from "./checks.js";
import {userHeader} from "./orders.js";
import type {Records} from "./records.js";
import {press} from "./viewers.js";
import {published, type World} from "./world.js";

/** Seconds that runs and publications get to come to their ends. */
const patience = 180;

/** All that isn't as it should be. */
export async function aftermath(world: World, records: Records, round: number): Promise<string[]> {
  const problems = [...records.problems];
  // Everything works for a new viewer, once those who wait have had their turn: a flow's queue may be full until then.
  await settled(world, problems);
  const last = await press({url: world.url, name: "viewer 0", records});
  if (last.run == null)
    problems.push(`a press after all was well again was refused: ${last.refusal ?? "nobody answered"}`);
  const flows = await settled(world, problems);
  if (last.run != null && (await runOf(world, last.run))?.status !== "done")
    problems.push("a run that was started after all was well again isn't done");
  const {code, message} = await world.publish();
  if (code !== 0) problems.push(`the last publication ended with ${code}: ${message}`);

  const ids = records.presses.flatMap(({run}) => run ?? []);
  const answered = new Map<string, Run>();
  for (const id of ids) {
    const run = await runOf(world, id);
    if (run) answered.set(id, run);
  }
  const ledger = await world.ledger();
  problems.push(...wrongRuns(records.presses, ledger, answered));
  problems.push(...wrongSaves(records.saves, await listed(world, records), new Set(Object.keys(flows))));
  problems.push(...(await siteProblems(world, round)));
  problems.push(...wrongOrders(await shownOrders(world), ledger, records.presses, answered));
  problems.push(...grownMemory(records.samples));
  await world.gateway.kill("SIGTERM");
  problems.push(...lostRuns(records.presses, {answered, ...(await kept(world, problems))}));
  for (const {status, data} of answered.values()) {
    records.count(`runs ${status}`);
    if (data) records.count(`run's data ${data.status}`);
  }
  return problems;
}

/** Waits until nothing goes on; resolves to the platform's status of each flow. */
async function settled(world: World, problems: string[]): Promise<Record<string, string>> {
  const client = new Ikigai(world.account);
  try {
    for (let second = 0; ; ++second) {
      const underWay = await runsUnderWay(world);
      const flows: Record<string, string> = {};
      for (const flow of (await (await client.apps.get("Shop")).flows.list()).values())
        flows[flow.name] = flow.name.startsWith("What if") ? "IDLE" : (await flow.status()).status;
      const left = stuck(underWay, flows);
      if (left.length === 0) return flows;
      if (second >= patience) {
        problems.push(...left);
        return flows;
      }
      await sleep(1_000);
    }
  } finally {
    await client.close();
  }
}

/** The runs under way, and those whose data is being published, as a page that opens is told. */
async function runsUnderWay({url}: World): Promise<Run[]> {
  const {body} = await fetch(`${url}/api/events`, {
    headers: {[userHeader]: "viewer 0"}
  });
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body!) {
    text += decoder.decode(chunk, {stream: true});
    const hello = /^event: hello\ndata: (.+)\n\n/m.exec(text);
    if (hello) return (JSON.parse(hello[1]!) as Hello).runs;
  }
  throw new Error("The stream of events says no hello.");
}

async function runOf({url}: World, id: string): Promise<Run | undefined> {
  const answer = await fetch(`${url}/api/runs/${id}`, {headers: {[userHeader]: "viewer 0"}});
  return answer.ok ? ((await answer.json()) as Run) : undefined;
}

/** The keys of the saved flows that the viewers are shown. */
async function listed({url}: World, {saves}: Records): Promise<Set<string>> {
  const keys = [...new Set(saves.map(({viewer}) => viewer))].map(async (viewer) => {
    const answer = await fetch(`${url}/api/apps/Shop/flows`, {headers: {[userHeader]: viewer}});
    return ((await answer.json()) as SavedFlowList).flows.map(({key}) => key);
  });
  return new Set((await Promise.all(keys)).flat());
}

/** What isn't as it should be on the site: it has the last round of every dataset. */
async function siteProblems(world: World, round: number): Promise<string[]> {
  try {
    const {rounds} = await look(published(world));
    return Object.entries(rounds)
      .filter(([, found]) => found !== round)
      .map(([file, found]) => `${file} is of round ${found}, not of ${round}`);
  } catch (error) {
    return (error as Error).message.split("\n");
  }
}

/** The mark that the site's file of orders has. */
async function shownOrders(world: World): Promise<string> {
  const {site} = published(world);
  const path = (await attachedFiles(site))["data/orders.csv"] ?? "";
  return (await readFile(join(site, path), "utf8")).trim().split("\n")[1]!;
}

/** What the gateway has on its disk: its journal, and its audit, which has whole lines only. */
async function kept({root}: World, problems: string[]) {
  const folder = join(root, ".ikigai", "gateway");
  const store = await GatewayStore.open(folder);
  const journal = new Map([...store.tables.runs.values()].map(({id, run}) => [id, run]));
  await store.close();
  const audit = new Map<string, string[]>();
  for (const name of (await readdir(folder)).filter((name) => /^audit.*\.jsonl$/.test(name))) {
    for (const line of (await readFile(join(folder, name), "utf8")).split("\n").slice(0, -1)) {
      try {
        const {run = "", event} = JSON.parse(line) as {run?: string; event: string};
        audit.set(run, [...(audit.get(run) ?? []), event]);
      } catch {
        problems.push(`the audit has a line that isn't whole: ${line.slice(0, 100)}`);
      }
    }
  }
  return {journal, audit};
}
