// nginx and Caddy, set up as the recipes say, really run in front of a gateway and are asked what a browser asks.
import {execFileSync} from "node:child_process";
import {mkdir, symlink, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {brotliDecompressSync, gunzipSync} from "node:zlib";
import {describe, expect, it, onTestFinished, type TestContext} from "vitest";
import {filesBelow} from "../../lib/site/site-files.js";
import {precompress} from "../../lib/site/precompress.js";
import {fromPage, start, temporaryFolder, write, type Started} from "../gateway/support.js";
import {ask, open, type Server} from "./ask.js";
import {findProxy, freePort, mimeTypes, startProxy, type ProxyName} from "./proxies.js";
import {readRecipe, replaced} from "./recipe.js";

const token = "a-token-of-enough-characters";
const code = `export const code = 1;${"\n// what does not change".repeat(200)}`;
const rows = `value\n${"1\n".repeat(5000)}`;
const page = (text: string) =>
  `<!DOCTYPE html><html><head><title>T</title></head><body>${text}</body></html>`;
const files = {
  "index.html": page("Overview"),
  "forecast.html": page("Forecast"),
  "deep/index.html": page("Deep"),
  "404.html": `<!DOCTYPE html><html><head><base href="/"></head><body>No page</body></html>`,
  "_import/code.01234567.js": code,
  "_npm/engine@1.0.0/engine.wasm": Buffer.from("\0asm the engine"),
  "_file/data/x.01234567.csv": rows
};

/** A published edition, as `dist` leads to it. */
async function site(): Promise<string> {
  const root = await temporaryFolder();
  const folder = await write(join(root, "edition/site"), files);
  await precompress(folder, {files: await filesBelow(folder)});
  await symlink("edition/site", join(root, "dist"));
  return join(root, "dist");
}

interface Setup {
  dist: string;
  gateway: Started;
  server: Server;
  /** Where nginx leads from http to https. */
  httpPort?: number | undefined;
}

interface Setting {
  recipe: string;
  program: ProxyName;
  base: string;
  /** Whether the files come from the proxy's disk. */
  isStatic?: boolean;
}

const settings: Setting[] = [
  {recipe: "nginx.conf", program: "nginx", base: "/"},
  {recipe: "nginx-path.conf", program: "nginx", base: "/team/dashboard/"},
  {recipe: "nginx-static.conf", program: "nginx", base: "/", isStatic: true},
  {recipe: "Caddyfile", program: "caddy", base: "/"},
  {recipe: "Caddyfile-path", program: "caddy", base: "/team/dashboard/"}
];

const hostIn = (recipe: string) => /^\s*(?:server_name )?([a-z]+\.example\.com)/m.exec(recipe)![1]!;

/** Starts a gateway and the program before it, set up as the recipe says but for `changes`. Skips the test where there is no program. */
async function begin(
  {recipe, program, base, isStatic}: Setting,
  {skip}: Pick<TestContext, "skip">,
  changes: Record<string, string> = {}
): Promise<Setup> {
  const found = programs[program];
  if ("missing" in found) return skip(found.missing);
  const {path} = found;
  const dist = await site();
  const gateway = await start({site: {folder: dist}, token, base});
  const [folder, port] = [await temporaryFolder(), await freePort()];
  const text = replaced(readRecipe(recipe), changes);
  const host = hostIn(text);
  const upstream = {"127.0.0.1:3000": new URL(gateway.url).host};
  if (program === "caddy") {
    const server = {port, origin: `http://${host}:${port}`};
    // Without TLS: a certificate is what Caddy would ask others for.
    const own = replaced(text, {...upstream, [`${host} {`]: `${server.origin} {`});
    await writeFile(join(folder, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${own}`);
    const args = ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
    await startProxy(path, args, {HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder}, () =>
      ask(server, "/")
    );
    return {dist, gateway, server};
  }
  const server = {port, origin: `https://${host}`};
  const certificate = await makeCertificate(folder, host);
  const [pem, key] = [/ssl_certificate +(\S+);/, /ssl_certificate_key +(\S+);/].map(
    (line) => line.exec(text)![1]!
  );
  const httpPort = text.includes("listen 80;") ? await freePort() : undefined;
  const own = replaced(text, {
    ...upstream,
    "listen 443 ": `listen 127.0.0.1:${port} `,
    ...(httpPort !== undefined && {"listen 80;": `listen 127.0.0.1:${httpPort};`}),
    [pem!]: certificate.pem,
    [key!]: certificate.key,
    ...(isStatic && {"/srv/dashboards/dist": dist})
  });
  await mkdir(join(folder, "temporary"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, "temporary", name)};`
  );
  const main = `${process.getuid?.() === 0 ? "user root;\n" : ""}daemon off;
pid ${join(folder, "pid")};
error_log stderr;
events {}
http {
  include ${mimeTypes()};
  default_type application/octet-stream;
  access_log off;
  ${temporary.join("\n  ")}
  ${own}
}`;
  await writeFile(join(folder, "nginx.conf"), main);
  await startProxy(path, ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")], {}, () =>
    ask(server, "/")
  );
  return {dist, gateway, server, httpPort};
}

async function makeCertificate(folder: string, host: string) {
  const [pem, key] = [join(folder, "host.pem"), join(folder, "host.key")];
  const subject = ["-subj", `/CN=${host}`, "-days", "2", "-nodes"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  execFileSync("openssl", ["req", "-x509", ...kind, "-keyout", key, "-out", pem, ...subject], {
    stdio: "ignore"
  });
  return {pem, key};
}

/** The cookie that a browser gets for the token, which it asks for through the proxy. */
async function signIn({server}: Setup, base: string): Promise<{cookie: string}> {
  const {status, headers} = await ask(server, `${base}api/session`, {
    method: "POST",
    headers: fromPage(server.origin),
    body: JSON.stringify({token})
  });
  expect(status).toBe(204);
  const [cookie] = headers["set-cookie"]!;
  expect(cookie).toContain(`; Path=${base};`);
  return {cookie: cookie!.split(";", 1)[0]!};
}

const refusal = ({body}: {body: Buffer}) =>
  (JSON.parse(body.toString()) as {error: {code: string}}).error.code;

const programs = {nginx: findProxy("nginx"), caddy: findProxy("caddy")};

describe.each(settings)("$recipe", (setting) => {
  const {base, isStatic = false} = setting;

  it("passes on pages, files, parts of them, and what is compressed", async (context) => {
    const setup = await begin(setting, context);
    const {server} = setup;
    if (!isStatic) expect((await ask(server, base)).status).toBe(401);
    const headers = isStatic ? undefined : await signIn(setup, base);
    const get = (path: string, more: Record<string, string> = {}) =>
      ask(server, base + path, {headers: {...headers, ...more}});
    for (const [path, text] of [
      ["", "Overview"],
      ["forecast?week=3", "Forecast"],
      ["deep/", "Deep"]
    ] as const) {
      const {status, headers, body} = await get(path);
      expect([path, status, headers["content-type"]]).toEqual([
        path,
        200,
        expect.stringMatching(/^text\/html/)
      ]);
      expect(body.toString()).toContain(text);
      expect(headers["cache-control"]).toMatch(/no-cache/);
    }
    const missing = await get("nothing/at/all");
    expect([missing.status, missing.body.toString()]).toEqual([404, expect.stringContaining("No page")]);

    const data = await get("_file/data/x.01234567.csv", {range: "bytes=2-9"});
    expect([data.status, data.headers["content-range"], data.body.toString()]).toEqual([
      206,
      `bytes 2-9/${rows.length}`,
      rows.slice(2, 10)
    ]);
    const engine = await get("_npm/engine@1.0.0/engine.wasm");
    expect([engine.headers["content-type"], engine.body]).toEqual([
      "application/wasm",
      files["_npm/engine@1.0.0/engine.wasm"]
    ]);

    const unpack = {gzip: gunzipSync, br: brotliDecompressSync};
    for (const encoding of isStatic ? (["gzip"] as const) : (["gzip", "br"] as const)) {
      const {headers, body} = await get("_import/code.01234567.js", {"accept-encoding": encoding});
      expect([headers["content-encoding"], headers.vary?.toLowerCase() ?? ""]).toEqual([
        encoding,
        isStatic ? expect.anything() : expect.stringContaining("accept-encoding")
      ]);
      expect(body.length).toBeLessThan(code.length / 5);
      expect(unpack[encoding](body).toString()).toBe(code);
      expect(headers["cache-control"]).toMatch(/max-age=31536000, immutable/);
    }
    const known = (await get("")).headers.etag!;
    expect((await get("", {"if-none-match": known})).status).toBe(304);
  });

  it("passes on the API: its own pages may ask, and no other site", async (context) => {
    const setup = await begin(setting, context);
    const {server} = setup;
    expect((await ask(server, `${base}api/health`)).status).toBe(200);
    const headers = await signIn(setup, base);
    const flows = await ask(server, `${base}api/flows`, {headers});
    expect([flows.status, flows.headers["content-type"]]).toEqual([
      200,
      expect.stringMatching(/^application\/json/)
    ]);
    const start = (origin: string) =>
      ask(server, `${base}api/flows/none/runs`, {
        method: "POST",
        headers: {...headers, ...fromPage(origin), "idempotency-key": "6c84fb90-12c4-11e1-840d-7b25c5ee775a"},
        body: `{"variables": {}}`
      });
    expect(refusal(await start("https://evil.example.com"))).toBe("origin");
    const own = await start(server.origin);
    expect([own.status, refusal(own)]).not.toContain("origin");
    expect(own.status).toBe(404); // there is no such flow
  });

  it("passes on events at once", async (context) => {
    const setup = await begin(setting, context);
    const {server, gateway} = setup;
    const headers = {
      ...(await signIn(setup, base)),
      accept: "text/event-stream",
      "accept-encoding": "gzip, br"
    };
    const stream = await open(server, `${base}api/events`, {headers});
    onTestFinished(() => void stream.destroy());
    expect([stream.statusCode, stream.headers["content-encoding"]]).toEqual([200, undefined]);
    let text = "";
    const chunks = stream.setEncoding("utf8")[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
    const until = async (what: RegExp) => {
      while (!what.test(text)) {
        const {value, done} = await chunks.next();
        if (done) throw new Error(`the stream ended: ${text}`);
        text += value;
      }
    };
    await until(/^event: hello\n/m);
    // Far sooner than the next heartbeat, which would push out what a proxy holds back.
    for (const name of ["one", "two"]) {
      const began = performance.now();
      gateway.published({[`data/${name}.csv`]: `/_file/data/${name}.89abcdef.csv`});
      await until(new RegExp(`_file/data/${name}\\.89abcdef\\.csv`));
      expect(performance.now() - began).toBeLessThan(10_000);
    }
  });
});

describe("below a path", () => {
  it.for(settings.filter(({base}) => base !== "/"))(
    "$recipe leaves the rest of the host to others",
    async (setting, context) => {
      const {server} = await begin(setting, context);
      for (const path of ["/", "/team/", "/team/dashboards/", "/api/health"]) {
        const {body} = await ask(server, path);
        expect(body.toString()).not.toMatch(/Overview|"status"/);
      }
      const {status, headers} = await ask(server, "/team/dashboard");
      expect([301, 308]).toContain(status);
      expect(headers.location).toMatch(/\/team\/dashboard\/$/);
    }
  );
});

describe("nginx.conf", () => {
  it("leads from http to https", async (context) => {
    const {server, httpPort} = await begin(settings[0]!, context);
    const {status, headers} = await ask(
      {port: httpPort!, origin: server.origin.replace("https", "http")},
      "/forecast?week=3"
    );
    expect([status, headers.location]).toEqual([301, `${server.origin}/forecast?week=3`]);
  });

  it("needs to pass on Host: without it pages are refused, as another site's are", async (context) => {
    const {server} = await begin(settings[0]!, context, {"proxy_set_header Host $http_host;": ""});
    const {status, body} = await ask(server, "/api/session", {
      method: "POST",
      headers: fromPage(server.origin),
      body: JSON.stringify({token})
    });
    expect([status, refusal({body})]).toEqual([403, "origin"]);
  });
});
