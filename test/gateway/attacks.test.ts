// What somebody with bad intent would try, against a gateway with a platform behind it. Paths are in site.test.ts, and ways
// around the rules of access in access.test.ts.
import {randomUUID} from "node:crypto";
import {request} from "node:http";
import {connect, type Socket} from "node:net";
import {Pool} from "undici";
import {describe, expect, it, onTestFinished, vi} from "vitest";
import type {Run} from "../../lib/gateway-api/index.js";
import {ask, code, fromPage, type Answer, type Asked} from "./support.js";
import {startShop} from "./shop.js";

/** Presses a flow's button, as a page does. */
const requestRun = (url: string, flow: string, body: unknown, {headers, ...rest}: Asked = {}) =>
  ask(url, `/api/flows/${flow}/runs`, {
    method: "POST",
    headers: {...fromPage(url), "idempotency-key": randomUUID(), ...headers},
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...rest
  });

const statusAndCode = (answer: Answer) => [answer.status, code(answer)];
const runOf = ({body}: Answer) => JSON.parse(body) as Run;

/** Waits until a run has ended. */
const ended = (url: string, {id}: Run) =>
  vi.waitFor(
    async () => {
      const run = runOf(await ask(url, `/api/runs/${id}`));
      expect(run.endedAt).not.toBeNull();
      return run;
    },
    {timeout: 40_000, interval: 200}
  );

const runsOn = (calls: string[]) => calls.filter((line) => /run-pipeline/.test(line));

describe("a flow that the config doesn't name", () => {
  it.each([
    "Other",
    "Copy",
    "other",
    "COPY",
    "copy%20",
    "copy%00",
    "saved:1",
    "__proto__",
    "constructor",
    "toString",
    "..%2fflows%2fcopy",
    "%2e%2e",
    "."
  ])("%s doesn't run, whoever asks", async (flow) => {
    const {url, calls} = await startShop();
    calls();
    const answer = await requestRun(url, flow, {variables: {}});
    expect(answer.status).toBe(404);
    expect(code(answer)).toBe("unknown");
    expect(calls()).toEqual([]);
  });

  it("can't be had by building it where that isn't allowed", async () => {
    const {url, calls} = await startShop();
    calls();
    const answer = await ask(url, "/api/apps/Shop/flows", {
      method: "POST",
      headers: fromPage(url),
      body: JSON.stringify({name: "Mine", definition: {facets: [], arrows: []}})
    });
    expect([403, 404]).toContain(answer.status);
    expect(calls()).toEqual([]);
  });
});

describe("variables", () => {
  it.each<[string, Record<string, unknown>]>([
    ["that the config doesn't name", {query: "SELECT 1", secret: 1}],
    ["of another type", {count: "5"}],
    ["beyond a limit", {count: 53}],
    ["with a fraction where none may be", {count: 1.5}],
    ["that are lists", {count: [5]}],
    ["that are objects", {count: {valueOf: 5}}],
    ["that are no numbers", {ratio: "NaN"}],
    ["that aren't quite true", {yes: 1}],
    ["that are no day", {day: "2024-02-30"}],
    ["that are no choice", {size: "toString"}],
    ["that don't match", {query: "DROP TABLE x"}],
    ["that match in one line of two", {query: "SELECT 1\nDROP"}],
    ["that are too long", {query: `SELECT ${"1".repeat(5_000)}`}]
  ])("%s are refused before anything is sent, each with a reason", async (_, variables) => {
    const {url, calls} = await startShop();
    calls();
    const answer = await requestRun(url, "typed", {variables});
    expect(statusAndCode(answer)).toEqual([422, "variables"]);
    const {faults} = (JSON.parse(answer.body) as {error: {faults: Record<string, string>}}).error;
    expect(Object.keys(faults).every((name) => name in variables)).toBe(true);
    expect(calls()).toEqual([]);
  });

  it.each([
    '{"variables": {"__proto__": {"polluted": true}}}',
    '{"variables": {"constructor": {"prototype": {"polluted": true}}}}',
    '{"__proto__": {"polluted": true}, "variables": {}}',
    '{"variables": {"count": {"__proto__": {"polluted": true}}}}',
    '{"variables": {"\\u005f_proto__": {"polluted": true}}}',
    '{"variables": {"hasOwnProperty": 1}}'
  ])("don't reach the prototype of anything: %s", async (body) => {
    const {url, calls} = await startShop();
    calls();
    const answer = await requestRun(url, "typed", body);
    expect([400, 422]).toContain(answer.status);
    expect(({} as {polluted?: boolean}).polluted).toBeUndefined();
    expect(calls()).toEqual([]);
  });

  it.each(["", "{", "null", "[]", "5", '"x"', '{"variables": []}', '{"variables": {}, "flow": "Other"}'])(
    "that aren't any are refused: %s",
    async (body) => {
      const {url, calls} = await startShop();
      calls();
      const answer = await requestRun(url, "copy", body);
      expect(statusAndCode(answer)).toEqual([400, "invalid"]);
      expect(calls()).toEqual([]);
    }
  );
});

