// The site that the gateway serves, over real HTTP: what is found where, what isn't, and how one build follows another.
import {createHash} from "node:crypto";
import {mkdir, readdir, rm, symlink, utimes, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ask, start, temporaryFolder, write} from "./support.js";

const page = (heading: string, script = "") =>
  `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">${script}\n</head>\n<body><h1>${heading}</h1></body></html>`;

const files = {
  "index.html": page("Overview", '<script>document.documentElement.lang = "en"</script>'),
  "forecast.html": page("Forecast"),
  "deep/index.html": page("Deep"),
  "404.html": page("Page not found"),
  ".env": "IKIGAI_API_KEY=secret",
  ".git/config": "secret",
  "_observablehq/client.0123abcd.js": "export {};",
  "_file/data/100% sure.csv": "a\n1\n",
  "engine.wasm": new Uint8Array([0, 97, 115, 109])
};

async function site() {
  const parent = await temporaryFolder();
  await write(parent, {"outside.txt": "outside", "secrets/key.txt": "outside"});
  const folder = await write(join(parent, "dist"), files);
  await symlink(join(parent, "outside.txt"), join(folder, "linked.txt"));
  await symlink(join(parent, "secrets"), join(folder, "linked"));
  return {...(await start({site: {folder}})), folder, parent};
}

