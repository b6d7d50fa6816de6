// Runs through the gateway: who may start what, what pages see, and what a request, a second one and a repeated one lead to.
import {randomUUID} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {containing, gateway, world} from "./runs-support.js";

const at = world();

describe("a run", () => {
  it("is sent to every page from its start to its end, by one poll a second", async () => {
    const {page, as} = await gateway(at);
    const streams = await Promise.all([page.events(), as("bob").events(), as("eve").events()]);
    const started = performance.now();
    const {status, body} = await as("ann").requestRun("reforecast", {ms: 2500});
    expect(status).toBe(201);
    expect(body).toMatchObject({flow: "reforecast", user: "ann", variables: {ms: 2500}});
    for (const stream of streams) {
      await stream.until(({name, data}) => name === "run" && data.id === body.id && data.endedAt !== null);
      const told = stream.of(body.id);
      expect([...new Set(told.map(({status}) => status))]).toEqual([
        "queued",
        "scheduled",
        "running",
        "done"
      ]);
      expect(told.find(({status}) => status === "running")!.progress).toBe(42);
      expect(told.at(-1)).toMatchObject({message: "3 rows\nms was 2500", facet: null, data: null});
    }
    const seconds = (performance.now() - started) / 1000;
    expect(at.asked("is-pipeline-running")).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
    expect(at.asked("run-pipeline")).toBe(1);
    expect(await page.ended(body.id)).toEqual(streams[0].of(body.id).at(-1));
  });

  it("that fails names the facet, and its log stays text", async () => {
    const {page} = await gateway(at);
    const {body} = await page.requestRun("failing");
    expect(await page.ended(body.id)).toMatchObject({
      status: "failed",
      message: containing("there is no column <b>x</b>"),
      facet: {facetId: "1", name: "bad", type: "COUNT"}
    });
  });

  it("that was stopped on the platform is stopped", async () => {
    const {page} = await gateway(at);
    const {body} = await page.requestRun("reforecast", {ms: 60_000});
    await page.until(body.id, ({status}) => status === "running");
    await stopOnPlatform("Re-forecast");
    expect(await page.ended(body.id)).toMatchObject({status: "stopped", facet: null});
  });

  it("of a flow that the platform doesn't have fails, saying which there are", async () => {
    const {page} = await gateway(at);
    const {body} = await page.requestRun("missing");
    const {status, message} = await page.ended(body.id);
    expect(status).toBe("failed");
    expect(message).toContain('there is no flow of app "Demand" called "No such flow"');
  });

  it("is one of the flow that has the name now, where another one had it before", async () => {
    const {page} = await gateway(at);
    const app = await at.client.apps.get("Demand");
    const old = await app.flows.get("Failing");
    await page.get("/flows/failing/graph");
    await app.flow.new("Spare").definition(old).build();
    await old.delete();
    await (await app.flows.get("Spare")).rename("Failing");
    const {body} = await page.requestRun("failing");
    expect(await page.ended(body.id)).toMatchObject({status: "failed", facet: {name: "bad"}});
  });

  it("is lost when the platform's log has nothing of it", async () => {
    const {page} = await gateway(at);
    await at.faults({kind: "answer", path: "/component/get-pipeline-log", body: {pipeline_log: []}});
    const {body} = await page.requestRun("reforecast");
    expect(await page.ended(body.id)).toMatchObject({
      status: "lost",
      message: containing("no entry")
    });
  });

  it("is followed through a platform that fails, and is not started again", async () => {
    const {page, log} = await gateway(at);
    const {body} = await page.requestRun("reforecast", {ms: 1500});
    await page.until(body.id, ({status}) => status === "running");
    await at.faults({kind: "error", status: 503, path: "/component/is-pipeline-running", times: 2});
    expect(await page.ended(body.id)).toMatchObject({status: "done"});
    expect(at.asked("run-pipeline")).toBe(1);
    expect(log.join("\n")).toContain("[503]");
  });

  it("whose start breaks off is looked for, not repeated", async () => {
    const {page} = await gateway(at);
    // The platform starts it, and the answer gets lost.
    await at.faults({kind: "truncate", path: "/component/run-pipeline", bytes: 1, times: 1});
    const flow = await (await at.client.apps.get("Demand")).flows.get("Re-forecast");
    const before = await flow.runLogs({maxCount: 100});
    const {body} = await page.requestRun("reforecast");
    expect(await page.ended(body.id)).toMatchObject({status: "done"});
    expect(await flow.runLogs({maxCount: 100})).toHaveLength(before.length + 1);
  });

  it("that the platform refuses fails with its reason", async () => {
    const {page} = await gateway(at);
    await at.faults({
      kind: "answer",
      status: 400,
      path: "/component/run-pipeline",
      body: {message: "no more credit"}
    });
    const {body} = await page.requestRun("reforecast");
    expect(await page.ended(body.id)).toMatchObject({
      status: "failed",
      message: containing("no more credit")
    });
  });

  it("waits for one that was started elsewhere, and says so", async () => {
    const {page} = await gateway(at);
    const app = await at.client.apps.get("Demand");
    const elsewhere = await app.flows.get("Re-forecast");
    await elsewhere.start({ms: 1500});
    const {body} = await page.requestRun("reforecast", {ms: 7});
    const waiting = await page.until(body.id, ({message}) => message !== "");
    expect(waiting).toMatchObject({status: "queued", message: containing("started elsewhere")});
    expect(await page.ended(body.id)).toMatchObject({status: "done", message: "3 rows\nms was 7"});
  });
});

