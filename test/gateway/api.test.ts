// What the API says of flows, what it refuses to start, and flows that are built in a page.
import {randomUUID} from "node:crypto";
import {describe, expect, it} from "vitest";
import {FlowBuilder} from "../../lib/definition/index.js";
import {
  flowGraph,
  flowInfo,
  flowList,
  idempotencyHeader,
  runList,
  type FlowGraph,
  type FlowInfo,
  type FlowList,
  type RunList
} from "../../lib/gateway-api/index.js";
import {config, containing, gateway, temporaryFolder, world} from "./runs-support.js";

const at = world();

describe("flows", () => {
  it("are listed as the config has them, each as the viewer may use it", async () => {
    const {page, as} = await gateway(at);
    const {body} = await page.get<FlowList>("/flows");
    expect(flowList.parse(body)).toEqual(body);
    expect(body).toMatchObject({viewer: null, definitions: []});
    expect(body.flows.map(({key, mayRun}) => [key, mayRun])).toEqual([
      ["reforecast", true],
      ["queued", true],
      ["writing", true],
      ["failing", true],
      ["anns", false],
      ["missing", true]
    ]);
    expect(body.flows[0]).toEqual({
      key: "reforecast",
      name: "Re-forecast",
      app: "Demand",
      label: "Forecast again",
      help: "Takes a while.",
      variables: {ms: {type: "integer", min: 0, max: 600_000, label: "Wait"}},
      whenRunning: "join",
      writes: [],
      mayRun: true
    });
    expect(body.flows[2]!.writes).toEqual([
      "demand-forecast",
      "demand-forecast-editions",
      "demand-versions",
      "demand-metrics",
      "demand-hyperparameters"
    ]);
    const anns = await as("ann").get<FlowList>("/flows");
    expect(anns.body.viewer).toBe("ann");
    expect(anns.body.flows.every(({mayRun}) => mayRun)).toBe(true);
    expect(at.calls).toEqual([]);
  });

  it("have a graph to draw, which the platform is asked for once by all", async () => {
    const {page} = await gateway(at);
    const graphs = await Promise.all([1, 2, 3].map(() => page.get<FlowGraph>("/flows/reforecast/graph")));
    const {body} = graphs[0]!;
    expect(flowGraph.parse(body)).toEqual({
      facets: [
        {facetId: "0", name: "load", type: "IMPORTED", chain: "INPUT"},
        {facetId: "1", name: "count", type: "COUNT", chain: "MID"},
        {facetId: "2", name: "save", type: "EXPORTED", chain: "OUTPUT"}
      ],
      arrows: [
        {source: "0", destination: "1"},
        {source: "1", destination: "2"}
      ]
    });
    expect(at.asked("get-pipelines-for-project")).toBe(1);
  });

  it("have a history, newest first", async () => {
    const {page, as} = await gateway(at);
    const first = await page.requestRun("reforecast");
    await page.ended(first.body.id);
    const second = await as("ann").requestRun("reforecast");
    await page.ended(second.body.id);
    const {body} = await page.get<RunList>("/flows/reforecast/runs");
    expect(runList.parse(body).runs.map(({id, user}) => [id, user])).toEqual([
      [second.body.id, "ann"],
      [first.body.id, null]
    ]);
    expect((await page.get<RunList>("/flows/reforecast/runs?limit=1")).body.runs).toHaveLength(1);
    expect(await page.get("/flows/reforecast/runs?limit=many")).toMatchObject({status: 400});
    expect((await page.get<RunList>("/flows/queued/runs")).body.runs).toEqual([]);
  });

  it("that the platform can't describe are a failure of the platform", async () => {
    const {page} = await gateway(at);
    expect(await page.get("/flows/missing/graph")).toMatchObject({
      status: 502,
      body: {error: {code: "platform", message: containing('called "No such flow"')}}
    });
    await at.faults({kind: "error", status: 503});
    const {status, body} = await page.get("/flows/reforecast/graph");
    expect([status, body.error.code]).toEqual([502, "platform"]);
  });
});

