// Flows that were built in pages: who may save, run, list and delete which, what they may write, and how long they stay.
import {randomUUID} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import type {Config} from "../../lib/config/index.js";
import {FlowBuilder, type FlowDefinitionJSON} from "../../lib/definition/index.js";
import {
  savedFlowList,
  type FlowInfo,
  type FlowList,
  type Refusal,
  type Run,
  type SavedFlow,
  type SavedFlowList
} from "../../lib/gateway-api/index.js";
import {startShop, type Shop} from "./shop.js";
import {ask, fromPage, type Asked} from "./support.js";

type Definitions = Config["allowDefinitions"];

/** A gateway behind a proxy that names the viewers. */
const startFor = (allowDefinitions: Definitions): Promise<Shop> =>
  startShop({
    config: {
      gateway: {userHeader: "x-user", trustedProxies: ["127.0.0.1"]},
      allowDefinitions: allowDefinitions!
    }
  });

/** A page of a viewer. */
function pageOf({url}: Shop, user: string, how: Partial<Asked> = {}) {
  const send = async <T>(method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const {"content-type": type, ...page} = fromPage(url);
    const headers = {
      ...page,
      "x-user": Buffer.from(user).toString("latin1"),
      ...more,
      ...(body !== undefined && {"content-type": type})
    };
    const text = body === undefined ? {} : {body: JSON.stringify(body)};
    const answer = await ask(url, `/api${path}`, {
      method,
      ...text,
      ...how,
      headers: {...headers, ...how.headers}
    });
    return {status: answer.status, body: JSON.parse(answer.body) as T & Refusal};
  };
  return {
    list: async () => (await send<FlowList>("GET", "/flows")).body,
    save: (name: string, definition: object, app = "Shop") =>
      send<FlowInfo>("POST", `/apps/${app}/flows`, {name, definition}),
    saved: async () => savedFlowList.parse((await send<SavedFlowList>("GET", "/apps/Shop/flows")).body).flows,
    delete: (key: string) => send<SavedFlow>("DELETE", `/flows/${encodeURIComponent(key)}`),
    run: (key: string, variables = {}) =>
      send<Run>("POST", `/flows/${key}/runs`, {variables}, {"idempotency-key": randomUUID()}),
    ended: (id: string) =>
      expect.poll(async () => (await send<Run>("GET", `/runs/${id}`)).body.status).toBe("done")
  };
}

/** A definition that copies the sales to a dataset. */
async function copyTo(shop: Shop, dataset: string, variables: object = {}): Promise<FlowDefinitionJSON> {
  const client = new Ikigai({...shop.platform});
  const {INPUT, OUTPUT} = await client.facetTypes();
  const sales = await (await client.apps.get("Shop")).datasets.get("Sales");
  await client.close();
  const definition = new FlowBuilder()
    .facet({facetType: INPUT.IMPORTED, arguments: {dataset_id: sales.datasetId, use_raw_file: false}})
    .facet({facetType: OUTPUT.EXPORTED, name: "save", arguments: {dataset_name: dataset}})
    .build()
    .toJSON();
  return {...definition, variables: variables as FlowDefinitionJSON["variables"]};
}

async function flowsOf(shop: Shop): Promise<string[]> {
  const client = new Ikigai({...shop.platform});
  const names = [...(await (await client.apps.get("Shop")).flows.list())].map(({name}) => name);
  await client.close();
  return names.sort();
}

const containing = (text: string): unknown => expect.stringContaining(text);
const refused = (code: string, message: string) => ({body: {error: {code, message: containing(message)}}});

describe("what a saved flow writes", () => {
  it("is no dataset that the config or one of its flows names, whatever it looks like", async () => {
    const shop = await startFor(true);
    const bob = pageOf(shop, "bob");
    const names = [
      "Sold",
      " Sold ",
      "SOLD",
      "So\u200bld",
      "\uff33old",
      "Sales",
      "IKIGAI-KIT: sold (0123456789)"
    ];
    for (const name of names) {
      expect(await bob.save("Mine", await copyTo(shop, name)), name).toMatchObject({
        status: 422,
        ...refused("definition", `the dataset ${JSON.stringify(name)}`)
      });
    }
    const {body} = await bob.save("Mine", await copyTo(shop, "Sold"));
    expect(body.error.message).toContain("have this one listed in allowDefinitions.overwrite");
    expect(await flowsOf(shop)).toEqual(["Copy", "Other"]);
  });

  it("isn't such a dataset by a variable's value either", async () => {
    const shop = await startFor(true);
    const bob = pageOf(shop, "bob");
    const out = {facet_name: "save", name: "dataset_name"};
    const {status, body} = await bob.save("Mine", await copyTo(shop, "Mine", {out}));
    expect(status).toBe(201);
    for (const name of ["Sold", "sold\u00a0"]) {
      const answer = await bob.run(body.key, {out: name});
      expect(answer).toMatchObject({status: 422, ...refused("variables", "don't fit")});
      expect(answer.body.error.faults!["out"]).toContain(`the dataset ${JSON.stringify(name)}`);
    }
    const {status: started, body: run} = await bob.run(body.key, {out: "Mine, too"});
    expect(started).toBe(201);
    await bob.ended(run.id);
    const other = await bob.save("Also", await copyTo(shop, "Mine", {out: {...out, name: "datasetName"}}));
    if (other.status === 201)
      expect(await bob.run(other.body.key, {out: "Sold"})).toMatchObject({status: 422});
  });

  it("is one that the config lists", async () => {
    const shop = await startFor({overwrite: ["Sold"]});
    const bob = pageOf(shop, "bob");
    const {status, body} = await bob.save("Mine", await copyTo(shop, "Sold"));
    expect(status).toBe(201);
    await bob.ended((await bob.run(body.key)).body.id);
    expect(await bob.save("Other one", await copyTo(shop, "Sales"))).toMatchObject({status: 422});
  });
});

