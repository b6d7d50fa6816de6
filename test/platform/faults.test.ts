// Faults on demand.
import {readdir, readlink} from "node:fs/promises";
import {describe, expect, it} from "vitest";
import type {FaultPlan} from "../../lib/platform/index.js";
import {platform, type Json} from "./support.js";

const csv = "text\n" + "x".repeat(2000) + "\n";

async function faulty(...rules: NonNullable<FaultPlan["rules"]>) {
  const started = await platform({
    faults: {rules},
    seed: [{name: "A", description: "", datasets: [{name: "D", csv}], models: []}]
  });
  const {owner} = started;
  const ask = (path = "/component/get-projects-for-user") =>
    fetch(owner.baseUrl + path, {headers: owner.headers});
  const set = (faults: FaultPlan) => owner.post("/_local/faults", faults);
  const hits = async () =>
    ((await owner.get("/_local/faults")).rules as {hits: number}[]).map((rule) => rule.hits);
  const url = async () => {
    const {project_id} = (await owner.get("get-project", {name: "A"})).project as {project_id: string};
    const {dataset_id} = (await owner.get("get-dataset", {project_id, name: "D"})).dataset as {
      dataset_id: string;
    };
    return owner.downloadUrl(project_id, dataset_id);
  };
  return {...started, ask, set, hits, url};
}

describe("faults", () => {
  it("throttle and fail so many times, then no more", async () => {
    const {ask, hits} = await faulty(
      {kind: "throttle", retryAfter: 2, times: 1},
      {kind: "error", status: 503, times: 2}
    );
    const throttled = await ask();
    expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "2"]);
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([503, 503, 200]);
    expect(await hits()).toEqual([1, 2]);
  });

  it("come late", async () => {
    const {ask} = await faulty({kind: "latency", ms: 300, times: 1});
    const start = performance.now();
    expect((await ask()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(295);
  });

  it("break connections, before the answer and within it", async () => {
    const {ask, url, set} = await faulty();
    const signed = await url();
    await set({rules: [{kind: "drop", times: 1}]});
    await expect(ask()).rejects.toThrow("fetch failed");
    await set({rules: [{kind: "truncate", path: "/object-store/", bytes: 700}]});
    const response = await fetch(signed);
    expect([response.status, response.headers.get("content-length")]).toEqual([200, String(csv.length)]);
    let got = "";
    const read = async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) got += chunk;
    };
    await expect(read()).rejects.toThrow("terminated");
    expect(got).toBe(csv.slice(0, 700));
    await set({rules: [{kind: "truncate"}]});
    await expect((await ask()).json()).rejects.toThrow("terminated");
  });

  it("trickle", async () => {
    const {url, set} = await faulty();
    const signed = await url();
    await set({rules: [{kind: "trickle", bytesPerSecond: 4000}]});
    const start = performance.now();
    expect(await (await fetch(signed)).text()).toBe(csv);
    expect(performance.now() - start).toBeGreaterThan(400);
  });

  it("let URLs expire, and JSON break off", async () => {
    const {url, ask, set} = await faulty();
    const signed = await url();
    await set({rules: [{kind: "expire"}, {kind: "malformed", path: "/component/"}]});
    const expired = await fetch(signed);
    expect([expired.status, await expired.text()]).toEqual([
      403,
      expect.stringContaining("Request has expired")
    ]);
    const malformed = await ask();
    expect(malformed.status).toBe(200);
    await expect(malformed.json()).rejects.toThrow(SyntaxError);
  });

  it.runIf(process.platform === "linux")("leave no file open", async () => {
    const {url, set} = await faulty();
    const signed = await url();
    const openFiles = async () => {
      const names = await readdir("/proc/self/fd");
      const paths = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => "")));
      return paths.filter((path) => path.endsWith(".csv"));
    };
    const rules: FaultPlan["rules"] = [
      {kind: "malformed"},
      {kind: "truncate"},
      {kind: "trickle", bytesPerSecond: 1e9}
    ];
    for (const rule of rules) {
      await set({rules: [rule]});
      await fetch(signed)
        .then((response) => response.text())
        .catch(() => "");
      // Node closes what is left open some seconds later, when it collects garbage.
      await expect.poll(openFiles, {timeout: 5000}).toEqual([]);
    }
  });

  it("answer what a test wants to hear", async () => {
    const {owner, url} = await faulty({
      kind: "answer",
      path: "/component/get-dataset-download-url",
      body: {status: "IN_PROGRESS"},
      times: 1
    });
    await expect(url()).rejects.toThrow("The download is IN_PROGRESS");
    expect(await (await fetch(await url())).text()).toBe(csv);
    expect(owner).toBeDefined();
  });

  it("hit the same requests again with the same seed", async () => {
    const {ask, set} = await faulty();
    const statuses = async (seed: number) => {
      await set({seed, rules: [{kind: "error", chance: 0.5}]});
      const seen = [];
      for (let i = 0; i < 20; i++) seen.push((await ask()).status);
      return seen.join();
    };
    const first = await statuses(7);
    expect(await statuses(7)).toBe(first);
    expect(await statuses(8)).not.toBe(first);
    expect(first).toContain("200");
    expect(first).toContain("500");
  });

  it("are only there when the platform was started with them, and only for its users", async () => {
    const {owner} = await platform();
    expect((await owner.refusal("POST", "/_local/faults", {rules: []}))[0]).toBe(404);
    const {owner: other, platform: running} = await faulty();
    expect((await other.refusal("POST", "/_local/faults", {rules: [{kind: "flood"}]}))[0]).toBe(400);
    const response = await fetch(`${running.baseUrl}/_local/faults`);
    expect([response.status, (await response.json()) as Json]).toEqual([
      403,
      {message: "Missing Authentication Token"}
    ]);
  });
});
