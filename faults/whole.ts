// Looks whether a site is whole: every file that it names is there as it was published, of one refresh, and the manifest describes the
// cache what lies there.
import {DuckDBInstance} from "@duckdb/node-api";
import {tableFromIPC} from "apache-arrow";
import {readdir, readFile, realpath, stat} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {ready} from "../data-loaders/delivery.js";
import {anyManifest, manifestFile, sha256Of} from "../data-loaders/manifest.js";
import {attachedFiles, editionAt} from "../lib/site/served.js";
import {checkSite} from "../lib/site/index.js";
import {groupFiles, roundFiles} from "./project.js";
import type {Subject} from "./subject.js";

/** What a viewer sees: which edition, and of which round each file is. */
export interface Seen {
  edition: string;
  rounds: Record<string, number>;
}

/** What of a project is looked at. */
export type Published = Pick<Subject, "root" | "site" | "cache"> & {platform: {apiKey: string}};

/** Reads the site that is served and the cache. Throws an Error that lists all that isn't as it should be. */
export async function look(subject: Published): Promise<Seen> {
  const problems: string[] = [];
  const site = await realpath(subject.site).catch(() => undefined);
  if (site === undefined) throw new Error(`${subject.site} is not there`);
  const {problems: found} = await checkSite(site, {secrets: [subject.platform.apiKey]});
  problems.push(...found);
  const edition = await editionAt(site);
  if (!edition) throw new Error(`${site} is not an edition`);
  for (const [name, {sha256}] of Object.entries(edition.files)) {
    const path = join(site, name);
    const isThere = await stat(path).catch(() => undefined);
    if (!isThere) problems.push(`${name} of edition ${edition.id} is not there`);
    else if ((await sha256Of(path)) !== sha256) problems.push(`${name} isn't as it was published`);
  }
  const attached = await attachedFiles(site);
  const rounds: Record<string, number> = {};
  for (const file of roundFiles) {
    const url = attached[file];
    if (url === undefined) problems.push(`the site has no ${file}`);
    else rounds[file] = await roundOf(join(site, decodeURIComponent(url)));
  }
  const group = new Set(groupFiles.map((file) => rounds[file]));
  if (group.size > 1) problems.push(`the group's files are of several refreshes: ${JSON.stringify(rounds)}`);
  problems.push(...(await manifestProblems(subject)));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return {edition: edition.id, rounds};
}

/**
 * What of the cache isn't as the manifest says, once the next command has completed a delivery that counts already: one whose moves were
 * cut short still has some of its files aside.
 */
async function manifestProblems({cache}: Published): Promise<string[]> {
  const names = (await readdir(cache)).filter((name) => name.startsWith(ready));
  const folders = [...names.map((name) => join(cache, name, "new")), cache];
  const find = async (path: string) => {
    for (const folder of folders) {
      const place = join(folder, path);
      const found = await stat(place).catch(() => undefined);
      if (found) return {folder, place, size: found.size};
    }
    return undefined;
  };
  const at = await find(manifestFile);
  const manifest = at && (await anyManifest(at.folder));
  if (!manifest) return ["the manifest is gone or can't be read"];
  const problems: string[] = [];
  for (const [path, {bytes, sha256}] of Object.entries(manifest.files)) {
    const found = await find(path);
    if (!found) problems.push(`the manifest has ${path}, which isn't in the cache`);
    else if (found.size !== bytes || (await sha256Of(found.place)) !== sha256)
      problems.push(`${path} in the cache isn't what the manifest says`);
  }
  return problems;
}

/** What is left of a publication that didn't come to its end. A later one is to have removed it. */
export async function leftovers({root, cache, site}: Published): Promise<string[]> {
  const looked: [string, RegExp][] = [
    [cache, /^\.pull/],
    [join(root, ".ikigai", "build"), /./],
    [join(root, ".ikigai", "editions"), /^(?:new|old)-/],
    [dirname(site), new RegExp(`^\\.${basename(site)}\\.`)]
  ];
  const found = looked.map(async ([folder, pattern]) =>
    (await readdir(folder).catch(() => []))
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name))
  );
  return (await Promise.all(found)).flat();
}

/** The value in the column `round`, of which there must be one. */
async function roundOf(path: string): Promise<number> {
  const values = new Set(path.endsWith(".arrow") ? await arrowRounds(path) : await tableRounds(path));
  if (values.size !== 1) throw new Error(`${path} has the rounds ${[...values].join(", ")}`);
  return [...values][0]!;
}

async function arrowRounds(path: string): Promise<number[]> {
  const column = tableFromIPC(await readFile(path)).getChild("round");
  return Array.from(column ?? [], Number);
}

let database: Promise<DuckDBInstance> | undefined;

async function tableRounds(path: string): Promise<number[]> {
  database ??= DuckDBInstance.create(":memory:", {threads: "1", memory_limit: "200MB"});
  const connection = await (await database).connect();
  try {
    const quoted = `'${path.replaceAll("'", "''")}'`;
    const from = path.endsWith(".csv") ? `read_csv(${quoted})` : `read_parquet(${quoted})`;
    const reader = await connection.runAndReadAll(`SELECT DISTINCT round FROM ${from}`);
    return reader.getRows().map(([round]) => Number(round));
  } finally {
    connection.closeSync();
  }
}
