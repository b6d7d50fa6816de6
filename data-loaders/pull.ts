// Pulls any number of files in one process: each dataset is downloaded once, and either all files arrive or none.
import {setMaxListeners} from "node:events";
import {mkdtemp, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {basename} from "node:path/posix";
import pLimit from "p-limit";
import type {Ikigai} from "../lib/client/index.js";
import type {CheckedConfig} from "../lib/config/index.js";
import {openDelivery, type Delivery} from "./delivery.js";
import {allOf} from "./error.js";
import {lookup} from "./lookup.js";
import type {FileResult, PullContext, PullProgress} from "./make.js";
import {fileRequest, type FileRequest, type FileRequestOf} from "./file-request.js";

/** What to pull, where it goes, and who is told. */
export interface PullOptions {
  config: CheckedConfig;
  client: Ikigai;
  /**
   * Names with extension, such as `demand.parquet`; each name is one that the config gives. One may stand in a folder,
   * `reports/demand.parquet`, and then goes into that folder below `into`.
   */
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
  /** Its name with extension, as it was asked for. */
  file: string;
  path: string;
  rows: number;
  bytes: number;
}

/** A file that is about to be delivered, and when it was written, in milliseconds of Unix time. */
export interface StagedFile extends PulledFile {
  writtenAt: number;
}

/**
 * Pulls files that the config gives. They appear in the folder whole, and only when all of them are ready: after an error it is
 * as it was.
 * @throws LoadError telling of each file that can't be made; the signal's reason when it aborts
 */
export const pull = (options: PullOptions): Promise<PulledFile[]> => pullWith(options, async () => {});

/**
 * Pulls files as `pull` does.
 * @param alongside adds what is to be delivered together with them
 */
export async function pullWith(
  options: PullOptions,
  alongside: (delivery: Delivery, staged: StagedFile[]) => Promise<void>
): Promise<PulledFile[]> {
  const {config, client, into, concurrency = 4} = options;
  const signal = options.signal && AbortSignal.any([options.signal]);
  // Each call under way listens to it, and there may be many.
  if (signal) setMaxListeners(0, signal);
  signal?.throwIfAborted();
  const files = [...new Set(options.files)];
  const names = new Set(files.map((file) => basename(file)));
  const requests = [...names].map((name) => fileRequest(name, config));
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-"));
  let delivery: Delivery | undefined;
  try {
    delivery = await openDelivery(into);
    const context: PullContext = {
      folder,
      staging: delivery.folder,
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
    const staged = await place(files, results, into, delivery);
    await alongside(delivery, staged);
    await delivery.commit();
    return staged.map(({file, path, rows, bytes}) => ({file, path, rows, bytes}));
  } catch (error) {
    // However the work under way ended, it was because of the signal.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await delivery?.discard();
    await rm(folder, {recursive: true, force: true});
  }
}

async function makeAll(
  requests: FileRequest[],
  context: PullContext,
  config: CheckedConfig
): Promise<FileResult[]> {
  // DuckDB takes a while to load: the platform is asked meanwhile, and what fails is told by who needs it.
  for (const one of requests) {
    if (one.kind === "dataset") context.find.dataset(one).catch(() => {});
    if (one.kind === "model") context.find.model(one).catch(() => {});
  }
  const {makeCatalog, makeFlows, makeFromDataset, makeFromModel, makeSpecs} = await import("./make.js");
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

/** Gives each file that was made its places. */
async function place(
  files: string[],
  results: FileResult[],
  into: string,
  delivery: Delivery
): Promise<StagedFile[]> {
  const made = new Map(results.map((result) => [result.request.file, result]));
  return Promise.all(
    files.map(async (file) => {
      const {path, rows} = made.get(basename(file))!;
      const {size: bytes, mtimeMs: writtenAt} = await stat(await delivery.place(path, file));
      return {file, path: join(into, file), rows, bytes, writtenAt};
    })
  );
}
