// Projects with a built site of a few files, named as Framework names them.
import {createHash} from "node:crypto";
import {mkdir, mkdtemp, readFile, realpath, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {expect, onTestFinished} from "vitest";

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-site-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

export async function write(folder: string, files: Record<string, string | Uint8Array>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), {recursive: true});
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const hashOf = (content: string): string => createHash("sha256").update(content).digest("hex").slice(0, 8);

/** Where a site has its data. */
export const dataFile = (value: string): string => `_file/data/x.${hashOf(rows(value))}.csv`;

export const rows = (value: string): string => `value\n${`${value}\n`.repeat(500)}`;

/** A site whose page and data have this value, and whose code is always the same. */
export function siteFiles(value: string): Record<string, string> {
  const code = `export const code = 1;${"\n// what does not change".repeat(100)}`;
  return {
    "index.html": `<!DOCTYPE html>\n<html><head><script type="module" src="./_import/code.${hashOf(code)}.js"></script></head><body><h1>${value}</h1><img src="./${dataFile(value)}"></body></html>`,
    "robots.txt": value,
    [`_import/code.${hashOf(code)}.js`]: code,
    "_npm/engine@1.0.0/engine.wasm": "\0asm the engine",
    [dataFile(value)]: rows(value)
  };
}

/** A folder for a whole file of tests, which removes it. */
export const projectFolder = async (): Promise<string> =>
  realpath(await mkdtemp(join(tmpdir(), "ikigai-site-")));

/** What is served has one value throughout, and all that the page names. */
export async function expectWhole(root: string): Promise<string> {
  const read = (name: string) => readFile(join(root, "dist", name), "utf8");
  const value = /<h1>(.*)<\/h1>/.exec(await read("index.html"))![1]!;
  for (const [name, content] of Object.entries(siteFiles(value)))
    expect([name, await read(name)]).toEqual([name, content]);
  expect(await read(dataFile(value))).toBe(rows(value));
  return value;
}