describe("a request", () => {
  it("again with its key is the same run, and another request with it is refused", async () => {
    const {page, as} = await gateway(at);
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => page.requestRun("reforecast", {ms: 1}, key)));
    expect(answers.map(({status}) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({body}) => body.id)).size).toBe(1);
    const other = await page.requestRun("reforecast", {ms: 2}, key);
    expect(other).toMatchObject({status: 409, body: {error: {code: "conflict"}}});
    expect(await page.requestRun("queued", {ms: 1}, key)).toMatchObject({status: 409});
    await page.ended(answers[0]!.body.id);
    const late = await page.requestRun("reforecast", {ms: 1}, key);
    expect(late).toMatchObject({status: 200, body: {id: answers[0]!.body.id, status: "done"}});
    // Keys are each viewer's own.
    const anns = await as("ann").requestRun("reforecast", {ms: 2}, key);
    expect(anns.status).toBe(201);
    await page.ended(anns.body.id);
    expect(at.asked("run-pipeline")).toBe(2);
  });

  it("while it runs joins the run", async () => {
    const {page, as} = await gateway(at);
    const first = await page.requestRun("reforecast", {ms: 500});
    const joined = await as("bob").requestRun("reforecast", {ms: 9});
    expect(joined).toMatchObject({status: 200, body: {id: first.body.id, variables: {ms: 500}}});
    await page.ended(first.body.id);
    expect(at.asked("run-pipeline")).toBe(1);
  });

  it("while it runs waits its turn, where the config says so", async () => {
    const {page} = await gateway(at);
    const answers = [await page.requestRun("queued", {ms: 300}), await page.requestRun("queued", {ms: 1})];
    expect(answers.map(({status}) => status)).toEqual([201, 201]);
    const [first, second] = answers.map(({body}) => body.id);
    expect(answers[1]!.body.status).toBe("queued");
    const ends = [await page.ended(first!), await page.ended(second!)];
    expect(ends.map(({status}) => status)).toEqual(["done", "done"]);
    expect(ends[1]!.startedAt! >= ends[0]!.endedAt!).toBe(true);
  });

  it("is refused when too many wait", async () => {
    const {page, close} = await gateway(at);
    const answers = await Promise.all(
      Array.from({length: 25}, () => page.requestRun("queued", {ms: 60_000}))
    );
    const refused = answers.filter(({status}) => status !== 201);
    expect(refused).toHaveLength(4);
    expect(refused[0]).toMatchObject({status: 429, body: {error: {code: "toomany"}}});
    await expect.poll(() => at.asked("run-pipeline")).toBe(1);
    await close();
    await stopOnPlatform("Queued");
  });
});

