// Runs that take too much, never end or crash: they fail and say why, and the platform and its other flows go on.
import {spawnSync} from "node:child_process";
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it} from "vitest";
import type {PlatformOptions} from "../../lib/platform/index.js";
import {facet, definitionOf, arrow, exportOf, importOf} from "./engine/flows.js";
import {platform, type Json} from "./support.js";

const sql = (query: string) =>
  definitionOf(
    [
      importOf("in", "", {dataset_id: {dataset: "D"}}),
      facet("it", "FREE_FORM_SQL", {query}, "asked"),
      exportOf("out")
    ],
    [arrow("in > it"), arrow("it > out")]
  );
const script = (text: string) =>
  definitionOf(
    [
      importOf("in", "", {dataset_id: {dataset: "D"}}),
      facet("it", "PYTHON", {script: text, arguments: []}, "asked"),
      exportOf("out")
    ],
    [arrow("in > it"), arrow("it > out")]
  );

/** A query that takes hours, with next to no memory. */
const endless =
  "SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3";

async function withFlows(
  flows: Record<string, ReturnType<typeof sql>>,
  options: Partial<PlatformOptions> = {}
) {
  const {owner, platform: running} = await platform({
    ...options,
    seed: [
      {
        name: "A",
        description: "",
        datasets: [{name: "D", csv: "a\n1\n2\n"}],
        models: [],
        flows: Object.entries(flows).map(([name, definition]) => ({
          name,
          definition
        }))
      }
    ]
  });
  const {project_id} = (await owner.get("get-project", {name: "A"})).project as {project_id: string};
  const idsOf = async (name: string) => {
    const {pipeline} = await owner.get("get-pipeline", {project_id, name});
    return {project_id, pipeline_id: (pipeline as Json).pipeline_id as string};
  };
  const status = async (name: string) => await owner.get("is-pipeline-running", await idsOf(name));
  const start = async (name: string) => owner.post("run-pipeline", {pipeline: await idsOf(name)});
  const stop = async (name: string) => owner.post("stop-pipeline", {pipeline: await idsOf(name)});
  /** The log entry at the end of the run. */
  const ended = async (name: string) => {
    while ((await status(name)).status) await sleep(50);
    const {pipeline_log} = await owner.get("get-pipeline-log", {...(await idsOf(name)), limit: 1});
    return (pipeline_log as Json[])[0]!;
  };
  const run = async (name: string) => {
    await start(name);
    return ended(name);
  };
  /** Waits until the rows are being worked out: a query is only a view before. */
  const reached = async (name: string) => {
    while (!/EXPORTED/.test(String(((await status(name)).progress as Json).message))) await sleep(20);
  };
  return {owner, running, run, start, stop, ended, reached, status};
}

/** The processes that run flows for this one. */
const processes = () =>
  spawnSync("pgrep", ["-P", String(process.pid), "-f", "platform/runner/program.js"])
    .stdout.toString()
    .split("\n")
    .filter(Boolean)
    .map(Number);
/** Whether a process with this text in its arguments is left. */
const isLeft = (text: string) => spawnSync("pgrep", ["-f", text]).status === 0;
const hasPython = spawnSync("python3", ["-c", "import pandas"]).status === 0;

const modest = sql("SELECT sum(a) AS s FROM dataset");

describe("a run of a flow", {timeout: 180_000}, () => {
  it.each([
    ["a text of 3 GB", "SELECT length(repeat(repeat('a', 3000000), 1000)) AS n"],
    ["a list of numbers", "SELECT list(range) AS l FROM range(300000000)"],
    ["many long texts", "SELECT max(repeat('a', 40000000) || range) AS m FROM range(40)"]
  ])("fails that needs too much memory for %s, and the platform goes on", async (_what, query) => {
    const {run} = await withFlows({hungry: sql(query), modest}, {memory: 128});
    const log = await run("hungry");
    expect(log.status).toBe("FAILED");
    expect(log.message).toMatch(/FREE_FORM_SQL 'asked'.*memory/i);
    expect(await run("modest")).toMatchObject({status: "SUCCESS"});
  });

  it("fails when its time is over, though others never end, and the next one has its turn", async () => {
    const {run, start, ended} = await withFlows(
      {one: sql(endless), two: sql(endless), modest},
      {timeLimit: 8}
    );
    await Promise.all([start("one"), start("two")]);
    const logs = await Promise.all([run("modest"), ended("one"), ended("two")]);
    const late = {
      status: "FAILED",
      erroneous_facet_id: "out",
      message: expect.stringMatching(
        /^in EXPORTED or a step before it, the run took longer than the 8 s/
      ) as string
    };
    expect(logs).toMatchObject([{status: "SUCCESS"}, late, late]);
  });

  it("stops when it is told, in the middle of a statement", async () => {
    const {start, stop, reached, ended, run} = await withFlows({endless: sql(endless), modest});
    await start("endless");
    await reached("endless");
    await stop("endless");
    expect(await ended("endless")).toMatchObject({status: "STOPPED", erroneous_facet_id: ""});
    expect(await run("modest")).toMatchObject({status: "SUCCESS"});
  });

  it("fails when its process crashes, and the platform goes on", async () => {
    const {start, reached, ended, run} = await withFlows({endless: sql(endless), modest});
    await start("endless");
    await reached("endless");
    for (const pid of processes()) process.kill(pid, "SIGKILL");
    expect(await ended("endless")).toMatchObject({
      status: "FAILED",
      erroneous_facet_id: "out",
      message: expect.stringContaining("the run's process ended") as string
    });
    expect(await run("modest")).toMatchObject({status: "SUCCESS"});
  });

  it("fails of a definition without an OUTPUT facet, which can be saved", async () => {
    const {run} = await withFlows({
      unread: definitionOf(
        [importOf("in", "", {dataset_id: {dataset: "D"}}), facet("it", "COPY")],
        [arrow("in > it")]
      )
    });
    expect(await run("unread")).toMatchObject({
      status: "FAILED",
      message: expect.stringContaining("add an OUTPUT facet, such as EXPORTED") as string
    });
  });

  it("leaves no process when the platform closes", async () => {
    const {start, reached, running} = await withFlows({endless: sql(endless)});
    await start("endless");
    await reached("endless");
    expect(processes()).toHaveLength(1);
    await running.close();
    expect(processes()).toEqual([]);
  });

  it.skipIf(!hasPython)("fails whose script needs too much memory", async () => {
    const {run} = await withFlows(
      {hungry: script("result = [bytearray(10**9) for _ in range(9)]"), modest},
      {memory: 512, allowPython: true}
    );
    expect(await run("hungry")).toMatchObject({
      status: "FAILED",
      erroneous_facet_id: "it",
      message: expect.stringMatching(/^PYTHON 'asked': the script needs more than the \d+ MB/) as string
    });
    expect(await run("modest")).toMatchObject({status: "SUCCESS"});
  });

  it.skipIf(!hasPython)(
    "ends its script, with what that has started, when it is stopped or its process dies",
    async () => {
      const mark = `sleep 98${process.pid}`;
      const text = `import subprocess\nsubprocess.run(${JSON.stringify(mark.split(" "))})\nresult = data`;
      const {start, stop, ended} = await withFlows({endless: script(text)}, {allowPython: true});
      for (const end of [
        () => stop("endless"),
        () => Promise.resolve(processes().forEach((pid) => process.kill(pid, "SIGKILL")))
      ]) {
        await start("endless");
        while (!isLeft(mark)) await sleep(20);
        await end();
        await ended("endless");
        expect(isLeft(mark)).toBe(false);
      }
    }
  );
});
