// What the gateway tells of itself: to everybody, and to monitors.
import {randomUUID} from "node:crypto";
import {join} from "node:path";
import {describe, expect, it, vi} from "vitest";
import type {DataStatus} from "../../lib/gateway/index.js";
import {startShop} from "./shop.js";
import {ask, code, fromPage, start, temporaryFolder, write} from "./support.js";

const token = "a-token-of-enough-characters";
const status =
  (changes: Partial<DataStatus> = {}) =>
  (): DataStatus => ({
    dataAt: new Date(Date.now() - 3_600_000),
    lastRefresh: {at: new Date("2026-08-01T06:00:00Z"), outcome: "fresh"},
    ...changes
  });
const health = async (url: string) =>
  JSON.parse((await ask(url, "/api/health")).body) as Record<string, unknown>;

/** A metric's value, by its name with labels. */
const metric = (body: string, name: string) =>
  Number(
    body
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1)
  );

describe("health", () => {
  it("tells everybody how old the data is, and nothing else", async () => {
    const {url} = await start({token, status: status()});
    const answer = await ask(url, "/api/health");
    expect([answer.status, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(JSON.parse(answer.body)).toEqual({
      status: "ok",
      dataAge: expect.closeTo(3600, -1) as number,
      lastRefresh: {at: "2026-08-01T06:00:00.000Z", outcome: "fresh"},
      edition: null
    });
    expect((await ask(url, "/api/flows")).status).toBe(401);
  });

  it("says what is worse than that", async () => {
    const at = new Date();
    for (const outcome of ["stale", "failed"] as const) {
      const {url} = await start({status: status({lastRefresh: {at, outcome}})});
      expect((await health(url)).status).toBe(outcome);
    }
    const {url, log} = await start({
      status: () => {
        throw new Error("the manifest can't be read");
      }
    });
    expect(await health(url)).toEqual({status: "unknown", dataAge: null, lastRefresh: null, edition: null});
    await health(url);
    expect(log).toEqual(["health: the manifest can't be read"]);
  });

  it("knows nothing of the data where nobody says, and reads it once a second at most", async () => {
    const {url} = await start();
    expect(await health(url)).toEqual({status: "ok", dataAge: null, lastRefresh: null, edition: null});
    const read = vi.fn(status());
    const {url: asked} = await start({status: read});
    await Promise.all(Array.from({length: 20}, () => health(asked)));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("isn't for other sites' pages, and not without end", async () => {
    const {url} = await start();
    expect(code(await ask(url, "/api/health", {headers: {origin: "https://evil.example.com"}}))).toBe(
      "origin"
    );
    const answers = [];
    for (let i = 0; i < 610; ++i) answers.push((await ask(url, "/api/health")).status);
    expect(new Set(answers.slice(0, 590))).toEqual(new Set([200]));
    expect(answers.at(-1)).toBe(429);
  });
});

describe("metrics", () => {
  it("count requests, their time and bytes, sites and pages, as Prometheus reads them", async () => {
    const folder = await write(join(await temporaryFolder(), "dist"), {
      "index.html": "<!DOCTYPE html><html><head></head><body></body></html>",
      "x.csv": "a\n1\n"
    });
    const {url, swap} = await start({site: {folder}, status: status()});
    const before = (await ask(url, "/metrics")).body;
    expect(metric(before, 'ikigai_requests_total{status="5xx"}')).toBe(0);
    for (let i = 0; i < 5; ++i) await ask(url, "/x.csv");
    await ask(url, "/x.csv", {method: "HEAD"});
    await ask(url, "/nothing");
    await swap(folder);
    await expect(swap("/nowhere")).rejects.toThrow();
    const {body, headers} = await ask(url, "/metrics");
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    const grown = (name: string) => metric(body, name) - metric(before, name);
    expect(grown('ikigai_requests_total{status="4xx"}')).toBe(1);
    expect(grown('ikigai_requests_total{status="2xx"}')).toBe(7);
    expect(grown("ikigai_request_duration_seconds_count")).toBe(8);
    expect(metric(body, 'ikigai_request_duration_seconds_bucket{le="+Inf"}')).toBe(
      metric(body, "ikigai_request_duration_seconds_count")
    );
    expect(grown("ikigai_sent_bytes_total")).toBeGreaterThanOrEqual(20 + before.length);
    expect(grown('ikigai_publications_total{outcome="served"}')).toBe(1);
    expect(grown('ikigai_publications_total{outcome="refused"}')).toBe(1);
    expect(metric(body, "ikigai_data_age_seconds")).toBeCloseTo(3600, -1);
    expect(metric(body, "ikigai_last_refresh_timestamp_seconds")).toBe(
      Date.parse("2026-08-01T06:00:00Z") / 1000
    );
    expect(metric(body, 'ikigai_last_refresh_outcome{outcome="fresh"}')).toBe(1);
    expect(metric(body, "process_resident_memory_bytes")).toBeGreaterThan(1e6);
    for (const line of body.trimEnd().split("\n")) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? [\d.e+-]+)$/
      );
    }
    const names = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("count runs by their end, and streams of events that are open", {timeout: 120_000}, async () => {
    const {url} = await startShop();
    const controller = new AbortController();
    await fetch(`${url}/api/events`, {signal: controller.signal});
    const pressed = await ask(url, "/api/flows/copy/runs", {
      method: "POST",
      headers: {...fromPage(url), "idempotency-key": randomUUID()},
      body: '{"variables": {}}'
    });
    expect(pressed.status).toBe(201);
    const value = async (name: string) => metric((await ask(url, "/api/metrics")).body, name);
    expect(await value("ikigai_event_streams")).toBe(1);
    await expect.poll(() => value('ikigai_runs_total{status="done"}')).toBe(1);
    controller.abort();
    await expect.poll(() => value("ikigai_event_streams")).toBe(0);
  });

  it("are behind the access rule, and for a program that brings the token", async () => {
    const {url} = await start({token});
    const get = (path: string, authorization?: string) =>
      ask(url, path, {headers: authorization === undefined ? {} : {authorization}});
    for (const path of ["/metrics", "/api/metrics"]) {
      expect((await get(path)).status).toBe(401);
      expect((await get(path, `Bearer ${token}!`)).status).toBe(401);
      expect((await get(path, `Basic ${token}`)).status).toBe(401);
      expect((await get(path, `Bearer ${token}`)).status).toBe(200);
    }
    for (const path of ["/", "/api/flows", "/_file/x.csv"]) {
      expect([path, (await get(path, `Bearer ${token}`)).status]).toEqual([path, 401]);
    }
  });

  it("aren't guessed at without end", async () => {
    const {url} = await start({token});
    const codes = [];
    for (let i = 0; i < 65; ++i) {
      codes.push(code(await ask(url, "/metrics", {headers: {authorization: `Bearer guess ${i}`}})));
    }
    expect(codes).toEqual([...Array<string>(21).fill("signin"), ...Array<string>(44).fill("toomany")]);
  });

  it("give way to a page of the site's that is called so", async () => {
    const page = "<!DOCTYPE html><html><head></head><body>Our metrics</body></html>";
    const folder = await write(join(await temporaryFolder(), "dist"), {
      "index.html": page,
      "metrics.html": page
    });
    const {url} = await start({site: {folder}});
    expect((await ask(url, "/metrics")).body).toContain("Our metrics");
    expect((await ask(url, "/api/metrics")).body).toContain("ikigai_requests_total");
  });
});

describe("the end", () => {
  it("lets what is being answered be answered, and waits for nothing that is idle", async () => {
    const folder = await write(join(await temporaryFolder(), "dist"), {
      "index.html": "<!DOCTYPE html><html><head></head><body></body></html>",
      "large.bin": Buffer.alloc(20_000_000, "x")
    });
    const gateway = await start({site: {folder}});
    const {url} = gateway;
    await fetch(url); // a connection that is kept
    const response = await fetch(`${url}/large.bin`);
    const closing = gateway.close();
    const body = await response.arrayBuffer();
    expect(body.byteLength).toBe(20_000_000);
    const answered = performance.now();
    await closing;
    // Connections that are left are closed after five seconds.
    expect(performance.now() - answered).toBeLessThan(4_500);
  });
});
