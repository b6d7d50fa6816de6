// The files of a site, over real HTTP: in which encoding, which part, whether they changed, of which type, and who may keep them.
import {createHash} from "node:crypto";
import {request} from "node:http";
import {join} from "node:path";
import {brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync} from "node:zlib";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {chooseEncoding, encodings} from "../../lib/gateway/encoding.js";
import {byteRange} from "../../lib/wire/byte-range.js";
import {ask, fromPage, start, temporaryFolder, write, type Asked} from "./support.js";

const code = `export const a = 1;\n${"// much of the same\n".repeat(200)}`;
/** Larger than what is kept in memory. */
const large = Buffer.from(Array.from({length: 1_500_000}, (_, i) => (i * 31) % 251));
const front = `<!DOCTYPE html><html><head></head><body><h1>Overview</h1>${"<p>Much of the same.</p>".repeat(100)}</body></html>`;

const files = {
  "index.html": front,
  "404.html": '<!DOCTYPE html><html><head><base href="/"></head><body>Nothing here</body></html>',
  "_import/code.01234567.js": code,
  "_import/code.01234567.js.br": brotliCompressSync(code),
  "_import/code.01234567.js.gz": gzipSync(code),
  "_npm/engine@1.0.0/engine.wasm": large,
  "_npm/engine@1.0.0/engine.wasm.gz": gzipSync(large),
  "20250601.csv": "a\n1\n",
  "empty.txt": ""
};

const site = async (options: Parameters<typeof start>[0] = {}) => {
  const folder = await write(join(await temporaryFolder(), "dist"), files);
  return start({site: {folder}, ...options});
};

/** Like `ask`, with the body as it came. */
const bytes = (url: string, path: string, {method = "GET", headers = {}}: Asked = {}) =>
  new Promise<{status: number; headers: Record<string, string>; body: Buffer}>((resolve, reject) => {
    request(url, {path, method, headers, agent: false}, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers as Record<string, string>,
          body: Buffer.concat(chunks)
        })
      );
    })
      .on("error", reject)
      .end();
  });

describe("encodings", () => {
  it.each<[string | undefined, string]>([
    ["br, gzip", "br"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["x-gzip", "gzip"],
    ["GZIP;q=0.5 , identity;q=0.1", "gzip"],
    ["br;q=0.5, gzip;q=0.8", "gzip"],
    ["br;q=0, *", "gzip"],
    ["*;q=0.1", "br"],
    ["gzip;q=0.5, identity", "identity"],
    ["br;q=0, gzip;q=0", "identity"],
    ["br;q=2", "identity"],
    ["", "identity"],
    ["deflate", "identity"],
    ["*;q=0", "identity"],
    [undefined, "identity"]
  ])("of %j is %s", async (accepted, encoding) => {
    const {url} = await site();
    for (const [path, content] of [
      ["/_import/code.01234567.js", code],
      ["/", undefined]
    ] as const) {
      const {headers, body} = await bytes(url, path, {
        headers: accepted === undefined ? {} : {"accept-encoding": accepted}
      });
      expect([path, headers["content-encoding"] ?? "identity", headers.vary]).toEqual([
        path,
        encoding,
        "accept-encoding"
      ]);
      expect(headers["content-length"]).toBe(String(body.length));
      const plain =
        encoding === "br" ? brotliDecompressSync(body) : encoding === "gzip" ? gunzipSync(body) : body;
      if (content !== undefined) expect(plain.toString()).toBe(content);
      else expect(plain.toString()).toContain("<h1>Overview</h1>");
    }
  });

  it("aren't given that there are none of", async () => {
    const {url} = await site();
    const headers = {"accept-encoding": "br, gzip"};
    expect((await bytes(url, "/_npm/engine@1.0.0/engine.wasm", {headers})).headers["content-encoding"]).toBe(
      "gzip"
    );
    expect((await bytes(url, "/20250601.csv", {headers})).headers["content-encoding"]).toBeUndefined();
  });

  it("are chosen by the greatest weight of those there are, whatever is sent", () => {
    const weights = fc.dictionary(fc.constantFrom(...encodings), fc.integer({min: 0, max: 1000}), {
      maxKeys: 3
    });
    const there = fc.subarray(["br", "gzip"] as const);
    fc.assert(
      fc.property(weights, there, (weights, there) => {
        const accepted = Object.entries(weights).map(([name, weight]) => `${name};q=${weight / 1000}`);
        const has = [...there, "identity"] as string[];
        const chosen = chooseEncoding(accepted.join(", "), (encoding) => has.includes(encoding));
        expect(has).toContain(chosen);
        const best = Math.max(0, ...has.map((name) => weights[name as "br"] ?? 0));
        // What isn't named isn't wanted, but for identity, which is the last resort.
        if (best > 0) expect(weights[chosen]).toBe(best);
        else expect(chosen).toBe("identity");
      })
    );
  });
});

describe("parts", () => {
  const path = "/_npm/engine@1.0.0/engine.wasm";

  it.each([
    ["bytes=0-0", 0, 1],
    ["bytes=10-19", 10, 20],
    ["bytes=1499990-", 1_499_990, 1_500_000],
    ["bytes=1499990-9999999", 1_499_990, 1_500_000],
    ["bytes=-8", 1_499_992, 1_500_000],
    ["bytes=-9999999", 0, 1_500_000]
  ])("%s are of the bytes as they are, whatever encoding is taken", async (range, first, end) => {
    const {url} = await site();
    const {status, headers, body} = await bytes(url, path, {headers: {range, "accept-encoding": "br, gzip"}});
    expect(status).toBe(206);
    expect(headers["content-range"]).toBe(`bytes ${first}-${end - 1}/1500000`);
    expect(headers["content-length"]).toBe(String(end - first));
    expect(headers["content-encoding"]).toBeUndefined();
    expect(body.equals(large.subarray(first, end))).toBe(true);
  });

  it.each(["bytes=1500000-", "bytes=9999999-99999999", "bytes=-0"])("%s aren't there", async (range) => {
    const {url} = await site();
    const {status, headers, body} = await bytes(url, path, {headers: {range}});
    expect([status, headers["content-range"], body.length]).toEqual([416, "bytes */1500000", 0]);
  });

  it.each([
    "bytes=0-1,5-6",
    "lines=0-1",
    "bytes=2-1",
    "bytes=-",
    "bytes=a-b",
    "0-1",
    "bytes=0-99999999999999999999"
  ])("%s are no part, so that the whole comes", async (range) => {
    const {url} = await site();
    const {status, body} = await bytes(url, path, {headers: {range}});
    expect([status, body.length]).toEqual([200, 1_500_000]);
  });

  it("come only while the file is what the rest was of", async () => {
    const {url} = await site();
    const {etag, "last-modified": modified} = (await bytes(url, path)).headers;
    const status = async (condition: string) =>
      (await bytes(url, path, {headers: {range: "bytes=0-9", "if-range": condition}})).status;
    expect(await status(etag!)).toBe(206);
    expect(await status(modified!)).toBe(206);
    expect(await status('"another"')).toBe(200);
    expect(await status(`W/${etag}`)).toBe(200);
    expect(await status("Mon, 01 Jan 2024 00:00:00 GMT")).toBe(200);
  });

  it("are within the file, or none", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.option(fc.nat(2000)), fc.option(fc.nat(2000)), (size, from, to) => {
        const part = byteRange(`bytes=${from ?? ""}-${to ?? ""}`, size);
        if (part === undefined || part === "none") return;
        expect(part.first).toBeGreaterThanOrEqual(0);
        expect(part.last).toBeGreaterThanOrEqual(part.first);
        expect(part.last).toBeLessThan(size);
        if (from !== null) expect(part.first).toBe(from);
      })
    );
  });
});

