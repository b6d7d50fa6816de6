// What changes under a project that was published before: its sources, its config, and the clock.
import {dirname} from "node:path";
import {loadConfig} from "../lib/config/index.js";
import {keepSchedule} from "../lib/publishing/index.js";
import {clockIn} from "./clock.js";
import {shortened} from "./matrix.js";
import type {Outcome, Subject} from "./subject.js";
import {tryOut, type Trial} from "./trial.js";

export async function changes(
  subject: Subject,
  {log}: {log: (line: string) => void}
): Promise<{rows: string[][]; problems: string[]}> {
  const trials: Trial[] = [
    {
      name: "a source is deleted on the platform",
      async during() {
        await (await subject.dataset("Places")).delete();
        return subject.publish();
      },
      after: () => subject.restore("Places"),
      codes: [3],
      says: /data\/places\.csv: .*no dataset .*"Places"/
    },
    {
      name: "a source of a group is deleted",
      async during() {
        await (await subject.dataset("Stock")).delete();
        return subject.publish();
      },
      after: () => subject.restore("Stock"),
      codes: [3],
      says: /data\/sales\.parquet: .*group "goods"/
    },
    {
      name: "a source is renamed on the platform",
      async during() {
        await (await subject.dataset("Places")).rename("Sites");
        return subject.publish();
      },
      after: async () => (await subject.dataset("Sites")).rename("Places"),
      codes: [3],
      says: /data\/places\.csv: .*no dataset .*"Places": .*"Sites"/
    },
    {
      name: "a source lost a column",
      async during() {
        await subject.put("Places", `where,round\nhere,${subject.round}\n`);
        return subject.publish();
      },
      after: () => subject.put("Places", `place,round\nhere,${subject.round}\n`),
      codes: [1],
      says: /data\/places\.csv no longer has the column "place"/
    },
    {
      name: "a source lost its rows",
      async during() {
        await subject.put("Places", "place,round\n");
        return subject.publish();
      },
      after: () => subject.put("Places", `place,round\nhere,${subject.round}\n`),
      codes: [1],
      says: /data\/places\.csv has no rows, and had 1/
    },
    {
      name: "the clock was set back by 400 days",
      async during() {
        const {set, ...clock} = clockIn(dirname(subject.root));
        set(-400 * 86_400_000);
        return subject.command(["publish"], clock);
      },
      codes: [0]
    },
    {
      name: "a column that the sql names is gone",
      async during() {
        await subject.put("Sales", `day,sold,round\n2024-01-01,1,${subject.round}\n`);
        return subject.publish();
      },
      after: () => subject.change(),
      codes: [3],
      says: /data\/by-day\.csv: .*units/
    },
    {
      name: "the config is broken in the middle of a schedule",
      setUp: () => withSchedule(subject),
      during: () => brokenInSchedule(subject),
      after: () => subject.configure(),
      codes: [1],
      says: /schedule: the config can't be read, so the schedule before goes on: .*ikigai\.config\.ts[^]*\nschedule: .*ikigai\.config\.ts/
    },
    {
      name: "the API key is wrong",
      during: () => subject.command(["publish"], {env: {IKIGAI_API_KEY: "wrong-key"}}),
      codes: [1],
      says: /The platform refuses this account for all sources.*IKIGAI_API_KEY/
    },
    {
      name: "nothing answers at the platform's address",
      during: () => subject.command(["publish"], {env: {IKIGAI_BASE_URL: "http://127.0.0.1:9"}}),
      codes: [1],
      says: /127\.0\.0\.1:9/
    }
  ];
  return tryAll(subject, trials, log);
}

async function tryAll(
  subject: Subject,
  trials: Trial[],
  log: (line: string) => void
): Promise<{rows: string[][]; problems: string[]}> {
  const rows: string[][] = [];
  const problems: string[] = [];
  for (const trial of trials) {
    await subject.change();
    const {cell, problems: found, outcome} = await tryOut(subject, trial);
    problems.push(...found);
    const lines = outcome.message.split("\n").filter((line) => line.trim() !== "" && !/^[…✓✗]/.test(line));
    // The one that the trial is about, where it can be told from others.
    const line = lines.find((line) => trial.says?.test(line)) ?? lines[0] ?? "";
    rows.push([trial.name, cell, outcome.code === 0 ? "" : shortened(line, subject.root)]);
    log(`${trial.name}: ${cell}`);
  }
  return {rows, problems};
}

/** Publishes with a schedule in the config. */
async function withSchedule(subject: Subject): Promise<void> {
  await subject.configure({refresh: {cron: "* * * * *", retries: 0}});
  const {code, message} = await subject.publish();
  if (code !== 0) throw new Error(message);
}

/** The config is broken while the schedule waits; what is told is all that the schedule logs. */
async function brokenInSchedule(subject: Subject): Promise<Outcome> {
  const {root} = subject;
  const logged: string[] = [];
  const ending = new AbortController();
  let time = Date.UTC(2026, 0, 1, 6, 0, 30);
  let outcome: Outcome = {code: 0, message: ""};
  let looks = 0;
  await keepSchedule({
    refresh: async () => (await loadConfig(root)).refresh,
    last: new Date(time),
    async run() {
      outcome = await subject.publish();
      ending.abort();
      if (outcome.code === 1) throw new Error(outcome.message);
    },
    log: (line) => line.includes("is due at") || void logged.push(line),
    signal: ending.signal,
    now: () => new Date(time),
    async wait(ms) {
      time += ms;
      if (++looks === 1) {
        await subject.change();
        await subject.writeConfig("export default {\n  app: \n};\n");
      }
    }
  });
  return {...outcome, message: [...logged, `schedule: ${outcome.message}`].join("\n")};
}
