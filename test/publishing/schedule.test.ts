// The config's schedule against a clock that the test sets.
import {describe, expect, it} from "vitest";
import {checkConfig, type CheckedConfig} from "../../lib/config/index.js";
import {keepSchedule} from "../../lib/publishing/schedule.js";

const refreshOf = (refresh: object): CheckedConfig["refresh"] => checkConfig({app: "A", refresh}).refresh;

/** A schedule whose waits pass at once; the test ends it by a number of waits. */
async function scheduled({
  refresh,
  start,
  last,
  waits,
  beforeWait = () => {},
  run = async () => {}
}: {
  refresh: () => object;
  start: string;
  last?: string;
  waits: number;
  beforeWait?: (clock: {time: number; waits: number}) => void;
  run?: (due: Date) => Promise<void>;
}) {
  const controller = new AbortController();
  const clock = {time: Date.parse(start), waits: 0};
  const [runs, lines, waited]: [string[], string[], number[]] = [[], [], []];
  await keepSchedule({
    refresh: async () => refreshOf(refresh()),
    last: last === undefined ? undefined : new Date(last),
    async run(due) {
      runs.push(`${due.toISOString()} at ${new Date(clock.time).toISOString()}`);
      await run(due);
    },
    log: (line) => lines.push(line),
    signal: controller.signal,
    now: () => new Date(clock.time),
    async wait(ms) {
      waited.push(ms);
      beforeWait(clock);
      clock.time += ms;
      if (++clock.waits >= waits) controller.abort();
    },
    random: () => 0.5
  });
  const isDue = (line: string) => line.startsWith("schedule: the next refresh is due at ");
  return {runs, lines: lines.filter((line) => !isDue(line)), due: lines.filter(isDue), waited};
}

const hourly = () => ({cron: "0 * * * *", timeZone: "UTC"});

describe("a schedule", () => {
  it("runs at each time once, and looks at the clock at least each half minute", async () => {
    const {runs, waited} = await scheduled({refresh: hourly, start: "2026-01-01T00:10:00Z", waits: 300});
    expect(runs).toEqual([
      "2026-01-01T01:00:00.000Z at 2026-01-01T01:00:00.000Z",
      "2026-01-01T02:00:00.000Z at 2026-01-01T02:00:00.000Z"
    ]);
    expect(Math.max(...waited)).toBeLessThanOrEqual(30_000);
  });

  it.each([
    ["summer time begins", "2026-03-28T12:00:00Z", ["2026-03-29T04:00:00.000Z", "2026-03-30T04:00:00.000Z"]],
    ["winter time begins", "2026-10-24T12:00:00Z", ["2026-10-25T05:00:00.000Z", "2026-10-26T05:00:00.000Z"]]
  ])("keeps to its time zone when %s", async (_, start, due) => {
    const {runs} = await scheduled({
      refresh: () => ({cron: "0 6 * * *", timeZone: "Europe/Berlin"}),
      start,
      waits: 5300
    });
    expect(runs.map((run) => run.slice(0, 24))).toEqual(due);
  });

  it("makes up for what was missed once", async () => {
    const {runs} = await scheduled({
      refresh: hourly,
      start: "2026-01-01T09:30:00Z",
      last: "2026-01-01T03:00:00Z",
      waits: 10
    });
    expect(runs).toEqual(["2026-01-01T09:00:00.000Z at 2026-01-01T09:30:00.000Z"]);
  });

  it("makes up once for what was missed while the machine slept", async () => {
    const {runs} = await scheduled({
      refresh: hourly,
      start: "2026-01-01T00:10:00Z",
      waits: 20,
      beforeWait(clock) {
        if (clock.waits === 5) clock.time += 7 * 3_600_000;
      }
    });
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatch(/^2026-01-01T07:00/);
  });

  it("goes on after the clock was set back, and runs nothing twice at one time", async () => {
    const {runs, lines} = await scheduled({
      refresh: hourly,
      start: "2026-01-01T00:59:00Z",
      waits: 140,
      beforeWait(clock) {
        if (clock.waits === 10) clock.time -= 24 * 3_600_000;
      }
    });
    expect(lines).toEqual(["schedule: the clock was set back"]);
    expect(runs.map((run) => run.slice(0, 16))).toEqual(["2026-01-01T01:00", "2025-12-31T02:00"]);
  });

  it("waits a part of the jitter, and runs nothing when it is ended meanwhile", async () => {
    const {runs, waited} = await scheduled({
      refresh: () => ({...hourly(), jitter: 600}),
      start: "2026-01-01T01:00:00Z",
      last: "2026-01-01T00:00:00Z",
      waits: 1
    });
    expect([runs, waited]).toEqual([[], [300_000]]);
  });

  it("goes on when a run fails, and says why", async () => {
    const {runs, lines} = await scheduled({
      refresh: hourly,
      start: "2026-01-01T00:59:00Z",
      waits: 130,
      run: () => Promise.reject(new Error("the platform is down"))
    });
    expect(runs).toHaveLength(2);
    expect(lines).toEqual(["schedule: the platform is down", "schedule: the platform is down"]);
  });

  it("goes on as before while the config is broken, and says so once", async () => {
    let asked = 0;
    const {runs, lines} = await scheduled({
      refresh() {
        if (++asked > 3 && asked < 50) throw new Error("ikigai.config.ts: app: is empty");
        return hourly();
      },
      start: "2026-01-01T00:59:00Z",
      waits: 130
    });
    expect(runs).toHaveLength(2);
    expect(lines).toEqual([
      "schedule: the config can't be read, so the schedule before goes on: ikigai.config.ts: app: is empty"
    ]);
  });

  it("says when the next refresh is due: at its start, after each run, and when the config has another time", async () => {
    let asked = 0;
    const {due} = await scheduled({
      refresh: () => (++asked > 150 ? {cron: "30 6 * * *", timeZone: "Europe/Berlin"} : hourly()),
      start: "2026-07-01T00:59:00Z",
      waits: 200
    });
    expect(due).toEqual([
      "schedule: the next refresh is due at 2026-07-01 01:00 (UTC)",
      "schedule: the next refresh is due at 2026-07-01 02:00 (UTC)",
      "schedule: the next refresh is due at 2026-07-01 03:00 (UTC)",
      "schedule: the next refresh is due at 2026-07-01 06:30 (Europe/Berlin)"
    ]);
  });

  it("begins when the config gets one, and ends when it goes", async () => {
    let asked = 0;
    const {runs, lines} = await scheduled({
      refresh: () => (++asked > 20 && asked < 200 ? hourly() : {}),
      start: "2026-01-01T00:10:00Z",
      waits: 400
    });
    expect(runs).toHaveLength(1);
    expect(lines).toEqual(["schedule: the config has none any more"]);
  });

  it("does again what found no room on the disk, until it does, and no other failure", async () => {
    const full = new Error("data/sales.parquet: the disk is full. Free some space (ENOSPC: /tmp/x)");
    const failures = [full, full, undefined, new Error("no such dataset"), undefined];
    const {runs, lines} = await scheduled({
      refresh: hourly,
      start: "2026-01-01T00:10:00Z",
      waits: 400,
      async run() {
        const failure = failures.shift();
        if (failure) throw failure;
      }
    });
    expect(runs.map((run) => run.slice(0, 16))).toEqual([
      "2026-01-01T01:00",
      "2026-01-01T01:00",
      "2026-01-01T01:00",
      "2026-01-01T02:00",
      "2026-01-01T03:00"
    ]);
    expect(lines).toEqual([
      `schedule: tried again when there is room: ${full.message}`,
      "schedule: no such dataset"
    ]);
  });
});