describe("what hasn't changed", () => {
  it("isn't sent again: by the tag of each encoding, which is strong", async () => {
    const {url} = await site();
    const tags = new Set<string>();
    for (const path of ["/", "/_import/code.01234567.js", "/20250601.csv"]) {
      for (const accepted of ["br", "gzip", "identity"]) {
        const headers = {"accept-encoding": accepted};
        const {etag, ...sent} = (await bytes(url, path, {headers})).headers;
        expect(etag).toMatch(/^"[\w-]+"$/);
        tags.add(etag!);
        for (const tag of [etag!, `W/${etag}`, `"other", ${etag}`, "*"]) {
          const again = await bytes(url, path, {headers: {...headers, "if-none-match": tag}});
          expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
          expect(again.headers["cache-control"]).toBe(sent["cache-control"]);
          expect(again.headers["content-security-policy"]).toBe(sent["content-security-policy"]);
        }
        expect((await bytes(url, path, {headers: {...headers, "if-none-match": '"other"'}})).status).toBe(
          200
        );
      }
    }
    expect(tags.size).toBe(7);
  });

  it("is told by its time too, exactly: after a rollback an older file is the news", async () => {
    const {url} = await site();
    const {"last-modified": modified} = (await bytes(url, "/20250601.csv")).headers;
    const status = async (time: string) =>
      (await bytes(url, "/20250601.csv", {headers: {"if-modified-since": time}})).status;
    expect(await status(modified!)).toBe(304);
    expect(await status(new Date(Date.parse(modified!) + 60_000).toUTCString())).toBe(200);
    expect(
      (await bytes(url, "/20250601.csv", {headers: {"if-modified-since": modified!, "if-none-match": '"x"'}}))
        .status
    ).toBe(200);
  });

  it("is what a condition asks for, or the request fails", async () => {
    const {url} = await site();
    const {etag} = (await bytes(url, "/20250601.csv")).headers;
    expect((await bytes(url, "/20250601.csv", {headers: {"if-match": `"x", ${etag}`}})).status).toBe(200);
    expect((await bytes(url, "/20250601.csv", {headers: {"if-match": "*"}})).status).toBe(200);
    expect((await bytes(url, "/20250601.csv", {headers: {"if-match": '"x"'}})).status).toBe(412);
  });

  it("has the same tag in the next build, though its time is another", async () => {
    const {url, swap} = await site();
    const before = (await bytes(url, "/20250601.csv")).headers.etag!;
    await swap(await write(join(await temporaryFolder(), "dist"), files));
    expect((await bytes(url, "/20250601.csv", {headers: {"if-none-match": before}})).status).toBe(304);
    await swap(await write(join(await temporaryFolder(), "dist"), {...files, "20250601.csv": "a\n2\n"}));
    expect((await bytes(url, "/20250601.csv", {headers: {"if-none-match": before}})).body.toString()).toBe(
      "a\n2\n"
    );
  });
});