describe("nothing is started", () => {
  it.each(["nope", "constructor", "__proto__", "toString", "saved:nope", "reforecast%00", "..%2freforecast"])(
    "of the flow %s, which the config doesn't have",
    async (key) => {
      const {page} = await gateway(at);
      expect(await page.requestRun(key)).toMatchObject({status: 404, body: {error: {code: "unknown"}}});
      expect(await page.get(`/flows/${key}/runs`)).toMatchObject({status: 404});
      expect(await page.get(`/flows/${key}/graph`)).toMatchObject({status: 404});
      expect(at.calls).toEqual([]);
    }
  );

  it.each([
    [{ms: "12"}, {ms: "should be a whole number"}],
    [{ms: -1}, {ms: "should be at least 0"}],
    [{ms: [1]}, {ms: "should be a whole number"}],
    [{ms: 1, horizon: 3}, {horizon: "is not a variable of this flow; it has ms"}],
    [{constructor: 1}, {constructor: "is not a variable of this flow; it has ms"}]
  ])("with the variables %j", async (variables, faults) => {
    const {page} = await gateway(at);
    expect(await page.requestRun("reforecast", variables)).toMatchObject({
      status: 422,
      body: {error: {code: "variables", faults}}
    });
    expect(at.calls).toEqual([]);
  });

  it.each([
    ["[]", "request"],
    ["null", "request"],
    ['{"variables": []}', "variables"],
    ['{"variables": {}, "flow": "x"}', "flow"],
    ['{"variables": {"__proto__": {"ms": 1}}}', ""],
    ['{"variables": {"constructor": {"prototype": {"ms": 1}}}}', ""],
    ["{", ""]
  ])("by the body %s", async (body, named) => {
    const {page} = await gateway(at);
    const answer = await page.post("/flows/reforecast/runs", body, {[idempotencyHeader]: randomUUID()});
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(named);
    expect(({} as {ms?: number}).ms).toBeUndefined();
    expect(at.calls).toEqual([]);
  });

  it.each(["", "1", "x".repeat(36), `${randomUUID()}0`])("by the idempotency key %j", async (key) => {
    const {page} = await gateway(at);
    expect(await page.requestRun("reforecast", {}, key)).toMatchObject({
      status: 400,
      body: {error: {code: "invalid", message: containing(idempotencyHeader)}}
    });
  });

  it("by somebody whom the config doesn't name", async () => {
    const {page, as} = await gateway(at);
    for (const somebody of [page, as("bob"), as("Ann")]) {
      expect(await somebody.requestRun("anns")).toMatchObject({
        status: 403,
        body: {error: {code: "forbidden"}}
      });
    }
    expect((await as("bob").requestRun("anns")).body.error.message).toContain("bob is not one of them");
    const {status, body} = await as("ann").requestRun("anns");
    expect(status).toBe(201);
    await page.ended(body.id);
  });

  it("by asking for a run that isn't there", async () => {
    const {page} = await gateway(at);
    for (const id of [randomUUID(), "__proto__", "x"]) {
      expect(await page.get(`/runs/${id}`)).toMatchObject({status: 404});
    }
  });
});

