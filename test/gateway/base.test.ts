// A site below a path: pages, files, the API, its events and signing in.
import {randomUUID} from "node:crypto";
import {join} from "node:path";
import {afterEach, describe, expect, it, vi} from "vitest";
import type {Run} from "../../lib/gateway-api/index.js";
import {call, gatewayPath} from "../../lib/trigger/gateway.js";
import {startShop} from "./shop.js";
import {ask, code, fromPage, start, temporaryFolder, write} from "./support.js";

const base = "/team/dashboard/";
const files = {
  "index.html": "<!DOCTYPE html><html><head></head><body>Overview</body></html>",
  "forecast.html": "<!DOCTYPE html><html><head></head><body>Forecast</body></html>",
  "deep/index.html": "<!DOCTYPE html><html><head></head><body>Deep</body></html>",
  "404.html": '<!DOCTYPE html><html><head><base href="/"></head><body>No page</body></html>',
  "_file/data/x.01234567.csv": "a\n1\n"
};
const site = async (options: Parameters<typeof start>[0] = {}) =>
  start({site: {folder: await write(join(await temporaryFolder(), "dist"), files)}, base, ...options});

describe("below a path", () => {
  it("are pages and files, and the page for unknown paths finds its own", async () => {
    const {url} = await site();
    for (const [path, content] of [
      ["", "Overview"],
      ["forecast?week=3", "Forecast"],
      ["deep/", "Deep"],
      ["_file/data/x.01234567.csv", "a\n1\n"]
    ] as const) {
      const answer = await ask(url, base + path);
      expect([path, answer.status, answer.body]).toEqual([path, 200, expect.stringContaining(content)]);
    }
    const missing = await ask(url, `${base}nothing/at/all`);
    expect([missing.status, missing.body]).toEqual([404, expect.stringContaining(`<base href="${base}">`)]);
  });

  it("is where redirects lead", async () => {
    const {url} = await site();
    const location = async (path: string) => {
      const {status, headers} = await ask(url, path);
      return [status, headers.location];
    };
    expect(await location("/team/dashboard")).toEqual([308, base]);
    expect(await location("/team/dashboard?week=3")).toEqual([308, `${base}?week=3`]);
    expect(await location(`${base}deep`)).toEqual([308, `${base}deep/`]);
  });

  it.each([
    "/",
    "/team",
    "/team/",
    "/team/dashboards/",
    "/team/dashboard/../",
    "/team/dashboard%2f",
    "/TEAM/dashboard/",
    "//team/dashboard/",
    "/forecast",
    "/api/health",
    "/api/flows",
    "/metrics",
    "/_file/data/x.01234567.csv",
    "http://127.0.0.1/team/dashboard/"
  ])("is not %s", async (path) => {
    const {url} = await site();
    const {status, body} = await ask(url, path);
    expect(status).toBe(404);
    expect(body).not.toMatch(/Overview|Forecast|ok/);
  });

  it("is the API too, as pages are told, and what is asked of it there runs", async () => {
    const {url} = await startShop({
      base,
      publish: async () => ({"data/sold.csv": "/_file/data/sold.01234567.csv"})
    });
    const page = await ask(url, base);
    expect(page.body).toContain(`<meta name="ikigai-gateway" content="${base}api">`);
    expect((await ask(url, `${base}api/flows`)).status).toBe(200);
    expect(code(await ask(url, `${base}api/flows`, {headers: {origin: "https://evil.example.com"}}))).toBe(
      "origin"
    );
    const pressed = await ask(url, `${base}api/flows/copy/runs`, {
      method: "POST",
      headers: {...fromPage(url), "idempotency-key": randomUUID()},
      body: '{"variables": {}}'
    });
    expect(pressed.status).toBe(201);
    const {id} = JSON.parse(pressed.body) as Run;
    await vi.waitFor(
      async () =>
        expect(JSON.parse((await ask(url, `${base}api/runs/${id}`)).body)).toMatchObject({
          data: {status: "published"}
        }),
      {timeout: 40_000, interval: 100}
    );
    const events = await fetch(`${url}${base}api/events`);
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
    let hello = "";
    while (!/^data: .*\n/m.test(hello)) hello += (await reader.read()).value;
    await reader.cancel();
    expect(hello).toContain(`"data/sold.csv":"${base}_file/data/sold.01234567.csv"`);
  });

  it("is where a browser is signed in, and no other site of the host", async () => {
    const token = "a-token-of-enough-characters";
    const {url} = await site({token});
    const signIn = await ask(url, base, {headers: {accept: "text/html"}});
    expect([signIn.status, signIn.body]).toEqual([
      401,
      expect.stringContaining(`fetch("${base}api/session"`)
    ]);
    const signed = await ask(url, `${base}api/session`, {
      method: "POST",
      headers: fromPage(url),
      body: JSON.stringify({token})
    });
    expect(signed.headers["set-cookie"]![0]).toContain(`; Path=${base};`);
  });
});

describe("a base", () => {
  it.each([
    ["team/", "/team/"],
    ["/team", "/team/"],
    ["/a//b/", "/a/b/"]
  ])("that is written otherwise, %j, is told as it should be", async (base, right) => {
    await expect(site({base})).rejects.toThrow(
      `The base "${base}" should begin and end with "/": such as "${right}".`
    );
  });

  it.each(["/../", "/a b/", '/"/', "/a?b/", "/%2f/", "/ä/", "/./"])("can't be %j", async (base) => {
    await expect(site({base})).rejects.toThrow(/^The base ".*" can't have /);
  });

  it("isn't for a preview", async () => {
    await expect(start({base, site: {upstream: "http://127.0.0.1:9", secret: ""}})).rejects.toThrow(
      /preview can't be served below a path/
    );
  });
});

describe("a page below a path", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("asks the API where its gateway says that it is", async () => {
    vi.stubGlobal("document", {querySelector: () => ({content: `${base}api`})});
    const asked = vi.fn(async () => Response.json({}));
    vi.stubGlobal("fetch", asked);
    expect(gatewayPath()).toBe("/team/dashboard/api");
    await call("flows");
    expect(asked).toHaveBeenCalledWith("/team/dashboard/api/flows", expect.anything());
  });
});
