// Saved flows through kills, outages, a full disk, an older gateway and the days.
import {randomUUID} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {afterEach, describe, expect, it, vi} from "vitest";
import type {Config} from "../../lib/config/index.js";
import {FlowBuilder, type FlowDefinition} from "../../lib/definition/index.js";
import type {FlowInfo, FlowList, SavedFlowList} from "../../lib/gateway-api/index.js";
import {GatewayStore} from "../../lib/gateway/runs/gateway-store.js";
import type {SavedFlowRecord} from "../../lib/gateway/runs/records.js";
import {mayMount, smallDisk} from "../small-disk.js";
import {config as shared, containing, gateway, temporaryFolder, world, type Page} from "./runs-support.js";

const at = world();
const config: Config = {...shared, allowDefinitions: {keep: 2}};

async function definition(dataset = "Mine"): Promise<FlowDefinition> {
  const {INPUT, OUTPUT} = await at.client.facetTypes();
  return new FlowBuilder()
    .facet({facetType: INPUT.IMPORTED, name: "load", arguments: {dataset_id: "d1"}})
    .facet({facetType: OUTPUT.EXPORTED, name: "save", arguments: {dataset_name: dataset}})
    .build();
}

const save = async (page: Page, name: string) =>
  page.post<FlowInfo>("/apps/Demand/flows", {name, definition: (await definition()).toJSON()});
const saved = async (page: Page) => (await page.get<SavedFlowList>("/apps/Demand/flows")).body.flows;
const onPlatform = async (name: string) =>
  (await (await at.client.apps.get("Demand")).flows.list()).has(name);

/** A state folder in which a gateway left these saved flows. */
async function stateWith(...flows: object[]): Promise<string> {
  const folder = await temporaryFolder();
  const store = await GatewayStore.open(folder);
  await store.commit(...flows.map((flow) => ["put", "flows", flow as SavedFlowRecord] as const));
  await store.close();
  return folder;
}

/** A flow that a gateway was saving when it was killed. */
async function halfSaved(name: string): Promise<object> {
  const {appId} = await at.client.apps.get("Demand");
  return {
    id: randomUUID(),
    flowId: null,
    appId,
    app: "Demand",
    name,
    variables: {},
    writes: {datasets: ["Mine"], variables: []},
    viewer: "ann",
    user: "ann",
    savedAt: Date.now(),
    definition: (await definition()).toJSON()
  };
}

describe("a gateway that was killed while it saved a flow", () => {
  it("finds the flow that the platform has made, and drops what it hasn't", async () => {
    const [made, never, others] = [`Made ${randomUUID()}`, `Never ${randomUUID()}`, `Others ${randomUUID()}`];
    const app = await at.client.apps.get("Demand");
    await app.flow
      .new(made)
      .definition(await definition())
      .build();
    await app.flow
      .new(others)
      .definition(await definition("Theirs"))
      .build();
    const state = await stateWith(await halfSaved(made), await halfSaved(never), await halfSaved(others));
    const {as} = await gateway(at, {config, state});
    await expect.poll(async () => (await saved(as("ann"))).map(({name}) => name)).toEqual([made]);
    // The names of the others are free again where the platform has none.
    await expect.poll(async () => (await save(as("ann"), never)).status).toBe(201);
    expect(await onPlatform(others)).toBe(true);
    expect(await readFile(join(state, "audit.jsonl"), "utf8")).toContain(made);
  });
});

it("a flow is noted though the platform's answer was lost", async () => {
  const {as, page} = await gateway(at, {config});
  const name = `Lost ${randomUUID()}`;
  await at.faults({kind: "truncate", path: "/component/create-pipeline", bytes: 1, times: 1});
  expect((await save(as("ann"), name)).status).toBe(502);
  await expect.poll(async () => (await saved(as("ann"))).map((flow) => flow.name)).toEqual([name]);
  expect((await page.get<FlowList>("/flows")).body.flows.map((flow) => flow.name)).toContain(name);
});

