// Schedules: when they are due, and that they start their flows.
import {afterEach, beforeEach, describe, expect, it, onTestFinished, vi} from "vitest";
import {startPlatform, type RunFlow} from "../../lib/platform/index.js";
import {nextDue} from "../../lib/platform/schedules.js";
import {callerOf, temporaryFolder, type Json} from "./support.js";

const at = (iso: string) => new Date(iso).getTime();
const seconds = (iso: string) => String(at(iso) / 1000);

const schedule = (cron: string, more: object = {}) => ({
  name: "S",
  cron,
  start_time: seconds("2026-01-01T00:00Z"),
  end_time: "",
  setAt: at("2026-03-01T00:00Z"),
  ...more
});

const due = (cron: string, more: object, zone = "UTC") => {
  const time = nextDue(schedule(cron, more), zone);
  return time === undefined ? "never" : new Date(time).toISOString().slice(0, 16);
};

describe("a schedule", () => {
  it.each([
    ["after it was set", "30 6 * * *", {}, "UTC", "2026-03-01T06:30"],
    ["in the user's time zone", "30 6 * * *", {}, "America/New_York", "2026-03-01T11:30"],
    [
      "in summer, an hour earlier",
      "30 6 * * *",
      {setAt: at("2026-07-01T00:00Z")},
      "Europe/Paris",
      "2026-07-01T04:30"
    ],
    [
      "once in the night that has its hour twice",
      "30 2 * * *",
      {lastDue: at("2026-10-25T00:31Z")},
      "Europe/Berlin",
      "2026-10-26T01:30"
    ],
    [
      "not before its start",
      "0 * * * *",
      {start_time: seconds("2026-05-01T12:00Z")},
      "UTC",
      "2026-05-01T12:00"
    ],
    ["after it was last due", "0 12 * * 1", {lastDue: at("2026-03-02T12:00Z")}, "UTC", "2026-03-09T12:00"],
    ["never after its end", "0 12 * * *", {end_time: seconds("2026-03-01T11:00Z")}, "UTC", "never"],
    ["never on a day that no month has", "0 0 0 0 0", {start_time: "1", end_time: "1"}, "UTC", "never"]
  ])("is due %s", (_when, cron, more, zone, expected) => expect(due(cron, more, zone)).toBe(expected));
});

describe("the platform", () => {
  beforeEach(() => void vi.useFakeTimers({toFake: ["Date"], now: at("2026-03-01T09:00:10Z")}));
  afterEach(() => void vi.useRealTimers());

  const definition = {facets: [], arrows: []};
  const nothing: RunFlow = async () => ({datasets: [], modelVersions: [], notes: []});

  async function opened(data: string, runFlow: RunFlow = nothing) {
    const running = await startPlatform({data, runFlow, timeZone: "Europe/Paris"});
    onTestFinished(() => running.close());
    const owner = callerOf(running, running);
    const logs = async (ids: Json) =>
      (await owner.get("get-pipeline-log", {...ids, limit: 20})).pipeline_log as Json[];
    return {running, owner, logs};
  }

  const create = async ({owner}: Awaited<ReturnType<typeof opened>>, cron: string) => {
    const project_id = await owner.createApp();
    const pipeline = {project_id, name: "F", directory: {}, definition};
    const of = {name: "S", cron, start_time: "1"};
    const pipeline_id = await owner.create("create-pipeline", {pipeline: {...pipeline, schedule: of}});
    return {project_id, pipeline_id};
  };

  it("starts a flow when it is due, as the one who set the schedule", async () => {
    const platform = await opened(await temporaryFolder());
    const ids = await create(platform, "30 10 * * *");
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(await platform.logs(ids)).toEqual([]);
    vi.setSystemTime(at("2026-03-01T09:30:00Z"));
    await expect.poll(() => platform.logs(ids)).toHaveLength(1);
    expect(await platform.logs(ids)).toMatchObject([{status: "SUCCESS", user: platform.running.userEmail}]);
    vi.setSystemTime(at("2026-03-01T09:30:02Z"));
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect(await platform.logs(ids)).toHaveLength(1);
  });

  it("makes up for what it has missed with one run, even if it is killed after that", async () => {
    const data = await temporaryFolder();
    const first = await opened(data);
    const ids = await create(first, "0 * * * *");
    await first.running.close();
    vi.setSystemTime(at("2026-03-01T15:20:00Z"));
    const second = await opened(data);
    await expect.poll(() => second.logs(ids)).toHaveLength(1);
    await second.running.close();
    vi.setSystemTime(at("2026-03-01T15:21:00Z"));
    const third = await opened(data);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await third.logs(ids)).toHaveLength(1);
    expect((await third.owner.get("is-pipeline-running", ids)).status).toBe(false);
  });

  it("takes no cron that can't be, and any of a schedule that is over", async () => {
    const {owner} = await opened(await temporaryFolder());
    const project_id = await owner.createApp();
    const pipeline = {project_id, name: "F", directory: {}, definition};
    const of = {name: "S", cron: "0 25 * * *", start_time: "1"};
    const [status, message] = await owner.refusal("POST", "create-pipeline", {
      pipeline: {...pipeline, schedule: of}
    });
    expect([status, message]).toEqual([
      400,
      expect.stringMatching(/^pipeline\.schedule\.cron: can't be: .*25/)
    ]);
    const over = {name: "-", cron: "0 0 0 0 0", start_time: "1", end_time: "1"};
    await owner.post("create-pipeline", {pipeline: {...pipeline, schedule: over}});
  });

  it("knows no time zone that isn't one", async () => {
    await expect(startPlatform({data: await temporaryFolder(), timeZone: "Mars/Olympus"})).rejects.toThrow(
      'There is no time zone "Mars/Olympus"'
    );
  });
});
