// Makes the files of many sources at once, each source by itself: what fails in one doesn't stop the others.
import {setMaxListeners} from "node:events";
import pLimit from "p-limit";
import type {Ikigai} from "../lib/client/index.js";
import type {CheckedConfig} from "../lib/config/index.js";
import {lookup, type Lookup} from "./lookup.js";
import {datasetKey, isOfDataset, type DatasetRequest, type FileRequest} from "./file-request.js";
import type {FileResult, PullContext, PullProgress} from "./make-file.js";

/** What the caller says about it. */
export interface MakeOptions {
  config: CheckedConfig;
  client: Ikigai;
  /** Called with the state of each file. */
  onProgress?: ((progress: PullProgress) => void) | undefined;
  /** Called with a sentence for each surprise, such as a column that became text. */
  onWarning?: ((warning: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** What was asked of the platform already. */
  find?: Lookup | undefined;
  /**
   * A name that distinguishes this project's flows on the platform, for entries with `engine: "platform"`, from those
   * of other projects; the name in the `package.json` of the working folder if left out.
   */
  project?: string | undefined;
  /**
   * The folder where the contents of entries with `keep` are kept, one that nothing else cleans. If left out nothing is kept, and the
   * file of an entry's editions has its current content only.
   */
  history?: string | undefined;
  /** Downloads at a time; 4 if left out. */
  concurrency?: number | undefined;
}

/** What the files of one pull share, except where they are made. */
export type SharedContext = Omit<PullContext, "folder" | "staging">;

export function sharedContext({
  client,
  onProgress = () => {},
  onWarning = () => {},
  signal,
  find,
  project,
  history,
  concurrency = 4
}: MakeOptions): SharedContext {
  const own = signal && AbortSignal.any([signal]);
  // Each call under way listens to it, and there may be many.
  if (own) setMaxListeners(0, own);
  own?.throwIfAborted();
  return {
    client,
    find: find ?? lookup(client, own),
    downloads: pLimit(concurrency),
    conversions: pLimit(1),
    onProgress,
    onWarning,
    project,
    history,
    pulledAt: new Date(),
    ...(own && {signal: own})
  };
}

/** The files of one source, which are made together or not at all. */
export interface SourceRequests {
  requests: FileRequest[];
  made: Promise<FileResult[]>;
}

/** Begins to make all files but catalogs, which are made from the others. */
export async function makeSources(
  requests: FileRequest[],
  context: PullContext,
  config: CheckedConfig
): Promise<SourceRequests[]> {
  // DuckDB takes a while to load: the platform is asked meanwhile, and the code that needs it reports what fails.
  for (const one of requests) {
    if (isOfDataset(one)) context.find.dataset(one).catch(() => {});
    if (one.kind === "model") context.find.model(one).catch(() => {});
  }
  const {makeFlows, makeFromDataset, makeFromModel, makeSpecs} = await import("./make.js");
  const sources: SourceRequests[] = [];
  const byDataset = new Map<string, [DatasetRequest, ...DatasetRequest[]]>();
  const add = (one: FileRequest, made: Promise<FileResult>) =>
    sources.push({requests: [one], made: made.then((result) => [result])});
  for (const one of requests) {
    if (one.kind === "model") add(one, makeFromModel(one, context));
    if (one.kind === "flows") add(one, makeFlows(one, context, config));
    if (one.kind === "specs") add(one, makeSpecs(one, context));
    if (!isOfDataset(one)) continue;
    // A query that runs on the platform has a result of its own.
    const id = JSON.stringify([one.app, one.dataset, one.engine === "platform" && datasetKey(one)]);
    const group = byDataset.get(id);
    if (group) group.push(one);
    else byDataset.set(id, [one]);
  }
  for (const group of byDataset.values())
    sources.push({requests: group, made: makeFromDataset(group, byDataset.size === 1, context)});
  return sources;
}
