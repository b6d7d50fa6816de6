// `ikigai-kit publish` is killed: at random times, and right before random calls that change the disk.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Table} from "./matrix.js";
import type {CommandOptions, Outcome, Subject} from "./subject.js";
import {tryOut} from "./trial.js";

export interface KillOptions {
  kills: number;
  random: () => number;
  log: (line: string) => void;
}

/** What was served afterwards, or that the command ended before it was killed. */
type Ending = "old" | "new" | "ended" | "wrong";

/** The shares of the kills. Most fall where a site could be torn: a kill at a random time rarely hits the few milliseconds of a swap. */
const shares = {time: 0.25, rebuild: 0.15, data: 0.15, build: 0.1, edition: 0.1, swap: 0.25};

const stages = {
  data: "before a call of the refresh",
  build: "before a call that makes the new site aside",
  edition: "before a call that makes an edition of it",
  swap: "before a call from the edition's place in the list to the end, the swap among them"
};

export async function kills(
  subject: Subject,
  {kills, random, log}: KillOptions
): Promise<{table: Table; problems: string[]}> {
  const problems: string[] = [];
  const rows: string[][] = [];
  let done = 0;

  /** Kills it some times at what `moment` says: spread over the whole of it, and random within each part. */
  async function row(where: string, count: number, moment: (share: number) => Promise<Moment> | Moment) {
    const found: Record<Ending, number> = {old: 0, new: 0, ended: 0, wrong: 0};
    for (let i = 0; i < count; ++i) {
      const {text, kill} = await moment((i + random()) / count);
      await subject.change();
      const trial = await tryOut(subject, {name: `kill -9 ${text}`, during: kill, codes: [null, 0]});
      problems.push(...trial.problems);
      const ended = trial.outcome.code === 0 ? "ended" : (trial.cell as "old" | "new");
      const ending = trial.problems.length > 0 ? "wrong" : ended;
      ++found[ending];
      log(`kill ${++done} of ${kills}, ${text}: ${ending}`);
    }
    rows.push([where, String(count), ...Object.values(found).map((n) => (n === 0 ? "" : String(n)))]);
  }

  const counts = shared(kills);
  for (const [way, where, args] of [
    ["time", "at a random time", ["publish"]],
    ["rebuild", "at a random time, where Framework builds", ["publish", "--rebuild"]]
  ] as const) {
    if (counts[way] === 0) continue;
    const duration = await measure(subject, [...args]);
    await row(`${where} (of ${Math.round(duration)} ms)`, counts[way], (share) => ({
      text: `${Math.round(share * duration)} ms after the start of ${args.join(" ")}`,
      kill: () => killed(subject, [...args], {after: share * duration})
    }));
  }
  const calls = await countCalls(subject);
  for (const [stage, where] of Object.entries(stages) as [keyof typeof stages, string][]) {
    const of = calls[stage];
    await row(`${where} (of ${of})`, counts[stage], (share) => {
      const call = 1 + Math.floor(share * of);
      const env = {FAULTS_KILL_AT: `${stage} ${call}`};
      return {
        text: `before call ${call} of ${of} of the stage "${stage}"`,
        kill: () => killed(subject, ["publish"], {env})
      };
    });
  }
  return {
    table: {
      title: "Kills",
      about:
        "`kill -9` of `ikigai-kit publish`, at random times and before random calls to the file system. `old` and `new` say how often " +
        "which site was served afterwards, and `ended` how often the command had ended before the kill.",
      columns: ["killed", "times", "old", "new", "ended", "wrong"],
      rows
    },
    problems
  };
}

interface Moment {
  text: string;
  kill: () => Promise<Outcome>;
}

/** How many of the kills go where; the first few of the largest shares get what rounding leaves. */
function shared(kills: number): Record<keyof typeof shares, number> {
  const counts = {...shares};
  const names = Object.keys(shares) as (keyof typeof shares)[];
  for (const name of names) counts[name] = Math.floor(shares[name] * kills);
  const left = () => kills - Object.values(counts).reduce((sum, count) => sum + count, 0);
  const behind = (name: keyof typeof shares) => shares[name] * kills - counts[name];
  while (left() > 0) ++counts[names.reduce((a, b) => (behind(b) > behind(a) ? b : a))];
  return counts;
}

/** Milliseconds that it takes. */
async function measure(subject: Subject, args: string[]): Promise<number> {
  await subject.change();
  const began = performance.now();
  const {code, message} = await subject.command(args);
  if (code !== 0) throw new Error(message);
  return performance.now() - began;
}

const preload = pathToFileURL(join(import.meta.dirname, "kill-before-call.js")).href;

/** How many calls each stage of a publication makes that change the disk. */
async function countCalls(subject: Subject): Promise<Record<keyof typeof stages, number>> {
  await subject.change();
  const file = join(subject.root, "..", "calls.json");
  const options = {node: ["--import", preload], env: {FAULTS_CALLS: file}};
  const {code, message} = await subject.command(["publish"], options);
  if (code !== 0) throw new Error(message);
  return JSON.parse(await readFile(file, "utf8")) as Record<keyof typeof stages, number>;
}

/** Kills the command's own process alone, and waits until what that had started is gone, too. */
async function killed(
  subject: Subject,
  args: string[],
  {after, env}: {after?: number; env?: CommandOptions["env"]}
): Promise<Outcome> {
  const {child, message} = subject.start(args, env ? {node: ["--import", preload], env} : {});
  const timer = after === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), after);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  const told = await message; // what has its standard error open still runs
  return {code, message: code === null ? "" : told};
}
