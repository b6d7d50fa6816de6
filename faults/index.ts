// Makes each fault happen while a site is published, and prints what happened then: `npm run faults`.
//   --kills N   so many kills, 50 if left out
//   --short     a part of it, in a minute or two: each call, each kind of fault, 8 kills
//   --seed N    repeats the random moments of a run
//   --write     also writes docs/faults.md
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {parseArgs} from "node:util";
import {mulberry32} from "../lib/platform/faults.js";
import {failingCalls} from "./calls.js";
import {changes} from "./changes.js";
import {fullDisk, mountDisk, readOnly, unmountDisk} from "./disk.js";
import {kills} from "./kills.js";
import {everythingAtOnce} from "./everything-at-once.js";
import {tableText, type Table} from "./matrix.js";
import {Subject} from "./subject.js";

const {values} = parseArgs({
  options: {
    kills: {type: "string"},
    short: {type: "boolean", default: false},
    seed: {type: "string"},
    write: {type: "boolean", default: false}
  }
});
const isShort = values.short;
const count = whole("kills", values.kills, isShort ? 8 : 50);
const seed = whole("seed", values.seed, Math.floor(Math.random() * 2 ** 31));
const log = (line: string) =>
  console.error(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);

const folder = await mkdtemp(join(tmpdir(), "ikigai-faults-"));
const problems: string[] = [];

interface Found {
  tables: Table[];
  problems: string[];
}

/** Tries things out on a project and a platform of their own: most of the time is spent waiting, so several do at once. */
async function section(name: string, work: (subject: Subject) => Promise<Found>): Promise<Table[]> {
  const subject = await Subject.open({
    root: join(folder, name, "project"),
    data: join(folder, name, "platform")
  });
  try {
    const first = await subject.command(["publish"]);
    if (first.code !== 0) throw new Error(first.message);
    const found = await work(subject);
    problems.push(...found.problems);
    return found.tables;
  } finally {
    await subject.close();
  }
}

const ofCalls = () =>
  section("calls", async (subject) => {
    const {table, problems} = await failingCalls(subject, {perCall: isShort ? 1 : undefined, log});
    return {tables: [table], problems};
  });

const ofKills = () =>
  section("kills", async (subject) => {
    const {table, problems} = await kills(subject, {kills: count, random: mulberry32(seed), log});
    return {tables: [table], problems};
  });

async function ofDisk(): Promise<Table[]> {
  const root = join(folder, "disk", "project");
  const hasDisk = await mountDisk(root);
  const missing = "needs a disk of its own, which only root can mount";
  try {
    return await section("disk", async (subject) => {
      const others = [await changes(subject, {log}), ...(hasDisk ? [await readOnly(subject, {log})] : [])];
      const about = hasDisk ? "" : `Read-only folders were not tried: that ${missing}.`;
      const columns = ["what", "outcome", "what is printed"];
      const changed: Table = {title: "Changes", about, columns, rows: others.flatMap(({rows}) => rows)};
      const notTried: Table = {
        title: "A full disk",
        about: `Not tried: it ${missing}.`,
        columns: [],
        rows: []
      };
      const full = hasDisk ? await fullDisk(subject, {isShort, log}) : {table: notTried, problems: []};
      return {
        tables: [changed, full.table],
        problems: [...others, full].flatMap(({problems}) => problems)
      };
    });
  } finally {
    if (hasDisk) await unmountDisk(root);
  }
}

// Each comes to its end though another fails: a disk must be given back.
const sections = await Promise.allSettled([ofCalls(), ofKills(), ofDisk()]);
await rm(folder, {recursive: true, force: true});
const tables = sections.map((section) => {
  if (section.status === "rejected") throw section.reason;
  return section.value;
});

const text = `# What can go wrong, and what happens then

\`npm run faults\` publishes a small project, with each kind of source. Then it makes each of these faults happen while new data is published. After each it
checks that the served site is complete: every file that a page names exists with its checksum, and all data is from one refresh, or marked as stale. The
manifest must agree by checksum with the cache, as the next command completes it, and the next publication must end with 0 and leave nothing behind. The number in \`fresh (0)\`,
\`stale (3)\` and \`as before (1)\` is the command's exit code.

This run's seed was ${seed}: \`npm run faults -- --seed ${seed}\`.

${[...tables.flat().map(tableText), everythingAtOnce].join("\n")}`;
console.log(text);
if (values.write) await writeFile(resolve(import.meta.dirname, "..", "docs", "faults.md"), text);
if (problems.length > 0) {
  console.error(`\n${problems.length} of it is not as it should be:\n${problems.join("\n")}`);
  process.exitCode = 1;
}

function whole(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!/^\d+$/.test(value))
    throw new Error(`--${name} should be a whole number, but is ${JSON.stringify(value)}`);
  return Number(value);
}
