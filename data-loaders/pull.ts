// Pulls any number of files in one process: each dataset is downloaded once, and either all files arrive or none.
import {mkdtemp, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {basename} from "node:path/posix";
import type {Ikigai} from "../lib/client/index.js";
import type {CheckedConfig} from "../lib/config/index.js";
import {openDelivery, type Delivery} from "./delivery.js";
import {allOf} from "./error.js";
import {fileRequest, type FileRequest} from "./file-request.js";
import {makeSources, sharedContext} from "./make-all.js";
import type {FileResult, PullContext, PullProgress} from "./make-file.js";

/** What to pull, where to, and functions that are called meanwhile. */
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
  /** Called with the state of each file. */
  onProgress?: (progress: PullProgress) => void;
  /** Called with a sentence for each surprise, such as a column that became text. */
  onWarning?: (warning: string) => void;
  signal?: AbortSignal;
  /**
   * A name that distinguishes this project's flows on the platform, for entries with `engine: "platform"`, from those
   * of other projects; the name in the `package.json` of the working folder if left out.
   */
  project?: string;
  /**
   * The folder where the contents of entries with `keep` are kept, one that nothing else cleans. If left out nothing is kept, and the
   * file of an entry's editions has its current content only.
   */
  history?: string;
  /** Downloads at a time; 4 if left out. */
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

/**
 * Pulls files that the config gives. They appear in the folder whole, and only when all of them are ready: after an error it is
 * as it was.
 * @throws LoadError telling of each file that can't be made; the signal's reason when it aborts
 */
export async function pull(options: PullOptions): Promise<PulledFile[]> {
  const {config, into} = options;
  const shared = sharedContext(options);
  const files = [...new Set(options.files)];
  const names = new Set(files.map((file) => basename(file)));
  const requests = [...names].map((name) => fileRequest(name, config));
  return staged({into, signal: shared.signal}, async (folders, delivery) => {
    const results = await makeFiles(requests, {...shared, ...folders}, config);
    shared.signal?.throwIfAborted();
    const made = new Map(results.map((result) => [result.request.file, result]));
    const pulled = await Promise.all(
      files.map(async (file) => {
        const {path, rows} = made.get(basename(file))!;
        const {size: bytes} = await stat(await delivery.place(path, file));
        return {file, path: join(into, file), rows, bytes};
      })
    );
    await keepContents(results);
    await delivery.commit();
    return pulled;
  });
}

/** Does work with a delivery to a folder and one for what is only needed meanwhile, and removes what they leave. */
export async function staged<T>(
  {into, signal}: {into: string; signal?: AbortSignal | undefined},
  work: (folders: Pick<PullContext, "folder" | "staging">, delivery: Delivery) => Promise<T>
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-"));
  let delivery: Delivery | undefined;
  try {
    delivery = await openDelivery(into);
    return await work({folder, staging: delivery.folder}, delivery);
  } catch (error) {
    // However the work under way ended, it was because of the signal.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await delivery?.discard();
    await rm(folder, {recursive: true, force: true});
  }
}

/** Adds what is about to be delivered to the contents that are kept. */
export async function keepContents(results: readonly FileResult[]): Promise<void> {
  for (const keep of new Set(results.map(({keep}) => keep))) await keep?.();
}

async function makeFiles(
  requests: FileRequest[],
  context: PullContext,
  config: CheckedConfig
): Promise<FileResult[]> {
  const sources = await makeSources(requests, context, config);
  const results = (await allOf(sources.map(({made}) => made))).flat();
  const catalogs = requests.filter((one) => one.kind === "catalog");
  if (catalogs.length === 0) return results;
  const rows = new Map(results.map(({request, rows}) => [request.name, rows]));
  const pulledAt = new Date().toISOString();
  // A loader starts sooner without what only this needs.
  const {catalogRows} = await import("./catalog.js");
  const {stateOf} = await import("./source-state.js");
  const catalog = await catalogRows(
    config,
    (source) => stateOf(source, {...context, config}),
    (file) => ({rows: rows.get(file) ?? null, pulledAt})
  );
  const {makeCatalog} = await import("./make.js");
  for (const one of catalogs) results.push(await makeCatalog(one, context, catalog));
  return results;
}