describe("a site", () => {
  it("has a front page, and pages without .html", async () => {
    const {url} = await site();
    for (const [path, heading] of [
      ["/", "Overview"],
      ["/index", "Overview"],
      ["/forecast", "Forecast"],
      ["/forecast?week=3", "Forecast"],
      ["/forecast.html", "Forecast"],
      ["/deep/", "Deep"],
      ["/deep", "Deep"]
    ]) {
      const response = await fetch(url + path);
      expect([path, response.status, response.headers.get("content-type")]).toEqual([
        path,
        200,
        "text/html; charset=utf-8"
      ]);
      expect(await response.text()).toContain(`<h1>${heading}</h1>`);
    }
  });

  it("answers an unknown path with its own 404 page, as it is found in the API with a refusal", async () => {
    const {url} = await site();
    const nothing = await ask(url, "/nothing");
    expect([nothing.status, nothing.body]).toEqual([404, expect.stringContaining("Page not found")]);
    const api = await ask(url, "/api/nothing");
    expect([api.status, JSON.parse(api.body)]).toMatchObject([404, {error: {code: "unknown"}}]);
  });

  it("tells each of its pages where the gateway is, and no static host's", async () => {
    const {url} = await site();
    for (const path of ["/", "/forecast", "/nothing"]) {
      expect((await ask(url, path)).body).toContain('<head>\n<meta name="ikigai-gateway" content="/api">\n');
    }
  });

  it("is kept by browsers for good where names carry a hash, and asked for again elsewhere", async () => {
    const {url} = await site();
    const cacheControl = async (path: string) => (await ask(url, path)).headers["cache-control"];
    expect(await cacheControl("/_observablehq/client.0123abcd.js")).toBe(
      "public, max-age=31536000, immutable"
    );
    expect(await cacheControl("/forecast")).toBe("public, no-cache");
    const {headers} = await ask(url, "/engine.wasm");
    const again = await ask(url, "/engine.wasm", {headers: {"if-none-match": headers.etag!}});
    expect(again.status).toBe(304);
  });

  it("names WebAssembly by its type, so that it can be compiled while it streams, and gives parts of files", async () => {
    const {url} = await site();
    expect((await ask(url, "/engine.wasm")).headers["content-type"]).toBe("application/wasm");
    const part = await ask(url, "/_file/data/100%25%20sure.csv", {headers: {range: "bytes=2-2"}});
    expect([part.status, part.body]).toEqual([206, "1"]);
  });

  it.each([
    "/.env",
    "/%2eenv",
    "/.git/config",
    "/../outside.txt",
    "/..%2foutside.txt",
    "/%2e%2e/outside.txt",
    "/%252e%252e/outside.txt",
    "/%252e%252e%252foutside.txt",
    "/..%5coutside.txt",
    "/..\\outside.txt",
    "//outside.txt",
    "/_observablehq/../../outside.txt",
    "/_observablehq/..%2f..%2foutside.txt",
    "/index.html%00.txt",
    "/outside.txt%00",
    "/%c0%ae%c0%ae/outside.txt",
    "/%ff",
    "/%",
    "/linked.txt",
    "/linked/key.txt",
    "/_observablehq",
    "/_observablehq/",
    "/_file/data/",
    "/constructor",
    "/__proto__"
  ])("keeps %s to itself", async (path) => {
    const {url} = await site();
    const {status, body, headers} = await ask(url, path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).not.toMatch(/secret|outside|client\.0123abcd/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  it("is answered for with strict headers, a page's own inline scripts by their hash alone", async () => {
    const {url} = await site();
    const policyOf = async (path: string) => (await ask(url, path)).headers["content-security-policy"];
    const hash = createHash("sha256").update('document.documentElement.lang = "en"').digest("base64");
    expect(await policyOf("/")).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`);
    expect(await policyOf("/forecast")).toContain("script-src 'self' 'wasm-unsafe-eval';");
    for (const path of ["/", "/engine.wasm", "/nothing", "/api/nothing", "/%"]) {
      const {headers} = await ask(url, path);
      expect(headers["content-security-policy"], path).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers, path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin"
      });
    }
  });

  it("needs a built folder", async () => {
    await expect(start({site: {folder: "/nowhere"}})).rejects.toThrow(
      /no built site in \/nowhere.*npx ikigai-kit build/
    );
  });
});

describe("the next build", () => {
  const build = async (folder: string, value: string, hash: string) =>
    write(folder, {"index.html": page(value), [`_file/data/x.${hash}.csv`]: value, "robots.txt": value});

  it("takes the place of the one before as a whole, of which open pages still find the hashed files", async () => {
    const parent = await temporaryFolder();
    const {url, swap} = await start({site: {folder: await build(join(parent, "1"), "first", "00000001")}});
    const got = async (path: string) => {
      const {status, body} = await ask(url, path);
      return status === 200 ? body.replace(/[^]*<h1>|<\/h1>[^]*/g, "") : status;
    };
    await swap(await build(join(parent, "2"), "second", "00000002"));
    await rm(join(parent, "1"), {recursive: true});
    expect(await got("/")).toBe("second");
    expect(await got("/robots.txt")).toBe("second");
    expect(await got("/_file/data/x.00000001.csv")).toBe("first");
    expect(await got("/_file/data/x.00000002.csv")).toBe("second");
    await write(join(parent, "3"), {"index.html": page("third")});
    await swap(join(parent, "3"));
    expect(await got("/robots.txt")).toBe(404);
    expect(await got("/_file/data/x.00000001.csv")).toBe("first");
  });

  it("lets browsers keep what it has the same: an engine of 40 MB is not for every viewer to load again", async () => {
    const parent = await temporaryFolder();
    const engines = (name: string, engine: string) =>
      write(join(parent, name), {"index.html": page(name), "engine.wasm": engine, "other.wasm": name});
    const {url, swap} = await start({site: {folder: await engines("1", "the engine")}});
    const etag = async (path: string) => (await ask(url, path)).headers.etag!;
    const before = [await etag("/engine.wasm"), await etag("/other.wasm")] as const;
    const folder = await engines("2", "the engine");
    for (const name of ["engine.wasm", "other.wasm"]) await utimes(join(folder, name), 1, 1);
    await swap(folder);
    expect((await ask(url, "/engine.wasm", {headers: {"if-none-match": before[0]}})).status).toBe(304);
    expect((await ask(url, "/other.wasm", {headers: {"if-none-match": before[1]}})).body).toBe("2");
    await swap(await engines("3", "THE engine"));
    expect((await ask(url, "/engine.wasm", {headers: {"if-none-match": before[0]}})).body).toBe("THE engine");
  });

  it("leaves no more on the disk than some builds", async () => {
    const parent = await temporaryFolder();
    const gateway = await start({site: {folder: await build(join(parent, "0"), "0", "00000000")}});
    for (let i = 1; i <= 12; ++i)
      await gateway.swap(await build(join(parent, String(i)), "x", `0000000${i % 10}`));
    expect((await readdir(join(gateway.state, "state/site"))).length).toBeLessThanOrEqual(9);
  });

  it("that isn't one leaves the site as it was, and so does whoever touches the folder", async () => {
    const parent = await temporaryFolder();
    const folder = await build(join(parent, "1"), "first", "00000001");
    const {url, swap} = await start({site: {folder}});
    await mkdir(join(parent, "empty"));
    await expect(swap(join(parent, "empty"))).rejects.toThrow(/no built site/);
    await rm(folder, {recursive: true});
    expect((await ask(url, "/")).body).toContain("first");
    expect((await ask(url, "/_file/data/x.00000001.csv")).body).toBe("first");
    await mkdir(folder);
    await writeFile(join(folder, "index.html"), "half");
    expect((await ask(url, "/")).body).toContain("first");
  });
});
