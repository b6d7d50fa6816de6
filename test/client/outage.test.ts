// A run is watched through outages of the platform, and started once whatever they do.
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it, vi} from "vitest";
import {FlowError, Ikigai, type RunOptions} from "../../lib/client/index.js";
import {drop, json, scriptedServer, text, type Step} from "./scripted-server.js";

// The waits are what they are, but none takes its time.
vi.mock("node:timers/promises", () => ({
  setTimeout: vi.fn(async (_: number, __: unknown, {signal}: {signal?: AbortSignal} = {}) =>
    signal?.throwIfAborted()
  )
}));

const record = {
  project_id: "p1",
  name: "Demand",
  owner: "",
  description: "",
  created_at: "1",
  modified_at: "1"
};
const flow = {...record, pipeline_id: "f1", name: "Re-forecast", definition: {}};
const ended = {log_id: "l2", status: "SUCCESS", user: "", timestamp: "2", message: "3 rows"};
const busy = text("busy", 503);
const maintenance = text("<h1>Back soon</h1>");
const unknownUser = json({message: "Forbidden"}, 403);

interface Script {
  status?: Step[];
  log?: Step[];
  run?: Step;
}

const statusOf = (status: "RUNNING" | "IDLE") =>
  json({status: status === "RUNNING", progress: {status, progress: 0, message: ""}});
const started = json({pipeline_id: "f1"});
const success = json({pipeline_log: [ended]});
const empty = json({pipeline_log: []});

/** A flow whose platform answers each kind of question in turn, the last answer again and again. */
async function scene({status = [statusOf("IDLE")], log = [empty, success], run = started}: Script) {
  const scripts: [string, Step[]][] = [
    ["is-pipeline-running", [...status]],
    ["get-pipeline-log", [...log]],
    ["run-pipeline", [run]],
    ["get-pipeline", [json({pipeline: flow})]],
    ["get-project", [json({project: record})]]
  ];
  const server = await scriptedServer((request, response) => {
    const [, steps] = scripts.find(([path]) => request.url!.includes(path))!;
    (steps.length > 1 ? steps.shift()! : steps[0]!)(request, response);
  });
  const client = new Ikigai({
    userEmail: "bob@example.com",
    apiKey: "a-key",
    baseUrl: server.baseUrl,
    retry: 0
  });
  const found = await (await client.apps.byId("p1")).flows.byId("f1");
  return {
    run: (options?: RunOptions) => found.run({}, options),
    starts: () => server.asked.filter(({url}) => url.includes("run-pipeline")).length
  };
}

describe("a run that is waited for", () => {
  it.each<[string, Step[]]>([
    ["fails for a while", [busy, busy, busy]],
    ["can't be reached", [drop, drop]],
    ["is behind a proxy that answers for it", [maintenance, unknownUser]]
  ])("survives a platform that %s", async (_, outage) => {
    const onOutage = vi.fn();
    const status = [statusOf("RUNNING"), ...outage, statusOf("RUNNING"), ...outage, statusOf("IDLE")];
    const {run, starts} = await scene({status, log: [empty, ...outage, success]});
    expect(await run({onOutage})).toMatchObject({status: "SUCCESS", data: "3 rows"});
    expect(onOutage).toHaveBeenCalledTimes(3 * outage.length);
    expect(starts()).toBe(1);
  });

  it("waits longer from one failure to the next, up to half a minute", async () => {
    vi.mocked(sleep).mockClear();
    const {run} = await scene({status: [...Array<Step>(7).fill(busy), statusOf("IDLE")]});
    await run();
    expect(
      vi
        .mocked(sleep)
        .mock.calls.map(([ms]) => ms)
        .filter((ms) => ms! >= 1000)
    ).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  });

  it("is given up when the outage has lasted as long as is allowed", async () => {
    const {run} = await scene({status: [busy]});
    await expect(run({maxOutage: 0})).rejects.toThrow("[503]");
  });

  it("isn't waited for on a platform that no longer has the flow", async () => {
    const {run} = await scene({status: [json({message: "Pipeline was not found"}, 404)]});
    await expect(run()).rejects.toThrow("was not found");
  });

  it.each([
    ["breaks", drop],
    ["is answered by a failure", busy]
  ])("is followed when the request to start it %s: it may have been carried out", async (_, step) => {
    const {run, starts} = await scene({run: step});
    expect(await run()).toMatchObject({status: "SUCCESS"});
    expect(starts()).toBe(1);
  });

  it("fails with why it wasn't started when the platform then knows no such run", async () => {
    const {run, starts} = await scene({run: busy, log: [empty]});
    const failed = run();
    await expect(failed).rejects.toBeInstanceOf(FlowError);
    await expect(failed).rejects.toThrow(
      /^flow "Re-forecast" was not started\. POST \/component\/run-pipeline: busy \[503\]/
    );
    expect(starts()).toBe(1);
  });

  it("fails at once when the platform refuses to start it", async () => {
    const {run} = await scene({run: json({message: "no such variable"}, 400)});
    await expect(run()).rejects.toThrow("no such variable [400]");
  });
});
