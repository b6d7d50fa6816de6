// Compressed siblings of a site's files.
import {randomBytes} from "node:crypto";
import {readFile, readdir, stat} from "node:fs/promises";
import {join} from "node:path";
import {brotliDecompressSync, gunzipSync} from "node:zlib";
import {describe, expect, it} from "vitest";
import {precompress} from "../../lib/site/precompress.js";
import {temporaryFolder, write} from "./support.js";

const text = "month,value\n".repeat(1000);

describe("siblings", () => {
  it("are the file compressed, by brotli and gzip, of what compresses", async () => {
    const folder = await write(await temporaryFolder(), {
      "index.html": text,
      "_file/data/x.csv": text,
      "_npm/engine.wasm": text,
      "photo.png": randomBytes(20_000),
      "data.parquet": randomBytes(20_000),
      "small.js": "export {};"
    });
    const files = [
      "index.html",
      "_file/data/x.csv",
      "_npm/engine.wasm",
      "photo.png",
      "data.parquet",
      "small.js"
    ];
    const {siblings, linked, size, brotliSize} = await precompress(folder, {files});
    expect(siblings).toEqual(
      ["_file/data/x.csv", "_npm/engine.wasm", "index.html"].flatMap((name) => [`${name}.br`, `${name}.gz`])
    );
    expect([linked, size]).toEqual([0, 3 * text.length]);
    expect(brotliSize).toBeLessThan(size / 10);
    for (const name of siblings) {
      const content = await readFile(join(folder, name));
      const plain = name.endsWith(".br") ? brotliDecompressSync(content) : gunzipSync(content);
      expect(plain.toString()).toBe(text);
    }
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("are made of a picture or a Parquet file too that isn't compressed itself", async () => {
    const folder = await write(await temporaryFolder(), {"chart.png": text, "data.parquet": text});
    const {siblings} = await precompress(folder, {files: ["chart.png", "data.parquet"]});
    expect(siblings).toEqual(["chart.png.br", "chart.png.gz", "data.parquet.br", "data.parquet.gz"]);
  });

  it("aren't made of what is no tenth smaller for it", async () => {
    const folder = await write(await temporaryFolder(), {"noise.json": randomBytes(20_000)});
    expect((await precompress(folder, {files: ["noise.json"]})).siblings).toEqual([]);
  });

  it("that are there already stay, and aren't compressed again", async () => {
    const folder = await write(await temporaryFolder(), {"x.csv": text, "x.csv.gz": "the author's own"});
    const {siblings} = await precompress(folder, {files: ["x.csv", "x.csv.gz"]});
    expect(siblings).toEqual(["x.csv.br"]);
    expect(await readFile(join(folder, "x.csv.gz"), "utf8")).toBe("the author's own");
  });

  it("of an unchanged file are linked", async () => {
    const before = await write(await temporaryFolder(), {"x.js.br": "br", "x.js.gz": "gz"});
    const folder = await write(await temporaryFolder(), {"x.js": text});
    const known = async (_: string, sibling: string) => join(before, sibling);
    expect(await precompress(folder, {files: ["x.js"], known})).toMatchObject({
      siblings: ["x.js.br", "x.js.gz"],
      linked: 2
    });
    expect((await stat(join(folder, "x.js.br"))).ino).toBe((await stat(join(before, "x.js.br"))).ino);
  });
});
