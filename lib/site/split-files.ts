// Splits DuckDB's module in a built site, for hosts that take no file as large: its worker then fetches the parts and joins them.
import {createHash} from "node:crypto";
import {createReadStream, createWriteStream} from "node:fs";
import {readFile, rm, stat, writeFile} from "node:fs/promises";
import {basename, dirname, join} from "node:path/posix";
import {pipeline} from "node:stream/promises";
import {docsPage} from "../config/version.js";
import {isHashed} from "./framework-files.js";
import {joinParts, type SplitFile} from "./join-parts.js";
import {renamer} from "./replace-names.js";
import {filesBelow, forEach} from "./site-files.js";

interface LargeFile {
  name: string;
  size: number;
}

/**
 * Replaces each file of more than `limit` bytes by parts of at most as many. The worker that loads it gets another content and so
 * another name, as do the modules that lead to it. Returns the names of the files that were split.
 *
 * Throws an Error, before anything is changed, that names the files that can't be split: those that something else than DuckDB's worker reads.
 */
export async function splitFiles(folder: string, limit: number): Promise<string[]> {
  const names = await filesBelow(folder);
  const large: LargeFile[] = [];
  await forEach(names, async (name) => {
    const {size} = await stat(join(folder, name));
    if (size > limit) large.push({name, size});
  });
  large.sort((a, b) => (a.name < b.name ? -1 : 1));
  const workers = new Map<string, Record<string, SplitFile>>();
  const whole: LargeFile[] = [];
  for (const file of large) {
    const found = workersOf(file.name, names);
    if (found.length === 0) whole.push(file);
    const split = {parts: partNames(file.name, Math.ceil(file.size / limit)), size: file.size};
    for (const worker of found) workers.set(worker, {...workers.get(worker), [`/${file.name}`]: split});
  }
  if (whole.length > 0) throw new Error(tooLarge(whole, limit));
  if (large.length === 0) return [];

  const texts = await textFiles(folder, names);
  for (const [worker, files] of workers) {
    const text = texts.get(worker) ?? "";
    texts.set(worker, `${text}\n;(${joinParts.toString()})(${JSON.stringify(files)});\n`);
  }
  await rewrite(folder, texts, workers);
  for (const {name, size} of large) await split(folder, name, size, Math.ceil(size / limit));
  return large.map(({name}) => name);
}

/** The scripts that run a DuckDB module: `duckdb-eh.wasm` in `duckdb-browser-eh.worker.3ae5f1c2.js`. */
function workersOf(name: string, names: readonly string[]): string[] {
  const [, kind] = /^_npm\/@duckdb\/duckdb-wasm@[^/]+\/dist\/duckdb-(\w+)\.wasm$/.exec(name) ?? [];
  if (kind === undefined) return [];
  const begin = join(dirname(name), `duckdb-browser-${kind}.worker.`);
  return names.filter((other) => other.startsWith(begin) && isHashed(other) && other.endsWith(".js"));
}

/** The number of parts is in their names, since it is all that their content depends on, except for the whole's. */
const partNames = (name: string, count: number): string[] =>
  Array.from({length: count}, (_, i) => basename(name).replace(/\.wasm$/, `.${i + 1}-of-${count}.wasm`));

async function split(folder: string, name: string, size: number, count: number): Promise<void> {
  const path = join(folder, name);
  const length = Math.ceil(size / count);
  for (const [i, part] of partNames(name, count).entries()) {
    const range = {start: i * length, end: Math.min(size, (i + 1) * length) - 1};
    await pipeline(createReadStream(path, range), createWriteStream(join(dirname(path), part)));
  }
  await rm(path);
}

/** Pages, modules and scripts, by their names. What pages attach names no others. */
async function textFiles(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const written = names.filter((name) => /\.(?:html|m?js)$/.test(name) && !name.startsWith("_file/"));
  await forEach(written, async (name) => {
    texts.set(name, await readFile(join(folder, name), "utf8"));
  });
  return texts;
}

/** Gives the workers, and whatever leads to them under a hashed name, new names, and writes all that names one of these. */
async function rewrite(
  folder: string,
  texts: ReadonlyMap<string, string>,
  workers: ReadonlyMap<string, Record<string, SplitFile>>
): Promise<void> {
  const salt = JSON.stringify([...workers]);
  const renamed = new Map<string, string>();
  const touched = new Set<string>(workers.keys());
  for (const name of touched) {
    if (!isHashed(name)) continue;
    renamed.set(name, rehashed(name, salt));
    const base = basename(name);
    for (const [other, text] of texts) if (text.includes(base)) touched.add(other);
  }
  const rename = renamer([], renamed);
  const results = Array.from(touched, (name) => ({name, text: rename(name, texts.get(name)!).text}));
  await forEach(results, async ({name, text}) => {
    const to = renamed.get(name) ?? name;
    await writeFile(join(folder, to), text);
    if (to !== name) await rm(join(folder, name));
  });
}

/** A hash follows from the one before, as the new content follows from the old. */
const rehashed = (name: string, salt: string): string =>
  join(
    dirname(name),
    basename(name).replace(/(^|\.)([0-9a-f]{8})(?=\.[^.]+$)/, (_, dot: string, hash: string) => {
      const other = createHash("sha256").update(`${hash} ${salt}`).digest("hex");
      return `${dot}${other.slice(0, 8)}`;
    })
  );

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const tooLarge = (files: readonly LargeFile[], limit: number): string =>
  [
    `Some files are larger than ${megabytes(limit)} and can't be split, since pages read them whole or by ranges:`,
    ...files.map(({name, size}) => `  ${name}: ${megabytes(size)}`),
    `Publish fewer rows or columns, with sql in ikigai.config.ts, or choose a host that takes larger files: ${docsPage("hosting.md")}`
  ].join("\n");
