// Killed with -9 at any moment, a gateway takes up its runs again: none is forgotten, and none is started twice.
import {spawn} from "node:child_process";
import {randomUUID} from "node:crypto";
import {once} from "node:events";
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it, onTestFinished} from "vitest";
import type {Flow} from "../../lib/client/index.js";
import {GatewayStore} from "../../lib/gateway/runs/gateway-store.js";
import {containing, gateway, Page, temporaryFolder, world} from "./runs-support.js";
import {program} from "../program.js";

const script = program(new URL("./runs-child.ts", import.meta.url));

const at = world();

interface Child {
  page: Page;
  state: string;
  /** Its next line. */
  line: () => Promise<string>;
  kill: () => Promise<void>;
}

async function child(): Promise<Child> {
  const state = await temporaryFolder();
  const {baseUrl, userEmail, apiKey} = at.platform;
  const args = [script(), state, baseUrl, userEmail, apiKey];
  const process_ = spawn(process.execPath, args, {stdio: ["ignore", "pipe", "inherit"]});
  const kill = async () => {
    if (process_.exitCode !== null || process_.signalCode !== null) return;
    const exited = once(process_, "exit");
    process_.kill("SIGKILL");
    await exited;
  };
  onTestFinished(kill);
  const lines = createInterface(process_.stdout)[Symbol.asyncIterator]();
  const line = async () => (await lines.next()).value as string;
  return {page: new Page(await line()), state, line, kill};
}

const flowNamed = async (name: string): Promise<Flow> => (await at.client.apps.get("Demand")).flows.get(name);

const ended = async (flow: Flow) => (await flow.runLogs({maxCount: 100})).length;

const running = ({status}: {status: string}) => status === "running";

