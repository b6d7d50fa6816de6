// Flows are made, changed and run on the local platform: through its engine, and through runs that end as a test wants.
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it} from "vitest";
import {
  FlowError,
  RequestError,
  TimeoutError,
  type Flow,
  type FlowStatusReport
} from "../../lib/client/index.js";
import {FlowDefinition} from "../../lib/definition/index.js";
import type {RunFlow} from "../../lib/platform/index.js";
import {world} from "./write-support.js";

/** Flows called so end so, and wait for their variable `ms` before. */
const runs: RunFlow = async ({definition, variables, signal, onProgress}) => {
  const {facets} = definition as {facets: {facet_id: string; name: string}[]};
  onProgress({fraction: 0.5, title: "halfway", facetId: "0"} as never);
  await sleep(Number(variables.ms ?? 0), undefined, {signal});
  const bad = facets.find(({name}) => name === "bad");
  if (bad) throw Object.assign(new Error("there is no column x"), {facetId: bad.facet_id});
  return {datasets: [], modelVersions: [], notes: []};
};
const at = world({runFlow: runs});

const make = async (name: string, facetName = "count"): Promise<Flow> => {
  const {INPUT, MID, OUTPUT} = await at.ikigai.facetTypes();
  const input = at.ikigai.builder
    .facet({facetType: INPUT.IMPORTED, name: "load"})
    .arguments({dataset_id: "d1"});
  const counted = input.facet({facetType: MID.COUNT, name: facetName}).arguments({target_columns: ["a"]});
  const output = counted
    .facet({facetType: OUTPUT.EXPORTED, name: "save"})
    .arguments({dataset_name: "Out"})
    .variables({out: "dataset_name"});
  return at.app.flow.new(name).definition(output).build();
};
const asked = (path: string) => at.calls.filter((line) => line.includes(path)).length;

describe("a new flow", () => {
  it("takes its definition from a builder, a definition, another flow or what was saved", async () => {
    const flow = await make("Built");
    expect(flow.definition?.facets.map(({name}) => name)).toEqual(["load", "count", "save"]);
    const definition = flow.definition!;
    const whole = new FlowDefinition(definition);
    for (const source of [flow, definition, whole, whole.toJSON()]) {
      const copy = await at.app.flow.new("Copy").definition(source).build();
      expect(new FlowDefinition(copy.definition!).equals(whole)).toBe(true);
    }
  });

  it("of another app isn't copied", async () => {
    const flow = await make("Here");
    const elsewhere = Object.assign(Object.create(Object.getPrototypeOf(flow) as object) as Flow, {
      ...flow,
      appId: "p9"
    });
    await expect(at.app.flow.new("There").definition(elsewhere).build()).rejects.toThrow(
      "is in another app (p9)"
    );
  });

  it("may have a schedule and a preference", async () => {
    const endTime = new Date(4e12);
    const flow = await at.app.flow
      .new("Scheduled")
      .schedule({cron: "30  6 * * 1", endTime})
      .highVolumePreference(true)
      .agentAccess(true)
      .build();
    expect(flow).toMatchObject({highVolumePreference: true, agentAccess: true});
    expect((await make("Plain")).agentAccess).toBe(false);
    expect(flow.schedule).toMatchObject({name: "Scheduled", cron: "30 6 * * 1", endTime});
  });

  it.each([
    ["* * * * *", "only a plain number from 0 to 59"],
    ["0 6 * *", "must have five fields"],
    ["60 6 * * *", 'not "60"']
  ])("with the schedule %j is refused before anything is sent", async (cron, message) => {
    await expect(at.app.flow.new("Wrong").schedule(cron).build()).rejects.toThrow(message);
    expect(asked("create-pipeline")).toBe(0);
  });
});