describe("what a run writes", () => {
  const files = [
    "demand-forecast",
    "demand-forecast-editions",
    "demand-versions",
    "demand-metrics",
    "demand-hyperparameters"
  ];

  it("is published once when it has succeeded, and every page is told", async () => {
    const published: string[][] = [];
    const publish = async (names: string[]) => {
      published.push(names);
      return {"data/demand-forecast.parquet": "/_file/data/demand-forecast.1234abcd.parquet"};
    };
    const {page} = await gateway(at, {publish});
    const stream = await page.events();
    const {body} = await page.requestRun("writing");
    const {data} = await stream.until(({name}) => name === "publication");
    expect(data).toMatchObject({run: body.id, files: await publish([])});
    expect(published).toEqual([files, []]);
    expect(stream.of(body.id).flatMap(({data}) => data?.status ?? [])).toEqual(["publishing", "published"]);
    expect(await page.run(body.id)).toMatchObject({status: "done", data: {status: "published"}});
    const late = await page.events();
    expect(await late.until(({name}) => name === "hello")).toMatchObject({
      data: {runs: [], publication: data}
    });
  });

  it("stays as it was when publishing fails, and the run is done nevertheless", async () => {
    const publish = () => Promise.reject(new Error("the site could not be built"));
    const {page} = await gateway(at, {publish});
    const {body} = await page.requestRun("writing");
    expect(await page.ended(body.id)).toMatchObject({
      status: "done",
      data: {status: "failed", message: "the site could not be built"}
    });
  });

  it("is published by itself when the disk has room again, and pages are told what it waits for", async () => {
    let isFull = true;
    const publish = async () => {
      if (isFull) throw Object.assign(new Error("ENOSPC: no space left"), {code: "ENOSPC", syscall: "write"});
      return {"data/demand-forecast.parquet": "/f.parquet"};
    };
    const {page, log} = await gateway(at, {publish});
    const stream = await page.events();
    const {body} = await page.requestRun("writing");
    await stream.until(
      ({name, data}) => name === "run" && data.data?.message.startsWith("The disk is full") === true
    );
    expect(log).toEqual([containing("its data waits for room on the disk: the disk is full")]);
    isFull = false;
    expect(await page.ended(body.id)).toMatchObject({data: {status: "published", message: ""}});
  });
});

describe("the audit", () => {
  it("has a line for each start and end, which nothing in it can break", async () => {
    const {as, state} = await gateway(at);
    const page = as("ann\u2028[31m");
    const {body} = await page.requestRun("failing");
    await page.ended(body.id);
    const text = await readFile(join(state, "audit.jsonl"), "utf8");
    expect([...text].filter((character) => "\u2028\u001b".includes(character))).toEqual([]);
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    const about = {run: body.id, flow: "failing"};
    expect(lines).toMatchObject([
      {event: "start", ...about, variables: {}},
      {event: "end", ...about, outcome: "failed", message: containing("column")}
    ]);
    expect(text).not.toContain(at.platform.apiKey);
  });
});

async function stopOnPlatform(name: string): Promise<void> {
  const app = await at.client.apps.get("Demand");
  const {appId, flowId} = await app.flows.get(name);
  const {baseUrl, userEmail, apiKey} = at.platform;
  const response = await fetch(`${baseUrl}/component/stop-pipeline`, {
    method: "POST",
    headers: {"content-type": "application/json", user: userEmail, "api-key": apiKey},
    body: JSON.stringify({pipeline: {project_id: appId, pipeline_id: flowId}})
  });
  if (!response.ok) throw new Error(await response.text());
}
