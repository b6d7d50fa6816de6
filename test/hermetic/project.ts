// Small projects in temporary folders, for the tests to build.
import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {onTestFinished} from "vitest";

export const repository = resolve(import.meta.dirname, "../..");

/** Writes these files into a new folder, which goes when the test ends. An object is written as JSON. */
export function project(files: Record<string, string | Uint8Array | object>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "hermetic-")));
  onTestFinished(() => rmSync(root, {recursive: true, force: true}));
  for (const [path, content] of Object.entries(files)) write(root, path, content);
  return root;
}

export function write(root: string, path: string, content: string | Uint8Array | object): void {
  const file = join(root, path);
  mkdirSync(dirname(file), {recursive: true});
  const raw = typeof content === "string" || content instanceof Uint8Array;
  writeFileSync(file, raw ? content : JSON.stringify(content));
}

/** Gives a project the packages of this repository. */
export function linkPackages(root: string): void {
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
}

/** A config for a site of which every request to a host would be written to foreign.log, and fail. */
export const config = `
import {appendFileSync} from "node:fs";
globalThis.fetch = async (href) => {
  appendFileSync("foreign.log", href + "\\n");
  throw new Error("no host may be asked: " + href);
};
export default {
  root: "src",
  title: "Test",
  head: '<link rel="icon" href="data:,">',
  globalStylesheets: [],
  duckdb: {extensions: {json: null, parquet: null}}
};
`;