describe("a flow", () => {
  it("is renamed, scheduled, redefined, preferred and deleted", async () => {
    const flow = await make("Old");
    await flow.rename("New");
    await flow.updateSchedule("0 6 * * *");
    await flow.updateHighVolumePreference(true);
    await flow.updateAgentAccess(true);
    await flow.updateDefinition({facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}});
    const changed = {name: "New", highVolumePreference: true, agentAccess: true};
    expect(await flow.describe()).toMatchObject({...changed, schedule: {cron: "0 6 * * *"}});
    expect(flow).toMatchObject({...changed, definition: {facets: []}});
    await flow.delete();
    expect((await at.app.flows.list()).has("New")).toBe(false);
  });

  it("of an older version is described as its facets are today, and what is lost is told", async () => {
    const old = {facet_id: "0", facet_uid: "M_016", name: "fit", arguments: {}};
    const definition = {
      facets: [
        {
          ...old,
          arguments: {submodel_type: "Lasso", model_name: "m", parameters: [{target_column: "y"}], gone: 1}
        }
      ],
      arrows: [],
      arguments: {},
      variables: {},
      model_variables: {}
    };
    const flow = await at.app.flow.new("Aged").definition(definition).build();
    expect(flow.definition?.facets[0]?.arguments).toHaveProperty("gone");
    const described = await flow.describe();
    expect(described.definition?.toJSON().facets).toEqual([
      {...old, arguments: {sub_model_type: "Lasso", model_name: "m", parameters: {target_column: "y"}}}
    ]);
    expect(at.warnings).toEqual([
      'flow "Aged": Dropped the argument "gone" of the PREDICT facet "fit": it has no such argument any more.'
    ]);
  });

  it("loses its schedule as soon as the platform drops it", async () => {
    const flow = await make("Unscheduled");
    await flow.updateSchedule("0 6 * * *");
    const {userEmail, apiKey, baseUrl} = at.platform;
    const response = await fetch(`${baseUrl}/component/get-pipeline?pipeline_id=${flow.flowId}`, {
      headers: {user: userEmail, "api-key": apiKey}
    });
    const {pipeline} = (await response.json()) as {pipeline: object};
    const schedule = {name: "", start_time: "", end_time: "", cron: ""};
    await at.faults({
      kind: "answer",
      path: "/component/get-pipeline",
      body: {pipeline: {...pipeline, schedule}}
    });
    await flow.removeSchedule();
    expect(flow.schedule).toBeUndefined();
  });
});

describe("a run", () => {
  it("is watched to its end, and gives its log", async () => {
    const flow = await make("Running");
    const seen: FlowStatusReport[] = [];
    const log = await flow.run({}, {onProgress: (report) => seen.push(report)});
    expect(log).toMatchObject({status: "SUCCESS", user: at.platform.userEmail});
    const statuses = seen.map(({status}) => status);
    expect(statuses[0]).toBe("SCHEDULED");
    expect(statuses.at(-1)).toBe("IDLE");
    expect(seen.map((report) => JSON.stringify(report))).toEqual([
      ...new Set(seen.map((report) => JSON.stringify(report)))
    ]);
    const again = await flow.run();
    expect(again.logId).not.toBe(log.logId);
  });

  it("gives its changes one after another", async () => {
    const flow = await make("Watched");
    const statuses: string[] = [];
    for await (const {status} of flow.watch()) statuses.push(status);
    expect(statuses.at(-1)).toBe("IDLE");
    expect(asked("run-pipeline")).toBe(1);
  });

  it("that fails names the facet and says why", async () => {
    const flow = await make("Failing", "bad");
    const failing = flow.run();
    await expect(failing).rejects.toBeInstanceOf(FlowError);
    await expect(failing).rejects.toThrow(
      'flow "Failing" failed in facet "bad" (COUNT): there is no column x'
    );
    await expect(failing).rejects.toMatchObject({
      call: "POST /component/run-pipeline",
      log: {status: "FAILED", erroneousFacetId: "1"}
    });
  });

  it("that leaves nothing in the log is an error", async () => {
    const flow = await make("Unlogged");
    await at.faults({kind: "answer", path: "/component/get-pipeline-log", body: {pipeline_log: []}});
    await expect(flow.run()).rejects.toThrow("its log has no entry of the run");
  });

  it("with a variable that the flow doesn't have is refused", async () => {
    const flow = await make("Typo");
    await expect(flow.run({horizn: 12})).rejects.toBeInstanceOf(RequestError);
  });

  it("is started once though the platform fails", async () => {
    const flow = await make("Once");
    await at.faults({kind: "error", path: "/component/run-pipeline"});
    await expect(flow.run()).rejects.toThrow("[500]");
    expect(asked("run-pipeline")).toBe(1);
  });

  it("stops being waited for when the signal aborts or time is up", async () => {
    const flow = await make("Long");
    const running = {status: true, progress: {status: "UNKNOWN", progress: 0, message: ""}};
    await at.faults({kind: "answer", path: "/component/is-pipeline-running", body: running});
    const stop = new AbortController();
    const reason = new Error("enough");
    const aborted = flow.run({}, {signal: stop.signal, onProgress: () => stop.abort(reason)});
    await expect(aborted).rejects.toBe(reason);
    await at.faults();
    await expect.poll(async () => (await flow.status()).status).toBe("IDLE");
    await at.faults({kind: "answer", path: "/component/is-pipeline-running", body: running});
    const late = flow.run({}, {timeout: 400});
    await expect(late).rejects.toBeInstanceOf(TimeoutError);
    await expect(late).rejects.toThrow('flow "Long" has not ended within 0.4 s');
  });
});
