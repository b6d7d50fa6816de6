// What is known about each file that a site needs, and what a refresh does with it.
import {readFile} from "node:fs/promises";
import {basename} from "node:path/posix";
import {kitVersion} from "../lib/config/version.js";
import type {CheckedConfig, FileSource} from "../lib/config/index.js";
import {LoadError} from "./error.js";
import {fileRequest, type FileRequest} from "./file-request.js";
import type {FileResult} from "./make-file.js";
import {isIntact, isSame, type ManifestFile} from "./manifest.js";
import {digestOfText, type SourceState} from "./source-state.js";

/** A file that the site needs. */
export interface NeededFile {
  /** From the source root, with slashes: `data/demand.parquet`. */
  path: string;
  /** The pages that name it. */
  pages: readonly string[];
  /** The path of the loader that stands for it. */
  loader?: string | undefined;
}

export interface PlannedFile {
  path: string;
  request: FileRequest;
  /** SHA-256 of its loader's code. */
  loader?: string | undefined;
  /** What the manifest has of it. */
  known: ManifestFile | undefined;
  /** What its source is now, as far as it was asked. */
  state?: SourceState | undefined;
  /** Why it is pulled; undefined where it stays as it is. */
  why?: string | undefined;
  /** Why it can't be pulled. */
  error?: Error | undefined;
  /** What was made. */
  result?: FileResult | undefined;
}

/** The entry of the config that a file is made from. */
export const sourceOf = ({file: _file, name: _name, format: _format, ...source}: FileRequest): FileSource =>
  source;

/** The files with their entries of the config, and those that have none, with a sentence each. */
export async function planFiles(
  files: readonly NeededFile[],
  config: CheckedConfig,
  known: Record<string, ManifestFile>
): Promise<{planned: PlannedFile[]; skipped: {file: string; message: string}[]}> {
  const planned: PlannedFile[] = [];
  const skipped: {file: string; message: string}[] = [];
  for (const {path, pages, loader} of files) {
    try {
      const request = fileRequest(basename(path), config);
      const code = loader === undefined ? undefined : digestOfText(await readFile(loader, "utf8"));
      planned.push({path, request, loader: code, known: known[path]});
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      skipped.push({file: path, message: `${pages[0]}: ${error.message}`});
    }
  }
  return {planned, skipped};
}

/** Whether the cache still has what the manifest knows of a file, made of the same entry. */
export const isKept = async (cache: string, {path, request, known}: PlannedFile): Promise<boolean> =>
  known !== undefined && isSame(known.source, sourceOf(request)) && (await isIntact(cache, path, known));

/** Why a file has to be pulled; undefined where it needn't be. */
export async function whyPull(cache: string, file: PlannedFile): Promise<string | undefined> {
  const {path, request, loader, known, state} = file;
  if (!known) return "it is new";
  if (!isSame(known.source, sourceOf(request))) return "its entry in ikigai.config.ts has changed";
  if (known.kit !== kitVersion)
    return `it was made by version ${known.kit} of ikigai-kit, and this is ${kitVersion}`;
  if (known.loader !== loader) return "its loader has changed";
  if (!(await isIntact(cache, path, known))) return "the file was changed or removed here";
  if (state && !isSame(known.state, state)) return changeOf(known.state, state);
  if (known.refused) return "what was pulled the last time wasn't fit to be published";
  return undefined;
}

function changeOf(before: SourceState, now: SourceState): string {
  if (before.id !== now.id)
    return `its name means another one on the platform: ${now.id}, before ${before.id}`;
  if (before.name !== now.name) return `it is now called ${JSON.stringify(now.name)} on the platform`;
  if (before.modified_at !== now.modified_at)
    return `it changed on the platform at ${now.modified_at}, before at ${before.modified_at}`;
  return "what it is made of has changed";
}

/**
 * When new data last made a file another, if it is now one of this content, pulled at `now`. The platform's data has to differ: the same
 * data made by another version of this kit is the same still, and what another entry of the config makes is a first.
 */
export function lastChange(
  {known, request, state = {}}: PlannedFile,
  sha256: string,
  now: string
): ManifestFile["changed"] {
  if (!known || !isSame(known.source, sourceOf(request))) return undefined;
  if (known.sha256 === sha256 || isSame(known.state, state)) return known.changed;
  return {at: now, rowsBefore: known.rows};
}