describe("HEAD", () => {
  it.each(["/", "/_import/code.01234567.js", "/_npm/engine@1.0.0/engine.wasm", "/empty.txt", "/nothing"])(
    "of %s says what GET does, and no more",
    async (path) => {
      const {url} = await site();
      for (const accepted of ["br", "identity"]) {
        const headers = {"accept-encoding": accepted};
        const [get, head] = [
          await bytes(url, path, {headers}),
          await bytes(url, path, {method: "HEAD", headers})
        ];
        const {date: _, ...told} = get.headers;
        expect(head).toMatchObject({status: get.status, headers: told});
        expect(head.body.length).toBe(0);
      }
    }
  );
});

describe("who may keep a file, and how long", () => {
  const caching = async (url: string, path: string, headers = {}) =>
    (await bytes(url, path, {headers})).headers["cache-control"];

  it("is told by what Framework named by its content: a date isn't a hash", async () => {
    const {url} = await site();
    expect(await caching(url, "/_import/code.01234567.js")).toBe("public, max-age=31536000, immutable");
    for (const path of ["/", "/20250601.csv", "/_npm/engine@1.0.0/engine.wasm", "/nothing"]) {
      expect([path, await caching(url, path)]).toEqual([path, "public, no-cache"]);
    }
  });

  it("is no shared cache where a rule says who may see it", async () => {
    const token = "a-token-of-enough-characters";
    const {url} = await site({token});
    const signed = await ask(url, "/api/session", {
      method: "POST",
      headers: fromPage(url),
      body: JSON.stringify({token})
    });
    const cookie = signed.headers["set-cookie"]![0]!.split(";")[0]!;
    expect(await caching(url, "/_import/code.01234567.js", {cookie})).toBe(
      "private, max-age=31536000, immutable"
    );
    expect(await caching(url, "/", {cookie})).toBe("private, no-cache");
    expect(await caching(url, "/_import/code.01234567.js")).toBe("no-store");
  });
});

describe("types", () => {
  it.each([
    ["engine.wasm", "application/wasm"],
    ["code.js", "text/javascript; charset=utf-8"],
    ["code.mjs", "text/javascript; charset=utf-8"],
    ["code.js.map", "application/json; charset=utf-8"],
    ["style.css", "text/css; charset=utf-8"],
    ["x.json", "application/json; charset=utf-8"],
    ["x.geojson", "application/geo+json; charset=utf-8"],
    ["x.ndjson", "application/x-ndjson; charset=utf-8"],
    ["x.csv", "text/csv; charset=utf-8"],
    ["x.tsv", "text/tab-separated-values; charset=utf-8"],
    ["x.md", "text/markdown; charset=utf-8"],
    ["x.ts", "text/plain; charset=utf-8"],
    ["x.parquet", "application/vnd.apache.parquet"],
    ["x.arrow", "application/vnd.apache.arrow.stream"],
    ["x.arrows", "application/vnd.apache.arrow.stream"],
    ["x.svg", "image/svg+xml; charset=utf-8"],
    ["x.PNG", "image/png"],
    ["x.woff2", "font/woff2"],
    ["x.pdf", "application/pdf"],
    ["x.unknown-ending", "application/octet-stream"],
    ["constructor", "application/octet-stream"],
    ["x.constructor", "application/octet-stream"]
  ])("%s is %s", async (name, type) => {
    const folder = await write(join(await temporaryFolder(), "dist"), {
      "index.html": front,
      [name]: "content"
    });
    const {url} = await start({site: {folder}});
    expect((await bytes(url, `/${name}`)).headers["content-type"]).toBe(type);
  });

  it("of Arrow are two, which the first bytes tell apart", async () => {
    const folder = await write(join(await temporaryFolder(), "dist"), {
      "index.html": front,
      "x.arrow": "ARROW1\0\0…"
    });
    const {url} = await start({site: {folder}});
    expect((await bytes(url, "/x.arrow")).headers["content-type"]).toBe("application/vnd.apache.arrow.file");
  });
});

it("serves a file whole that is larger than what is kept in memory, and one with nothing in it", async () => {
  const {url} = await site();
  const sum = (content: Buffer) => createHash("sha256").update(content).digest("hex");
  const {body} = await bytes(url, "/_npm/engine@1.0.0/engine.wasm");
  expect(sum(body)).toBe(sum(large));
  expect(await bytes(url, "/empty.txt")).toMatchObject({status: 200, headers: {"content-length": "0"}});
});
