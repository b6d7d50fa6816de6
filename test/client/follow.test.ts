// A run is started by one client and followed by another, which knows only what the log had before.
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it} from "vitest";
import {FlowError, Ikigai, type Flow, type RunLog} from "../../lib/client/index.js";
import {world} from "./write-support.js";

const at = world({
  runFlow: async ({variables, signal}) => {
    await sleep(Number(variables.ms ?? 0), undefined, {signal});
    if (variables.ms === 13) throw new Error("unlucky");
    return {datasets: [], modelVersions: [], notes: [`ms was ${String(variables.ms)}`]};
  }
});

async function make(name: string): Promise<Flow> {
  const {INPUT, OUTPUT} = await at.ikigai.facetTypes();
  const definition = at.ikigai.builder
    .facet({facetType: INPUT.IMPORTED, arguments: {dataset_id: "d1"}})
    .facet({facetType: OUTPUT.EXPORTED, name: "save", arguments: {dataset_name: "Out"}})
    .variables({ms: "dataset_name"});
  return at.app.flow.new(name).definition(definition).build();
}

/** The end of a run, for a client that has just begun. */
async function follow({appId, flowId}: Flow, after: string | null, statuses: string[] = []): Promise<RunLog> {
  const ikigai = new Ikigai({...at.platform, onWarning: () => {}});
  try {
    const flow = await (await ikigai.apps.byId(appId)).flows.byId(flowId);
    const changes = flow.follow(after, {interval: 100});
    for (;;) {
      const {done, value} = await changes.next();
      if (done) return value;
      statuses.push(value.status);
    }
  } finally {
    await ikigai.close();
  }
}

describe("a run that is followed", () => {
  it("is seen to its end by another client", async () => {
    const flow = await make("Followed");
    expect(await flow.runLogs()).toEqual([]);
    await flow.start({ms: 4000});
    const statuses: string[] = [];
    expect(await follow(flow, null, statuses)).toMatchObject({status: "SUCCESS", data: "ms was 4000"});
    expect(statuses.at(-1)).toBe("IDLE");
    expect(statuses).toContain("RUNNING");
  });

  it("is told from those before and after it, and however it ended", async () => {
    const flow = await make("Between");
    const before = await flow.run({ms: 1});
    await flow.start({ms: 13});
    expect(await follow(flow, before.logId)).toMatchObject({status: "FAILED", data: "unlucky"});
    await flow.run({ms: 2});
    expect(await follow(flow, before.logId)).toMatchObject({status: "FAILED", data: "unlucky"});
    expect(await follow(flow, null)).toMatchObject({logId: before.logId});
  });

  it("is an error where the log doesn't go back to its start", async () => {
    const flow = await make("Forgotten");
    await flow.run({ms: 1});
    const following = follow(flow, "an entry long dropped");
    await expect(following).rejects.toBeInstanceOf(FlowError);
    await expect(following).rejects.toThrow('the log of flow "Forgotten" no longer goes back to the run');
  });
});