describe("another site's page", () => {
  it.each<[string, Record<string, string | undefined>]>([
    ["says where it is", {origin: "https://evil.example.com", "sec-fetch-site": "cross-site"}],
    ["says no more than its origin", {origin: "https://evil.example.com", "sec-fetch-site": undefined}],
    ["has no origin of its own", {origin: "null"}],
    ["is at another port", {origin: "http://127.0.0.1:1"}],
    ["is at a name that begins alike", {origin: "http://127.0.0.1.evil.example.com"}],
    ["is of the same site", {"sec-fetch-site": "same-site"}],
    ["says nothing", {origin: undefined, "sec-fetch-site": undefined}],
    ["can't send the header", {"x-ikigai-kit": undefined}],
    ["sends what a form can", {"x-ikigai-kit": undefined, "content-type": "text/plain"}]
  ])("that %s starts nothing", async (_, changes) => {
    const {url, calls} = await startShop();
    calls();
    const headers = Object.fromEntries(
      Object.entries({...fromPage(url), "idempotency-key": randomUUID(), ...changes}).filter(
        ([, value]) => value
      )
    ) as Record<string, string>;
    const answer = await ask(url, "/api/flows/copy/runs", {
      method: "POST",
      headers,
      body: '{"variables": {}}'
    });
    expect(statusAndCode(answer)).toEqual([403, "origin"]);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    expect(calls()).toEqual([]);
  });

  it("isn't told anything either, and no browser is told to let it", async () => {
    const {url} = await startShop();
    for (const path of ["/api/flows", "/api/events", "/%61pi/flows"]) {
      const answer = await ask(url, path, {headers: {origin: "https://evil.example.com"}});
      expect(statusAndCode(answer)).toEqual([403, "origin"]);
    }
    const preflight = await ask(url, "/api/flows/copy/runs", {
      method: "OPTIONS",
      headers: {origin: "https://evil.example.com", "access-control-request-method": "POST"}
    });
    expect(preflight.status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml"
  ])("isn't played by one of our own that sends %s", async (type) => {
    const {url} = await startShop();
    const answer = await requestRun(url, "copy", {variables: {}}, {headers: {"content-type": type}});
    expect(statusAndCode(answer)).toEqual([415, "invalid"]);
  });

  it.each(["GET", "PUT", "PATCH", "DELETE"])("nor by the method %s", async (method) => {
    const {url, calls} = await startShop();
    calls();
    const answer = await ask(url, "/api/flows/copy", {method, headers: fromPage(url)});
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(runsOn(calls())).toEqual([]);
  });
});

describe("a user's name", () => {
  const proxy = "127.0.0.2";
  const gateway = {userHeader: "x-user", trustedProxies: [proxy]};

  it("lets nobody run what is for others, and can't be forged", async () => {
    const {url, calls} = await startShop({config: {gateway}});
    calls();
    const as = (user: string, from?: string) =>
      requestRun(url, "for-ann", {variables: {}}, {headers: {"x-user": user}, ...(from && {from})});
    expect(statusAndCode(await as("bob", proxy))).toEqual([403, "forbidden"]);
    expect(statusAndCode(await as("ann"))).toEqual([403, "forbidden"]);
    expect(statusAndCode(await as("Ann", proxy))).toEqual([403, "forbidden"]);
    expect(calls()).toEqual([]);
    const answer = await as("ann", proxy);
    expect([answer.status, runOf(answer).user]).toEqual([201, "ann"]);
  });

  it("that is markup comes back as JSON, which no browser takes for a page", async () => {
    const {url} = await startShop({config: {gateway}});
    const user = `<img src=x onerror="alert(1)">`;
    const headers = {"x-user": user, "idempotency-key": randomUUID()};
    const answer = await requestRun(
      url,
      "copy",
      {variables: {query: "SELECT '<script>' AS x FROM dataset"}},
      {from: proxy, headers}
    );
    expect(runOf(answer)).toMatchObject({user, variables: {query: "SELECT '<script>' AS x FROM dataset"}});
    for (const got of [answer, await ask(url, "/api/flows", {from: proxy, headers: {"x-user": user}})]) {
      expect(got.headers["content-type"]).toMatch(/^application\/json/);
      expect(got.headers["x-content-type-options"]).toBe("nosniff");
      expect(got.headers["content-security-policy"]).toMatch(/^default-src 'none'/);
    }
  });
});

describe("a request", () => {
  it("that is sent again is the same run, and never another", async () => {
    const {url, calls} = await startShop();
    const headers = {"idempotency-key": randomUUID()};
    const first = await requestRun(url, "copy", {variables: {}}, {headers});
    expect(first.status).toBe(201);
    const {id} = await ended(url, runOf(first));
    calls();
    const again = await Promise.all(
      Array.from({length: 5}, () => requestRun(url, "copy", {variables: {}}, {headers}))
    );
    expect(again.map((answer) => [answer.status, runOf(answer).id])).toEqual(Array(5).fill([200, id]));
    expect(runsOn(calls())).toEqual([]);
  });

  it("can't be turned into another request", async () => {
    const {url} = await startShop();
    const headers = {"idempotency-key": randomUUID()};
    await requestRun(url, "copy", {variables: {}}, {headers});
    for (const [flow, variables] of [
      ["copy", {query: "SELECT 1 AS x FROM dataset"}],
      ["typed", {}]
    ] as const) {
      expect(statusAndCode(await requestRun(url, flow, {variables}, {headers}))).toEqual([409, "conflict"]);
    }
  });

  it.each(["", "not-a-uuid", "1", `${randomUUID()},${randomUUID()}`])(
    "needs a key that is one, not %s",
    async (key) => {
      const {url} = await startShop();
      const answer = await requestRun(url, "copy", {variables: {}}, {headers: {"idempotency-key": key}});
      expect(statusAndCode(answer)).toEqual([400, "invalid"]);
    }
  );

  it("10,000 times is one run or a few, of which no memory is left", {timeout: 600_000}, async () => {
    const {url, calls} = await startShop();
    const {host} = new URL(url);
    const pool = new Pool(url, {connections: 32});
    onTestFinished(() => pool.close());
    calls();
    const began = performance.now();
    const statuses = new Map<number, number>();
    const many = async (count: number) => {
      for (let i = 0; i < count; ++i) {
        const {statusCode, body} = await pool.request({
          path: "/api/flows/copy/runs",
          method: "POST",
          headers: {...fromPage(`http://${host}`), "idempotency-key": randomUUID()},
          body: '{"variables": {}}'
        });
        await body.dump();
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      }
    };
    await many(500); // what is compiled and cached at first isn't what grows
    const before = process.memoryUsage().heapUsed;
    await Promise.all(Array.from({length: 32}, () => many(297)));
    const grown = process.memoryUsage().heapUsed - before;
    expect([...statuses.keys()].filter((status) => ![200, 201, 429].includes(status))).toEqual([]);
    // A run takes a second or two, and then the next request that is let through starts another; so many are, each minute.
    const seconds = (performance.now() - began) / 1000;
    expect(statuses.get(429)).toBeGreaterThan(10_004 - 120 * (1 + Math.ceil(seconds / 60)));
    const started = runsOn(calls()).length;
    expect(started).toBeGreaterThan(0);
    expect(started).toBeLessThanOrEqual(1 + Math.ceil(seconds));
    expect(grown).toBeLessThan(64 * 2 ** 20);
    expect((await ask(url, "/api/flows")).status).toBe(200);
  });
});

describe("too much", () => {
  it("of a body is refused as soon as it is known", async () => {
    const {url} = await startShop();
    const large = JSON.stringify({variables: {query: "x".repeat(70_000)}});
    expect(statusAndCode(await requestRun(url, "copy", large))).toEqual([413, "toolarge"]);
    const endless = await new Promise<string>((resolve, reject) => {
      const sending = request(
        url,
        {
          path: "/api/flows/copy/runs",
          method: "POST",
          headers: {...fromPage(url), "transfer-encoding": "chunked"}
        },
        (response) => {
          response.resume().on("end", () => resolve(String(response.statusCode)));
        }
      );
      const timer = setInterval(() => sending.write(" ".repeat(16_000)), 1);
      sending.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
      sending.on("close", () => clearInterval(timer));
      setTimeout(() => reject(new Error("it was taken for 40 seconds")), 40_000).unref();
    });
    expect(["413", "ECONNRESET", "EPIPE"]).toContain(endless);
  });

  it("of a definition likewise, but later", async () => {
    const {url} = await startShop({config: {allowDefinitions: ["Shop"]}});
    const send = (size: number) =>
      ask(url, "/api/apps/Shop/flows", {
        method: "POST",
        headers: fromPage(url),
        body: JSON.stringify({name: "x", definition: {facets: "x".repeat(size)}})
      });
    expect((await send(100_000)).status).not.toBe(413);
    expect((await send(2_000_000)).status).toBe(413);
  });

  it("of headers and of paths is refused", async () => {
    const {url} = await startShop();
    expect((await ask(url, "/", {headers: {"x-long": "x".repeat(20_000)}})).status).toBe(431);
    expect((await ask(url, `/api/runs/${"x".repeat(5_000)}`)).status).toBeGreaterThanOrEqual(400);
  });

  it("of nesting is no trouble", async () => {
    const {url} = await startShop();
    const answer = await requestRun(
      url,
      "copy",
      `{"variables": {"query": ${"[".repeat(20_000)}${"]".repeat(20_000)}}}`
    );
    expect([400, 422]).toContain(answer.status);
    expect((await ask(url, "/")).status).toBe(200);
  });
});

describe("a connection", () => {
  const open = (url: string, text: string) =>
    new Promise<{socket: Socket; got: () => string; closed: Promise<number>}>((resolve, reject) => {
      const began = performance.now();
      let got = "";
      const socket = connect(Number(new URL(url).port), "127.0.0.1", () => {
        socket.write(text);
        resolve({socket, got: () => got, closed});
      });
      onTestFinished(() => void socket.destroy());
      socket.setEncoding("utf8").on("data", (chunk: string) => (got += chunk));
      const closed = new Promise<number>((close) =>
        socket.on("close", () => close(performance.now() - began))
      );
      socket.on("error", reject);
    });

  it(
    "that sends its headers as slowly as it can is closed, and a stream of events isn't",
    {timeout: 120_000},
    async () => {
      const {url} = await startShop();
      const stream = await open(url, "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      const slow = await Promise.all(
        Array.from({length: 50}, async (_, i) => {
          const connection = await open(url, i % 2 ? "" : "GET / HTTP/1.1\r\nHost: localhost\r\n");
          const timer = setInterval(() => i % 4 === 0 && connection.socket.write("X-a: b\r\n"), 1_000);
          void connection.closed.then(() => clearInterval(timer));
          return connection;
        })
      );
      expect((await ask(url, "/")).status).toBe(200);
      const times = await Promise.all(slow.map(({closed}) => closed));
      expect(Math.max(...times)).toBeLessThan(60_000); // ten seconds, and a busy machine's delay
      expect(stream.got()).toMatch(/^HTTP\/1.1 200/);
      expect(stream.got()).toContain("event: hello");
      expect(stream.socket.closed).toBe(false);
    }
  );

  it.each([
    [
      "both lengths",
      "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/flows HTTP/1.1\r\n\r\n"
    ],
    ["two lengths", "Content-Length: 4\r\nContent-Length: 40\r\n\r\n{}"],
    ["a strange encoding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"]
  ])("that says its request has %s is closed: a proxy in front might read it otherwise", async (_, text) => {
    const {url} = await startShop();
    const {got, closed} = await open(url, `POST /api/flows/copy/runs HTTP/1.1\r\nHost: localhost\r\n${text}`);
    await closed;
    expect(got()).toMatch(/^HTTP\/1.1 400/);
    expect(got().match(/HTTP\/1.1/g)).toHaveLength(1);
  });
});
