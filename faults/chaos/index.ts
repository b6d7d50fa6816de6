// Lets everything go wrong at once, and looks whether all is well afterwards: `npm run chaos`.
//   --minutes N  for so long, 10 if left out
//   --short      for a minute
//   --seed N     what goes wrong in each lane is drawn from it, and what viewers do
//   --verbose    also prints what the gateway and the platform log
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {parseArgs} from "node:util";
import {mulberry32} from "../../lib/platform/faults.js";
import {aftermath} from "./aftermath.js";
import {median} from "./checks.js";
import {Records} from "./records.js";
import {troubles} from "./troubles.js";
import {view} from "./viewers.js";
import {openWorld} from "./world.js";

const {values} = parseArgs({
  options: {
    minutes: {type: "string"},
    seed: {type: "string"},
    short: {type: "boolean", default: false},
    verbose: {type: "boolean", default: false}
  }
});
const minutes = number("minutes", values.minutes, values.short ? 1 : 10);
const seed = number("seed", values.seed, Math.floor(Math.random() * 2 ** 31));
const viewers = 50;
/** The shares of the time in which the gateway is killed, and after which it has warmed up. */
const [killed, warm] = [0.5, 0.65];

const log = (line: string) =>
  console.error(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);
const random = (n: number) => mulberry32(seed + n);
const folder = await mkdtemp(join(tmpdir(), "ikigai-chaos-"));
const records = new Records();
log(`seed ${seed}, ${minutes} min, ${viewers} viewers`);
let problems: string[];
try {
  const world = await openWorld(folder, records, (line) => values.verbose && log(line));
  if (!world.hasDisks) log("disks are not filled: that needs disks of their own, which only root can mount");
  try {
    const [over, noMoreKills] = [new AbortController(), new AbortController()];
    const after = (share: number) => sleep(share * minutes * 60_000, undefined, {ref: false});
    void after(killed).then(() => noMoreKills.abort());
    void after(warm).then(async () => {
      while (!over.signal.aborted) {
        const sample = world.gateway.measure();
        if (sample) records.samples.push(sample);
        await sleep(1_000, undefined, {ref: false});
      }
    });
    const {signal} = over;
    const going = [
      troubles({world, records, random, log, signal, noMoreKills: noMoreKills.signal}),
      ...Array.from({length: viewers}, (_, n) =>
        view({url: world.url, name: `viewer ${n}`, random: random(1000 + n), records, signal})
      )
    ];
    await Promise.race([after(1), Promise.all(going)]);
    over.abort();
    log("all goes well from here on");
    await Promise.all(going);
    problems = await aftermath(world, records, await world.change()).catch((error: unknown) => [
      ...records.problems,
      `the checks couldn't go on: ${(error as Error).message}`
    ]);
  } finally {
    await world.close();
  }
} finally {
  await rm(folder, {recursive: true, force: true});
}

const third = Math.floor(records.samples.length / 3);
const figures = [...records.counts]
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([what, count]) => `${String(count).padStart(8)}  ${what}`);
console.log(`seed ${seed}: npm run chaos -- --seed ${seed} --minutes ${minutes}

${figures.join("\n")}
    memory of the gateway: ${median(records.samples.slice(0, third))} MB, then ${median(records.samples.slice(-third))} MB
`);
if (problems.length > 0) {
  console.error(`${problems.length} of it is not as it should be:\n${problems.join("\n")}`);
  process.exitCode = 1;
} else console.log("Nothing is lost, run twice, or stuck; the site is whole.");

function number(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!/^\d+(?:\.\d+)?$/.test(value))
    throw new Error(`--${name} should be a number, but is ${JSON.stringify(value)}`);
  return Number(value);
}