describe("a killed gateway", {timeout: 240_000}, () => {
  it("finds out how a run ended that ended without it, whatever ran since", async () => {
    const {page, state, kill} = await child();
    const key = randomUUID();
    const {body} = await page.requestRun("reforecast", {ms: 5000}, key);
    await page.until(body.id, running);
    await kill();
    const flow = await flowNamed("Re-forecast");
    await expect.poll(async () => (await flow.status()).status).toBe("IDLE");
    await flow.run({ms: 1});

    const again = await gateway(at, {state});
    expect(await again.page.ended(body.id)).toMatchObject({status: "done", message: "3 rows\nms was 5000"});
    expect(await again.page.requestRun("reforecast", {ms: 5000}, key)).toMatchObject({
      status: 200,
      body: {id: body.id}
    });
    expect(await again.page.requestRun("reforecast", {ms: 8}, key)).toMatchObject({status: 409});
    expect(at.asked("run-pipeline")).toBe(2);
  });

  it("goes on following a run, and starts what waited, once each", async () => {
    const {page, state, kill} = await child();
    const answers = [];
    for (const ms of [5000, 1, 2]) answers.push((await page.requestRun("queued", {ms})).body.id);
    await page.until(answers[0]!, running);
    await kill();

    const again = await gateway(at, {state});
    const stream = await again.page.events();
    const hello = await stream.until(({name}) => name === "hello");
    expect(hello.data).toMatchObject({runs: answers.map((id) => ({id}))});
    const runs = [];
    for (const id of answers) runs.push(await again.page.ended(id));
    expect(runs.map(({status, message}) => [status, message.slice(7)])).toEqual([
      ["done", "ms was 5000"],
      ["done", "ms was 1"],
      ["done", "ms was 2"]
    ]);
    expect(at.asked("run-pipeline")).toBe(3);
  });

  it("before it heard that the platform had started a run finds it", async () => {
    const {page, state, kill} = await child();
    const before = await ended(await flowNamed("Re-forecast"));
    await at.faults({kind: "trickle", path: "/component/run-pipeline", bytesPerSecond: 5});
    const {body} = await page.requestRun("reforecast", {ms: 5});
    const flow = await flowNamed("Re-forecast");
    // It may have ended already.
    await expect
      .poll(async () => (await flow.status()).status !== "IDLE" || (await ended(flow)) > before)
      .toBe(true);
    await kill();
    const {page: again} = await gateway(at, {state});
    expect(await again.ended(body.id)).toMatchObject({status: "done", message: "3 rows\nms was 5"});
  });

  it("that may have reached the platform ends as lost, and the next request starts a new one", async () => {
    const {page, state, kill} = await child();
    const path = "/component/run-pipeline";
    await at.faults({kind: "latency", path, ms: 8000}, {kind: "drop", path});
    const {body} = await page.requestRun("reforecast", {ms: 5});
    // From here on the platform may have started it.
    const journal = () => readFile(join(state, "journal.jsonl"), "utf8");
    await expect.poll(journal).toContain('"after":');
    await kill();
    await at.faults();
    const {page: again} = await gateway(at, {state});
    expect(await again.ended(body.id)).toMatchObject({
      status: "lost",
      message: containing("no entry of the run")
    });
    const next = await again.requestRun("reforecast", {ms: 6});
    expect(next.status).toBe(201);
    expect(await again.ended(next.body.id)).toMatchObject({status: "done"});
  });

  it("while data was being published publishes it", async () => {
    const {page, state, line, kill} = await child();
    const {body} = await page.requestRun("writing");
    expect(await line()).toBe("publishing 5");
    await kill();
    const again = await gateway(at, {state, publish: async () => ({"data/x.csv": "/x.csv"})});
    expect(await again.page.ended(body.id)).toMatchObject({status: "done", data: {status: "published"}});
    expect(at.asked("run-pipeline")).toBe(1);
  });

  it("keeps a run whose data is being published, however many end meanwhile", async () => {
    const {page, state, close} = await gateway(at);
    const {body} = await page.requestRun("writing");
    await page.ended(body.id);
    await close();
    const store = await GatewayStore.open(state);
    const record = store.tables.runs.get(body.id)!;
    const data = {status: "publishing", message: "", at: null} as const;
    const copies = Array.from({length: 500}, (_, i) => ({
      ...record,
      id: `copy ${i}`,
      run: {...record.run, id: `copy ${i}`}
    }));
    await store.commit(
      ["put", "runs", {...record, run: {...record.run, data}}],
      ...copies.map((copy) => ["put", "runs", copy] as const)
    );
    await store.close();
    let finish = () => undefined as void;
    const publishing = new Promise<void>((resolve) => (finish = resolve));
    const {page: again} = await gateway(at, {state, publish: () => publishing.then(() => ({}))});
    const next = await again.requestRun("writing");
    await again.until(next.body.id, ({data}) => data?.status === "publishing");
    finish();
    expect(await again.ended(body.id)).toMatchObject({data: {status: "published"}});
    expect(await again.ended(next.body.id)).toMatchObject({data: {status: "published"}});
  });

  it("between a run's end and its line in the audit writes that line, once", async () => {
    const {page, state, close} = await gateway(at);
    const {body} = await page.requestRun("reforecast", {ms: 1});
    await page.ended(body.id);
    await close();
    const audit = join(state, "audit.jsonl");
    const events = async () =>
      (await readFile(audit, "utf8")).match(/"event":"\w+"/g)!.map((event) => event.slice(9, -1));
    expect(await events()).toEqual(["start", "end"]);
    // As a kill leaves it: the journal has the end, the audit doesn't.
    const store = await GatewayStore.open(state);
    await store.commit(["put", "runs", {...store.tables.runs.get(body.id)!, unaudited: true}]);
    await store.close();
    await writeFile(audit, (await readFile(audit, "utf8")).split("\n")[0]! + "\n");
    for (let restart = 0; restart < 2; restart++) {
      const again = await gateway(at, {state});
      await expect.poll(events).toEqual(["start", "end"]);
      await again.close();
    }
    expect(await events()).toEqual(["start", "end"]);
  });

  it("at any moment after a request has one run of it, or says that nobody knows", async () => {
    const flow = await flowNamed("Re-forecast");
    for (const delay of [0, 5, 30, 150]) {
      const before = await ended(flow);
      const {page, state, kill} = await child();
      const key = randomUUID();
      // Its answer may get lost.
      const requestRun = page.requestRun("reforecast", {ms: 1}, key).then(
        ({body}) => body.id,
        () => undefined
      );
      await sleep(delay);
      await kill();
      const answered = await requestRun;

      const {page: again, close} = await gateway(at, {state});
      const {status, body} = await again.requestRun("reforecast", {ms: 1}, key);
      if (answered !== undefined) expect([status, body.id]).toEqual([200, answered]);
      const run = await again.ended(body.id);
      expect(["done", "lost"]).toContain(run.status);
      expect(await ended(flow)).toBe(before + (run.status === "done" ? 1 : 0));
      await close();
    }
  });
});

describe("a state folder", () => {
  it("is one gateway's alone, and let go when it closes", async () => {
    const first = await gateway(at);
    await expect(gateway(at, {state: first.state})).rejects.toThrow(
      `is in use by another gateway (process ${process.pid}). To start this one, end it with Ctrl-C in its terminal, or with kill ${process.pid}.`
    );
    await first.close();
    const second = await gateway(at, {state: first.state});
    expect(await second.page.get("/flows")).toMatchObject({status: 200});
  });
});