it("a flow that is saved while the clock is set back doesn't expire when it is right again", async () => {
  const {as} = await gateway(at, {config});
  const ann = as("ann");
  const [first, second] = [`First ${randomUUID()}`, `Second ${randomUUID()}`];
  expect((await save(ann, first)).status).toBe(201);
  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() - 100 * 86_400_000);
  const {status} = await save(ann, second);
  clock.mockRestore();
  expect(status).toBe(201);
  const [before, after] = [first, second].map(async (name) =>
    Date.parse((await saved(ann)).find((flow) => flow.name === name)!.savedAt)
  );
  expect(await after!).toBeGreaterThanOrEqual(await before!);
});

describe.skipIf(!mayMount)("a full disk", () => {
  it("keeps a flow from being made, and what is made is on record", async () => {
    const disk = smallDisk();
    const {as} = await gateway(at, {config: {...config, allowDefinitions: {most: 100}}, state: disk.folder});
    const ann = as("ann");
    disk.fill(1);
    const names = Array.from({length: 12}, () => `Full ${randomUUID()}`);
    const statuses: number[] = [];
    for (const name of names) statuses.push((await save(ann, name)).status);
    expect(statuses.at(-1)).toBe(500);
    disk.free();
    const made = [];
    for (const name of names) if (await onPlatform(name)) made.push(name);
    await expect.poll(async () => (await saved(ann)).map(({name}) => name)).toEqual(made);
  });
});

describe("a saved flow's days", () => {
  afterEach(() => void vi.useRealTimers());

  it("end with its deletion, here and on the platform", async () => {
    const state = await temporaryFolder();
    const name = `Old ${randomUUID()}`;
    const first = await gateway(at, {config, state});
    const {key} = (await save(first.as("ann"), name)).body;
    await first.close();
    vi.useFakeTimers({toFake: ["Date"], now: Date.now() + 47 * 3_600_000});
    const second = await gateway(at, {config, state});
    expect((await saved(second.as("ann"))).map((flow) => flow.key)).toEqual([key]);
    await second.close();
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    const third = await gateway(at, {config, state});
    expect(await third.as("ann").requestRun(key)).toMatchObject({status: 404});
    await expect.poll(() => onPlatform(name)).toBe(false);
    await expect.poll(() => saved(third.as("ann"))).toEqual([]);
    const lines = (await readFile(join(state, "audit.jsonl"), "utf8")).trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      event: "delete",
      flow: key,
      user: null,
      outcome: "expired"
    });
  });
});

it("a flow that is running isn't deleted", async () => {
  const {as} = await gateway(at, {config});
  const ann = as("ann");
  const {key} = (await save(ann, `Busy ${randomUUID()}`)).body;
  const {body: run} = await ann.requestRun(key);
  expect(await ann.delete(`/flows/${key}`)).toMatchObject({
    status: 409,
    body: {error: {code: "conflict", message: containing("A run of this flow goes on")}}
  });
  await ann.ended(run.id);
  expect(await ann.delete(`/flows/${key}`)).toMatchObject({status: 200});
});

it("a flow of an older gateway can be deleted by those whom the config names, and not be run", async () => {
  const app = await at.client.apps.get("Demand");
  const name = `Older ${randomUUID()}`;
  const {flowId: id, appId} = await app.flow
    .new(name)
    .definition(await definition())
    .build();
  const state = await stateWith({id, appId, app: "Demand", name, variables: {}});
  const {as} = await gateway(at, {config: {...config, allowDefinitions: {users: ["ann"]}}, state});
  const [flow] = await saved(as("ann"));
  expect(flow).toMatchObject({key: `saved:${id}`, name, user: null});
  expect(Date.parse(flow!.savedAt)).toBeGreaterThan(Date.now() - 60_000);
  expect(await as("ann").requestRun(flow!.key)).toMatchObject({
    status: 422,
    body: {error: {code: "definition", message: containing("save it again")}}
  });
  expect(await as("ann").delete(`/flows/${flow!.key}`)).toMatchObject({status: 200});
  expect(await onPlatform(name)).toBe(false);
});
