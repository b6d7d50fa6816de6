// Lets Framework build an open project aside, and puts the finished site in its place.
import {rm} from "node:fs/promises";
import {buildFolder, checkOutput, putInPlace} from "./built-site.js";
import {improvePreloads} from "./preloads.js";
import type {OpenProject} from "./project.js";
import {replaceData, type ChangedData, type Refused, type ReplaceOptions} from "./replace-data.js";
import {splitFiles} from "./split-files.js";

/** A finished build, aside. */
export interface BuiltSite {
  folder: string;
  /** Removes what is left of it. */
  remove(): Promise<void>;
}

/** Builds the site from the data that lies in Framework's cache. The site in place is as it was. */
export async function buildAside(open: OpenProject): Promise<BuiltSite> {
  const {project} = open;
  await checkOutput(project);
  const folder = await buildFolder(project.root);
  const remove = () => rm(folder, {recursive: true, force: true});
  try {
    await open.run({args: ["build"], output: folder});
    await improvePreloads(folder);
    return {folder, remove};
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Makes a site of an edition's with the data that has changed since; or says why Framework must build it. */
export async function replaceAside(
  options: Omit<ReplaceOptions, "into">
): Promise<(BuiltSite & ChangedData) | Refused> {
  const folder = await buildFolder(options.of.root);
  const remove = () => rm(folder, {recursive: true, force: true});
  const data = await replaceData({...options, into: folder});
  return "refused" in data ? data : {...data, folder, remove};
}

export interface BuildSiteOptions {
  /** Bytes that no file may be larger than: DuckDB's module is split into parts, and another such file is an error. */
  maxFileSize?: number | undefined;
  /** Gets the folder of the build as Framework has left it. */
  onBuilt?: (folder: string) => Promise<void>;
}

/** Builds the site and puts it in place as a plain folder, which it returns. After an error the site is as it was. */
export async function buildSite(open: OpenProject, options: BuildSiteOptions = {}): Promise<string> {
  const {maxFileSize, onBuilt} = options;
  const built = await buildAside(open);
  try {
    await onBuilt?.(built.folder);
    if (maxFileSize !== undefined) await splitFiles(built.folder, maxFileSize);
    await putInPlace(open.project, built.folder);
  } finally {
    await built.remove();
  }
  return open.project.output;
}
