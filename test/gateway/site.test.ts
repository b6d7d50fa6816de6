// The static half of the gateway, over real HTTP.
import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {request} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {serveSite, type Site} from "../../lib/gateway/index.js";

let parent: string;
let folder: string;
let site: Site;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "ikigai-site-"));
  folder = join(parent, "dist");
  await mkdir(join(folder, "_observablehq"), {recursive: true});
  await writeFile(join(folder, "index.html"), "<h1>Overview</h1>");
  await writeFile(join(folder, "forecast.html"), "<h1>Forecast</h1>");
  await writeFile(join(folder, "404.html"), "<h1>Page not found</h1>");
  await writeFile(join(folder, ".env"), "IKIGAI_API_KEY=secret");
  await writeFile(join(folder, "_observablehq", "client.0123abcd.js"), "export {};");
  await writeFile(join(folder, "engine.wasm"), new Uint8Array([0, 97, 115, 109]));
  await writeFile(join(parent, "outside.txt"), "outside");
  site = await serveSite({folder, port: 0});
});

afterAll(async () => {
  await site.close();
  await rm(parent, {recursive: true});
});

/** The raw path as it stands: fetch would resolve `..` before it is sent. */
const raw = (path: string) =>
  new Promise<{status: number; body: string}>((resolve, reject) => {
    request(site.url, {path}, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({status: response.statusCode!, body}));
    })
      .on("error", reject)
      .end();
  });

describe("serveSite", () => {
  it("serves the front page and pages without .html", async () => {
    expect(await (await fetch(`${site.url}/`)).text()).toBe("<h1>Overview</h1>");
    expect(await (await fetch(`${site.url}/forecast`)).text()).toBe("<h1>Forecast</h1>");
  });

  it("answers an unknown path with the site's own 404 page", async () => {
    const response = await fetch(`${site.url}/nothing`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("<h1>Page not found</h1>");
  });

  it("lets browsers keep hashed files for good and ask again for pages", async () => {
    const cacheControl = async (path: string) => (await fetch(site.url + path)).headers.get("cache-control");
    expect(await cacheControl("/_observablehq/client.0123abcd.js")).toMatch(/immutable/);
    expect(await cacheControl("/forecast")).toBe("no-cache");
  });

  it("names WebAssembly by its type, so that it can be compiled while it streams", async () => {
    expect((await fetch(`${site.url}/engine.wasm`)).headers.get("content-type")).toBe("application/wasm");
  });

  it.each(["/.env", "/../outside.txt", "/..%2foutside.txt", "/%2e%2e/outside.txt", "/_observablehq"])(
    "keeps %s to itself",
    async (path) => {
      const {status, body} = await raw(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).not.toMatch(/secret|outside/);
    }
  );

  it("takes the next port when the wished one is in use", async () => {
    const wished = Number(new URL(site.url).port);
    const second = await serveSite({folder, port: wished});
    expect(Number(new URL(second.url).port)).toBeGreaterThan(wished);
    await second.close();
  });

  it("says how to get a built site when there is none", async () => {
    await expect(serveSite({folder: join(parent, "absent"), port: 0})).rejects.toThrow(/npm run build/);
  });
});
