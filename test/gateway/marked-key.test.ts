// The platform's key is in nothing that the gateway sends, logs or writes, however a session goes.
import {randomUUID} from "node:crypto";
import {readdir, readFile} from "node:fs/promises";
import {connect, createServer, type AddressInfo} from "node:net";
import {join} from "node:path";
import {expect, it, onTestFinished, vi} from "vitest";
import type {Run} from "../../lib/gateway-api/index.js";
import {Ikigai} from "../../lib/client/index.js";
import {ask, fromPage, start, type Asked} from "./support.js";
import {shopConfig, startShop} from "./shop.js";

/** Passes connections on to the server, and keeps all that it answers. */
async function relay(url: string): Promise<{url: string; sent: () => Buffer}> {
  const chunks: Buffer[] = [];
  const server = createServer((socket) => {
    const upstream = connect(Number(new URL(url).port), "127.0.0.1");
    upstream.on("data", (chunk) => chunks.push(chunk));
    socket.pipe(upstream).pipe(socket);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket]
    ] as const) {
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const {port} = server.address() as AddressInfo;
  return {url: `http://127.0.0.1:${port}`, sent: () => Buffer.concat(chunks)};
}

/** The key as it might be written: as it is, in a URL, in a header, in JSON, in base64 at each offset. */
const spellings = (key: string) => [
  key,
  encodeURIComponent(key),
  key.toLowerCase(),
  JSON.stringify(key).slice(1, -1),
  ...[0, 1, 2].map((offset) =>
    Buffer.from(" ".repeat(offset) + key)
      .toString("base64")
      .slice(offset ? 4 : 0, -4)
  ),
  Buffer.from(key).toString("hex")
];

function expectNone(bytes: Buffer, key: string, where: string): void {
  expect(bytes.length, where).toBeGreaterThan(0);
  for (const spelling of spellings(key))
    expect(bytes.includes(spelling), `${where} has ${spelling}`).toBe(false);
}

it("is sent to the platform alone", {timeout: 120_000}, async () => {
  const {
    url: direct,
    platform,
    log,
    state
  } = await startShop({
    publish: () => Promise.reject(new Error(`the build failed with ${platform.baseUrl}`)),
    config: {allowDefinitions: ["Shop"]}
  });
  const key = platform.apiKey;
  expect(key.length).toBeGreaterThan(16);
  const {url, sent} = await relay(direct);
  const get = (path: string, asked?: Asked) => ask(url, path, asked);
  const requestRun = async (flow: string, variables: object) => {
    const headers = {...fromPage(url), "idempotency-key": randomUUID()};
    const body = JSON.stringify({variables});
    return JSON.parse((await get(`/api/flows/${flow}/runs`, {method: "POST", headers, body})).body) as Run;
  };
  const ended = ({id}: Run) =>
    vi.waitFor(
      async () => {
        const run = JSON.parse((await get(`/api/runs/${id}`)).body) as Run;
        expect(run.endedAt).not.toBeNull();
        expect(run.data?.status).not.toBe("publishing");
        return run;
      },
      {timeout: 40_000, interval: 200}
    );
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const events = await fetch(`${url}/api/events`, {signal: ending.signal});
  expect(events.status).toBe(200);

  for (const path of ["/", "/nothing", "/api/flows", "/api/flows/copy/graph", "/api/flows/copy/runs", "/%"])
    await get(path);
  expect(await ended(await requestRun("copy", {}))).toMatchObject({status: "done", data: {status: "failed"}});
  expect(await ended(await requestRun("typed", {query: "SELECT no_such_column FROM dataset"}))).toMatchObject(
    {
      status: "failed"
    }
  );
  await requestRun("typed", {count: 99});
  await get("/api/apps/Shop/flows", {
    method: "POST",
    headers: fromPage(url),
    body: JSON.stringify({name: "Mine", definition: {facets: [], arrows: [], arguments: {}, variables: {}}})
  });
  await platform.close();
  await get("/api/flows/typed/graph");
  await requestRun("for-ann", {});
  await get(`/api/runs/${(await requestRun("typed", {})).id}`);
  expect(sent().toString()).toMatch(/event: run[^]*"status":"done"/);

  expectNone(sent(), key, "what was sent");
  if (log.length > 0) expectNone(Buffer.from(log.join("\n")), key, "the log");
  const written = await readdir(state, {recursive: true, withFileTypes: true});
  const files = written.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const content = await readFile(file);
    if (content.length > 0) expectNone(content, key, file);
  }
});

it("isn't told either when it is wrong", async () => {
  const key = "MARKED-0123456789-WRONG-KEY";
  const shop = await startShop();
  const client = new Ikigai({...shop.platform, apiKey: key, retry: 1});
  const gateway = await start({client, config: shopConfig});
  const {url, sent} = await relay(gateway.url);
  await ask(url, "/api/flows/copy/graph");
  const headers = {...fromPage(url), "idempotency-key": randomUUID()};
  await ask(url, "/api/flows/copy/runs", {method: "POST", headers, body: '{"variables": {}}'});
  await vi.waitFor(
    async () => expect((await ask(url, "/api/flows/copy/runs")).body).toMatch(/"status":"(failed|lost)"/),
    {timeout: 40_000, interval: 200}
  );
  expectNone(sent(), key, "what was sent");
  expect(gateway.log.join("\n")).not.toContain(key);
});