describe("with users in allowDefinitions", () => {
  it("only they may save and run, and names can't be forged", async () => {
    const shop = await startFor({users: ["ann"]});
    const definition = await copyTo(shop, "Mine");
    const [ann, bob] = [pageOf(shop, "ann"), pageOf(shop, "bob")];
    expect((await ann.list()).definitions).toEqual(["Shop"]);
    expect((await bob.list()).definitions).toEqual([]);
    for (const [somebody, status] of [
      [bob, 403],
      [pageOf(shop, "Ann"), 403],
      [pageOf(shop, "ann\u200b"), 403],
      [pageOf(shop, ""), 401],
      [pageOf(shop, "ann", {from: "127.0.0.2"}), 403],
      [pageOf(shop, "bob", {headers: {"x-user": ["bob", "ann"]}}), 403],
      [pageOf(shop, "bob", {headers: {"X-Forwarded-User": "ann", "x-real-user": "ann"}}), 403]
    ] as const) {
      expect((await somebody.save("Mine", definition)).status).toBe(status);
    }
    expect(await bob.save("Mine", definition)).toMatchObject(refused("forbidden", "bob is not one of them"));
    const {status, body} = await ann.save("Mine", definition);
    expect(status).toBe(201);
    expect(await bob.run(body.key)).toMatchObject({status: 403});
    expect((await bob.list()).flows.find(({key}) => key === body.key)).toMatchObject({mayRun: false});
    await ann.ended((await ann.run(body.key)).body.id);
  });
});

describe("a saved flow", () => {
  it("is listed for the viewer who saved it and deleted by that viewer, here and on the platform", async () => {
    const shop = await startFor(true);
    const [ann, bob] = [pageOf(shop, "ann"), pageOf(shop, "bob")];
    const {key} = (await ann.save("Ann's", await copyTo(shop, "Mine"))).body;
    await ann.ended((await ann.run(key)).body.id);
    const [listed, ...more] = await ann.saved();
    expect(more).toEqual([]);
    expect(listed).toMatchObject({key, name: "Ann's", app: "Shop", user: "ann", mayRun: true});
    expect((Date.parse(listed!.expiresAt) - Date.parse(listed!.savedAt)) / 86_400_000).toBe(30);
    expect(await bob.saved()).toEqual([]);
    expect(await bob.delete(key)).toMatchObject({
      status: 403,
      ...refused("forbidden", "the person who saved")
    });

    expect(await ann.delete(key)).toMatchObject({status: 200, body: {key, name: "Ann's"}});
    expect(await ann.saved()).toEqual([]);
    expect(await flowsOf(shop)).toEqual(["Copy", "Other"]);
    expect(await ann.run(key)).toMatchObject({status: 404});
    expect(await ann.delete(key)).toMatchObject({status: 404});
    expect((await ann.save("Ann's", await copyTo(shop, "Mine"))).status).toBe(201);

    const audit = (await readFile(join(shop.state, "state", "audit.jsonl"), "utf8")).trimEnd().split("\n");
    const events = audit.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.filter(({flow}) => flow === key)).toMatchObject([
      {event: "save", user: "ann", message: "Ann's"},
      {event: "start"},
      {event: "end"},
      {event: "delete", user: "ann", message: "Ann's"}
    ]);
  });

  it("is listed and deleted by those whom the config names, too", async () => {
    const shop = await startFor([{app: "Shop", users: ["ann", "bob"]}]);
    const [ann, bob] = [pageOf(shop, "ann"), pageOf(shop, "bob")];
    const {key} = (await ann.save("Ann's", await copyTo(shop, "Mine"))).body;
    expect((await bob.saved()).map((flow) => flow.user)).toEqual(["ann"]);
    expect(await pageOf(shop, "eve").saved()).toEqual([]);
    expect(await pageOf(shop, "eve").delete(key)).toMatchObject({status: 403});
    expect(await bob.delete(key)).toMatchObject({status: 200});
  });

  it("is the only kind of flow that can be deleted", async () => {
    const shop = await startFor(true);
    const ann = pageOf(shop, "ann");
    expect(await ann.delete("copy")).toMatchObject({status: 403, ...refused("forbidden", "built in a page")});
    for (const key of [
      "Other",
      "saved:",
      "saved:__proto__",
      "__proto__",
      "saved:../x",
      `saved:${randomUUID()}`
    ])
      expect((await ann.delete(key)).status, key).toBe(404);
    expect(await flowsOf(shop)).toEqual(["Copy", "Other"]);
  });

  it("is one of at most so many of a viewer", async () => {
    const shop = await startFor({most: 2});
    const [ann, bob] = [pageOf(shop, "ann"), pageOf(shop, "bob")];
    const definition = await copyTo(shop, "Mine");
    const answers = await Promise.all(["a", "b", "c", "d"].map((name) => ann.save(name, definition)));
    expect(answers.map(({status}) => status).sort()).toEqual([201, 201, 429, 429]);
    expect(await ann.save("e", definition)).toMatchObject(refused("toomany", "You have saved 2 flows here"));
    expect((await bob.save("f", definition)).status).toBe(201);
    await ann.delete((await ann.saved())[0]!.key);
    expect((await ann.save("g", definition)).status).toBe(201);
  });
});
