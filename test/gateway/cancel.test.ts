// Cancelling a run: by the one who started it, before and after the platform has it, and never somebody else's.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import type {Run} from "../../lib/gateway-api/index.js";
import {containing, gateway, world, type Answer, type Page} from "./runs-support.js";

const at = world();

const cancel = (page: Page, id: string): Promise<Answer<Run>> => page.delete<Run>(`/runs/${id}`);
const isRunning = ({status}: Run) => status === "running";

describe("a run that is cancelled", () => {
  it("is stopped on the platform, and the next one runs", async () => {
    const {as, state} = await gateway(at);
    const ann = as("ann");
    const events = await ann.events();
    const {body} = await ann.requestRun("reforecast", {ms: 600_000});
    await ann.until(body.id, isRunning);
    const answer = await cancel(ann, body.id);
    expect([answer.status, answer.body.id, answer.body.message]).toEqual([
      202,
      body.id,
      "It is being stopped."
    ]);
    expect(await ann.ended(body.id)).toMatchObject({status: "stopped", facet: null});
    expect(at.asked("stop-pipeline")).toBe(1);
    await events.until(({name, data}) => name === "run" && data.status === "stopped");
    const audit = (await readFile(join(state, "audit.jsonl"), "utf8")).trimEnd().split("\n");
    expect(audit.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {event: "start", user: "ann"},
      {event: "cancel", run: body.id, flow: "reforecast", user: "ann"},
      {event: "end", outcome: "stopped"}
    ]);
    const next = await ann.requestRun("reforecast", {ms: 0});
    expect(await ann.ended(next.body.id)).toMatchObject({status: "done"});
  });

  it("goes on when somebody else asks for that, who joined it too", async () => {
    const {as} = await gateway(at);
    const [ann, bob] = [as("ann"), as("bob")];
    const {body} = await ann.requestRun("reforecast", {ms: 3_000});
    const joined = await bob.requestRun("reforecast", {ms: 3_000});
    expect(joined.body.id).toBe(body.id);
    await ann.until(body.id, isRunning);
    expect(await cancel(bob, body.id)).toMatchObject({
      status: 403,
      body: {error: {code: "forbidden", message: "Only the person who started a run can cancel it."}}
    });
    expect(await ann.ended(body.id)).toMatchObject({status: "done"});
    expect(at.asked("stop-pipeline")).toBe(0);
  });

  it("never begins when it waited for another, and that one goes on", async () => {
    const {page} = await gateway(at);
    const first = await page.requestRun("queued", {ms: 3_000});
    const second = await page.requestRun("queued", {ms: 600_000});
    await page.until(first.body.id, isRunning);
    const answer = await cancel(page, second.body.id);
    expect(answer).toMatchObject({
      status: 200,
      body: {status: "stopped", startedAt: null, message: "It was cancelled before it began."}
    });
    expect(await page.ended(first.body.id)).toMatchObject({status: "done"});
    const third = await page.requestRun("queued", {ms: 0});
    expect(await page.ended(third.body.id)).toMatchObject({status: "done"});
    expect(at.asked("run-pipeline")).toBe(2);
    expect(at.asked("stop-pipeline")).toBe(0);
  });

  it("never stops a run that was started elsewhere, which it waited for", async () => {
    const {page} = await gateway(at);
    const app = await at.client.apps.get("Demand");
    const flow = await app.flows.get("Re-forecast");
    await flow.start({ms: 8_000});
    const {body} = await page.requestRun("reforecast", {ms: 600_000});
    await page.until(body.id, ({message}) => message.includes("started elsewhere"));
    expect((await cancel(page, body.id)).body.status).toBe("stopped");
    expect((await flow.status()).status).not.toBe("IDLE");
    expect(at.asked("stop-pipeline")).toBe(0);
    await expect.poll(async () => (await flow.status()).status).toBe("IDLE");
    expect((await flow.runLogs())[0]!.status).toBe("SUCCESS");
  });

  it("is stopped in the moment of its start, too", async () => {
    const {page} = await gateway(at);
    await at.faults({kind: "latency", ms: 700, path: "/component/run-pipeline"});
    const {body} = await page.requestRun("reforecast", {ms: 600_000});
    await page.until(body.id, ({status}) => status === "scheduled");
    expect((await cancel(page, body.id)).status).toBe(202);
    expect(await page.ended(body.id)).toMatchObject({status: "stopped"});
  });

  it("is stopped by a gateway that has started again", async () => {
    const first = await gateway(at);
    const {body} = await first.page.requestRun("reforecast", {ms: 600_000});
    await first.page.until(body.id, isRunning);
    await first.close();
    const {page} = await gateway(at, {state: first.state});
    await page.until(body.id, isRunning);
    expect((await cancel(page, body.id)).status).toBe(202);
    expect(await page.ended(body.id)).toMatchObject({status: "stopped"});
  });

  it("is told when there is nothing to cancel, or the platform can't", async () => {
    const {page} = await gateway(at);
    expect(await cancel(page, "x")).toMatchObject({status: 404, body: {error: {code: "unknown"}}});
    const {body} = await page.requestRun("reforecast", {ms: 6_000});
    await page.until(body.id, isRunning);
    const missing = {
      kind: "answer",
      status: 404,
      body: {message: "There is no POST /component/stop-pipeline"}
    };
    await at.faults({...missing, kind: "answer", path: "/component/stop-pipeline"});
    expect(await cancel(page, body.id)).toMatchObject({
      status: 502,
      body: {error: {code: "platform", message: containing("This platform can't stop runs")}}
    });
    await page.ended(body.id);
    expect(await cancel(page, body.id)).toMatchObject({
      status: 409,
      body: {error: {code: "conflict", message: "The run has ended already."}}
    });
  });
});
