// Files split for a host with a limit: what is changed of a site, what can't be, and how the parts become the whole again.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import fc from "fast-check";
import {afterEach, describe, expect, it, vi} from "vitest";
import {joinParts, type SplitFile} from "../../lib/site/join-parts.js";
import {filesBelow} from "../../lib/site/site-files.js";
import {splitFiles} from "../../lib/site/split-files.js";
import {temporaryFolder, write} from "./support.js";

const duckdb = "_npm/@duckdb/duckdb-wasm@1.29.0";
const module = `${duckdb}/dist/duckdb-eh.wasm`;
const worker = `${duckdb}/dist/duckdb-browser-eh.worker.b2f0d826.js`;
const bytes = Uint8Array.from({length: 2501}, (_, i) => i % 251);

const files = {
  "index.html": `<link rel="modulepreload" href="./_npm/ikigai-kit@0.1.0/database.ddf38780.js"><script type="module">import "./_import/rows.0123abcd.js";</script>`,
  "deep/page.html": `<script type="module">import "../_import/rows.0123abcd.js"; import "../_import/other.aaaaaaaa.js";</script>`,
  "plain.html": "<p>No database</p>",
  "_import/rows.0123abcd.js": `import {database} from "../_npm/ikigai-kit@0.1.0/database.ddf38780.js";`,
  "_import/other.aaaaaaaa.js": "export const other = 1;",
  "_npm/ikigai-kit@0.1.0/database.ddf38780.js": `import.meta.resolve("../@duckdb/duckdb-wasm@1.29.0/dist/duckdb-browser-eh.worker.b2f0d826.js"); import.meta.resolve("../@duckdb/duckdb-wasm@1.29.0/dist/duckdb-eh.wasm");`,
  [worker]: `"use strict";globalThis.worked = true;`,
  [module]: bytes
};

const built = async (more: Record<string, string | Uint8Array> = {}) =>
  write(join(await temporaryFolder(), "dist"), {...files, ...more});

/** Gives the chunks one by one, as a network does. */
const streamOf = (chunks: readonly Uint8Array[]) => {
  const left = [...chunks];
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const chunk = left.shift();
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    }
  });
};

const textOf = (folder: string, name: string) => readFile(join(folder, name), "utf8");

afterEach(() => vi.unstubAllGlobals());

