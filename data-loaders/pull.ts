// Pulls any number of files in one process: each dataset is downloaded once, and either all files arrive or none.
import {setMaxListeners} from "node:events";
import {copyFile, mkdir, mkdtemp, rename, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import pLimit from "p-limit";
import type {Ikigai} from "../lib/client/index.js";
import type {CheckedConfig} from "../lib/config/index.js";
import {allOf, withContext} from "./error.js";
import {lookup} from "./lookup.js";
import {
  makeCatalog,
  makeFlows,
  makeFromDataset,
  makeFromModel,
  makeSpecs,
  type FileResult,
  type PullProgress,
  type PullContext
} from "./make.js";
import {fileRequest, type FileRequest, type FileRequestOf} from "./file-request.js";

/** What to pull, where it goes, and who is told. */
export interface PullOptions {
  config: CheckedConfig;
  client: Ikigai;
  /** Names with extension, such as `demand.parquet`; each name is one that the config gives. */
  files: Iterable<string>;
  /** The folder to put them in; made where it doesn't exist. */
  into: string;
  /** Gets what is being done with each file. */
  onProgress?: (progress: PullProgress) => void;
  /** Gets a sentence for each thing that isn't as the platform says, such as a column that was kept as text. */
  onWarning?: (warning: string) => void;
  signal?: AbortSignal;
  /** Downloads at a time. */
  concurrency?: number;
}

/** A file that was pulled. */
export interface PulledFile {
  /** Its name with extension. */
  file: string;
  path: string;
  rows: number;
  bytes: number;
}

/**
 * Pulls files that the config gives. They appear in the folder whole, and only when all of them are ready: after an error it is
 * as it was.
 * @throws LoadError telling of each file that can't be made; the signal's reason when it aborts
 */
export async function pull(options: PullOptions): Promise<PulledFile[]> {
  const {config, client, files, into, concurrency = 4} = options;
  const signal = options.signal && AbortSignal.any([options.signal]);
  // Each call under way listens to it, and there may be many.
  if (signal) setMaxListeners(0, signal);
  const requests = [...new Set(files)].map((file) => fileRequest(file, config));
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-"));
  try {
    const context: PullContext = {
      folder,
      client,
      find: lookup(client, signal),
      downloads: pLimit(concurrency),
      conversions: pLimit(1),
      onProgress: options.onProgress ?? (() => {}),
      onWarning: options.onWarning ?? (() => {}),
      signal
    };
    const results = await makeAll(requests, context, config);
    signal?.throwIfAborted();
    return await deliver(results, into);
  } catch (error) {
    // However the work under way ended, it was because of the signal.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function makeAll(
  requests: FileRequest[],
  context: PullContext,
  config: CheckedConfig
): Promise<FileResult[]> {
  const work: Promise<FileResult[]>[] = [];
  const byDataset = new Map<string, [FileRequestOf<"dataset">, ...FileRequestOf<"dataset">[]]>();
  for (const one of requests) {
    if (one.kind === "model") work.push(makeFromModel(one, context).then((result) => [result]));
    if (one.kind === "flows") work.push(makeFlows(one, context, config).then((result) => [result]));
    if (one.kind === "specs") work.push(makeSpecs(one, context).then((result) => [result]));
    if (one.kind !== "dataset") continue;
    const id = JSON.stringify([one.app, one.dataset]);
    const group = byDataset.get(id);
    if (group) group.push(one);
    else byDataset.set(id, [one]);
  }
  for (const group of byDataset.values()) work.push(makeFromDataset(group, byDataset.size === 1, context));
  const results = (await allOf(work)).flat();
  for (const one of requests) {
    if (one.kind === "catalog") results.push(await makeCatalog(one, context, config, results));
  }
  return results;
}

/** Copies the files beside their places first, since that can fail, then moves each into its place. */
function deliver(results: FileResult[], into: string): Promise<PulledFile[]> {
  return withContext(`can't write into ${into}`, async () => {
    await mkdir(into, {recursive: true});
    const partial = await mkdtemp(join(into, ".partial-"));
    try {
      for (const {request, path} of results) await copyFile(path, join(partial, request.file));
      return await Promise.all(
        results.map(async ({request: {file}, rows}) => {
          const path = join(into, file);
          await rename(join(partial, file), path);
          return {file, path, rows, bytes: (await stat(path)).size};
        })
      );
    } finally {
      await rm(partial, {recursive: true, force: true});
    }
  });
}
