// What a refresh of the cache is told, and what it tells.
import type {MakeOptions, SharedContext} from "./make-all.js";
import type {Manifest} from "./manifest.js";
import type {NeededFile, PlannedFile} from "./planned-file.js";
import type {PulledFile} from "./pull.js";
import type {stateOf} from "./source-state.js";
import {type SourceState} from "./source-state.js";

export interface RefreshOptions extends MakeOptions {
  /** Framework's cache. */
  cache: string;
  files: readonly NeededFile[];
  /** The files there that loaders of this kit have made, for any command. */
  present: readonly string[];
  /**
   * Keys of the config's entries, or names without extension of files, to ask about, with all that belong to a group
   * with them; all others are left as they are known to be, except the catalog. All are asked about if left out.
   */
  only?: ReadonlySet<string> | undefined;
  /** Whether those are pulled though nothing has changed. */
  force?: boolean | undefined;
  /** Whether nothing is pulled and nothing is written: what would be is told. */
  dryRun?: boolean | undefined;
  /** Whether files that the config doesn't give, or that can't be pulled, are left out rather than an error, unless all are. */
  isLenient?: boolean | undefined;
  /** Whether the last good data is kept of a source that can't be pulled, rather than an error. */
  keepStale?: boolean | undefined;
  /** Milliseconds before what failed is tried again, twice as many each time; 1,000 if left out. The config says how often. */
  retryDelay?: number | undefined;
  /** Gets the files that will be pulled, and why, as soon as that is known. */
  onPlan?: ((files: {file: string; why: string}[]) => void) | undefined;
}

/** A file that couldn't be pulled, so that its last good data is kept. */
export interface StaleFile {
  file: string;
  message: string;
  /** Since when, in UTC. */
  since: string;
}

/** A file that was pulled, or in a dry run would be. */
export interface RefreshedFile extends Omit<PulledFile, "rows"> {
  /** Unknown of what a project's own loader has made. */
  rows?: number;
  why: string;
  /** Whether its content is another than before. */
  isNew: boolean;
}

export interface Refreshed {
  pulled: RefreshedFile[];
  /** Paths of the files that stay as they are. */
  unchanged: string[];
  stale: StaleFile[];
  /** The files that were left out, and why. */
  skipped: {file: string; message: string}[];
  /** What is known of the files now, and what was before. */
  manifest: Manifest;
  before: Manifest;
}

/** A refresh under way. */
export interface Refresh {
  options: RefreshOptions;
  shared: SharedContext;
  planned: PlannedFile[];
  before: Manifest;
  /** When it began, in UTC. */
  now: string;
  /** Asks for a source's state, each once. */
  ask: (source: Parameters<typeof stateOf>[0]) => Promise<SourceState>;
}