describe("a flow that was built in a page", () => {
  const open = {...config, allowDefinitions: ["Demand"]};

  async function definition(name = "copy"): Promise<object> {
    const {INPUT, OUTPUT} = await at.client.facetTypes();
    return new FlowBuilder()
      .facet({facetType: INPUT.IMPORTED, name: "load", arguments: {dataset_id: "d1"}})
      .facet({facetType: OUTPUT.EXPORTED, name: "save", arguments: {dataset_name: name}})
      .variables({out: "dataset_name"})
      .build()
      .toJSON();
  }

  it("is saved, listed, run, and there after a restart, as long as the config allows it", async () => {
    const state = await temporaryFolder();
    const first = await gateway(at, {config: open, state});
    const name = `Built ${randomUUID()}`;
    const {status, body} = await first
      .as("ann")
      .post<FlowInfo>("/apps/Demand/flows", {name, definition: await definition()});
    expect(status).toBe(201);
    expect(flowInfo.parse(body)).toMatchObject({
      key: containing("saved:"),
      name,
      app: "Demand",
      variables: {out: {type: "text", default: "copy"}},
      writes: []
    });
    const {body: run} = await first.page.requestRun(body.key, {out: "Other"});
    expect(await first.page.ended(run.id)).toMatchObject({status: "done", variables: {out: "Other"}});
    await first.close();

    const second = await gateway(at, {config: open, state});
    const {flows, definitions} = (await second.page.get<FlowList>("/flows")).body;
    expect(definitions).toEqual(["Demand"]);
    expect(flows.map(({key}) => key)).toContain(body.key);
    expect((await second.page.get<FlowGraph>(`/flows/${body.key}/graph`)).body.facets).toHaveLength(2);
    await second.close();

    const third = await gateway(at, {state});
    expect(await third.page.requestRun(body.key)).toMatchObject({status: 404});
  });

  it("replaces no other flow", async () => {
    const {page} = await gateway(at, {config: open});
    const flow = {name: `Once ${randomUUID()}`, definition: await definition()};
    const answers = await Promise.all([1, 2, 3].map(() => page.post("/apps/Demand/flows", flow)));
    expect(answers.map(({status}) => status).sort()).toEqual([201, 409, 409]);
    expect(await page.post("/apps/Demand/flows", {...flow, name: "Re-forecast"})).toMatchObject({
      status: 409,
      body: {error: {code: "conflict", message: containing("choose another name")}}
    });
  });

  it("is refused where the config doesn't allow it, by any name of the app", async () => {
    const {appId} = await at.client.apps.get("Demand");
    const flow = {name: "Nope", definition: await definition()};
    const {page} = await gateway(at);
    for (const app of ["Demand", appId, "Other", "__proto__"]) {
      expect(await page.post(`/apps/${app}/flows`, flow)).toMatchObject({
        status: 403,
        body: {error: {code: "forbidden"}}
      });
    }
    expect(at.asked("create-pipeline")).toBe(0);
    const byId = await gateway(at, {config: {...config, allowDefinitions: [appId]}});
    const saved = await byId.page.post("/apps/Demand/flows", {...flow, name: `By id ${randomUUID()}`});
    expect(saved.status).toBe(201);
  });

  it.each([
    ["an unknown facet", {facets: [{facet_id: "0", facet_uid: "X_1", name: "", arguments: {}}]}, "X_1"],
    [
      "an unknown argument",
      {facets: [{facet_id: "0", facet_uid: "I_005", name: "", arguments: {dataset: "d"}}]},
      "dataset_id"
    ],
    [
      "a wrong value",
      {facets: [{facet_id: "0", facet_uid: "I_005", name: "", arguments: {header: 1}}]},
      "header"
    ],
    ["an arrow into nothing", {arrows: [{source: "0", destination: "9", arguments: {}}]}, "not both facets"],
    ["a variable of no facet", {variables: {x: {facet_name: "who", name: "header"}}}, "no facet called"],
    ["no facets", {facets: [], arrows: [], variables: {}}, "no facets"],
    ["something unchecked", {model_variables: {m: {a: 1}}}, "not accepted from pages"],
    ["another shape", {facets: "all"}, "facets"]
  ])("is refused with %s", async (_, part, named) => {
    const {page} = await gateway(at, {config: open});
    const answer = await page.post("/apps/Demand/flows", {
      name: "Wrong",
      definition: {...(await definition()), ...part}
    });
    expect(answer).toMatchObject({status: 422, body: {error: {code: "definition"}}});
    expect(answer.body.error.message).toContain(named);
    expect(at.asked("create-pipeline")).toBe(0);
  });

  it.each(["", "   ", "a\nb", "x".repeat(201)])("is refused with the name %j", async (name) => {
    const {page} = await gateway(at, {config: open});
    const answer = await page.post("/apps/Demand/flows", {name, definition: await definition()});
    expect(answer).toMatchObject({
      status: 400,
      body: {error: {code: "invalid", message: containing("name")}}
    });
  });
});