describe("a site with a large DuckDB module", () => {
  it("gets parts that are the whole, and other names for what leads to its worker", async () => {
    const folder = await built();
    expect(await splitFiles(folder, 1000)).toEqual([module]);
    const names = await filesBelow(folder);
    const parts = [1, 2, 3].map((i) => module.replace(".wasm", `.${i}-of-3.wasm`));
    expect(names).toEqual(expect.arrayContaining(parts));
    const contents = await Promise.all(parts.map((name) => readFile(join(folder, name))));
    expect(Buffer.concat(contents).equals(bytes)).toBe(true);
    expect(contents.map(({length}) => length)).toEqual([834, 834, 833]);
    const gone = [module, worker, "_import/rows.0123abcd.js", "_npm/ikigai-kit@0.1.0/database.ddf38780.js"];
    expect(names.filter((name) => gone.includes(name))).toEqual([]);
    expect(names).toContain("_import/other.aaaaaaaa.js");
    expect(names.length).toBe(Object.keys(files).length + 2);
    // Each module that a page leads to is there.
    for (const [page, up] of [
      ["index.html", "./"],
      ["deep/page.html", "../"]
    ] as const) {
      const named = Array.from(
        (await textOf(folder, page)).matchAll(/"(\.[^"]*\.js)"/g),
        ([, path]) => path!
      );
      expect(named.length).toBe(2);
      for (const path of named) expect(names).toContain(path.slice(up.length));
    }
    const database = names.find((name) => /database\.\w{8}\.js$/.test(name))!;
    const [, named] = /dist\/(duckdb-browser[^"]*)"/.exec(await textOf(folder, database))!;
    expect(names).toContain(`${duckdb}/dist/${named}`);
    expect(await textOf(folder, "plain.html")).toBe(files["plain.html"]);
  });

  it("is the same each time, and another with other parts", async () => {
    const names = async (limit: number) => {
      const folder = await built();
      await splitFiles(folder, limit);
      return (await filesBelow(folder)).filter((name) => name.endsWith(".js"));
    };
    expect(await names(1000)).toEqual(await names(1000));
    expect(await names(1000)).not.toEqual(await names(1300));
  });

  it("stays as it is within the limit", async () => {
    const folder = await built();
    const before = await filesBelow(folder);
    expect(await splitFiles(folder, bytes.length)).toEqual([]);
    expect(await filesBelow(folder)).toEqual(before);
  });

  it("with another large file is left as it is, and the error names that one and the fix", async () => {
    const folder = await built({"_file/data/big.0123abcd.parquet": bytes});
    const before = await filesBelow(folder);
    await expect(splitFiles(folder, 1000)).rejects.toThrow(
      /big\.0123abcd\.parquet: 0\.0 MB\nPublish fewer rows/
    );
    expect(await filesBelow(folder)).toEqual(before);
    expect(await textOf(folder, worker)).toBe(files[worker]);
  });

  it("whose worker is named in a way that isn't known is left as it is", async () => {
    const folder = await built({"other.html": `<script>load(base + "database.ddf38780.js")</script>`});
    await expect(splitFiles(folder, 1000)).rejects.toThrow(/other\.html has database\.ddf38780\.js/);
    expect(await filesBelow(folder)).toContain(module);
    expect(await textOf(folder, worker)).toBe(files[worker]);
  });
});

describe("the worker's fetch", () => {
  const url = `http://site/base/${module.replace("@", "%40")}`;
  const whole = {[`/${module}`]: {parts: ["a.wasm", "b.wasm"], size: bytes.length}};

  /** Answers by the last part of the path. */
  function serving(answers: Record<string, () => Response>, files: Record<string, SplitFile> = whole) {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (input: string | URL | Request) => {
      const url = input instanceof Request ? input.url : String(input);
      asked.push(url);
      return answers[url.split("/").at(-1)!]!();
    });
    joinParts(files);
    return asked;
  }

  it("joins parts however they arrive, asked beside the whole's place", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.uint8Array({maxLength: 50}), {maxLength: 5}), {minLength: 1, maxLength: 4}),
        async (parts) => {
          const names = parts.map((_, i) => `${i}.wasm`);
          const expected = Buffer.concat(parts.flat());
          const body = (chunks: Uint8Array[]) => () => new Response(streamOf(chunks));
          const asked = serving(
            Object.fromEntries(
              parts.map((chunks, i) => [names[i]!, body(chunks.filter(({length}) => length > 0))])
            ),
            {[`/${module}`]: {parts: names, size: expected.length}}
          );
          const answer = await fetch(new Request(`${url}?v=1`));
          expect(answer.headers.get("content-type")).toBe("application/wasm");
          expect(answer.headers.get("content-length")).toBe(String(expected.length));
          expect(Buffer.from(await answer.arrayBuffer()).equals(expected)).toBe(true);
          expect(asked).toEqual(names.map((name) => new URL(name, url).href));
          vi.unstubAllGlobals();
        }
      ),
      {numRuns: 30}
    );
  });

  it("asks for everything else as it was asked", async () => {
    const asked = serving({"rows.parquet": () => new Response("rows")});
    expect(await (await fetch("http://site/base/_file/rows.parquet")).text()).toBe("rows");
    expect(asked).toEqual(["http://site/base/_file/rows.parquet"]);
  });

  it("names a part that isn't there, and passes on that one broke off", async () => {
    serving({"a.wasm": () => new Response("a"), "b.wasm": () => new Response("", {status: 404})});
    await expect(fetch(url)).rejects.toThrow(/status 404/);
    vi.unstubAllGlobals();
    const broken = new ReadableStream({pull: (controller) => controller.error(new Error("broke off"))});
    serving({"a.wasm": () => new Response("a"), "b.wasm": () => new Response(broken)});
    await expect((await fetch(url)).arrayBuffer()).rejects.toThrow();
  });
});
