// Brings a cache up to date: asks the platform what each source holds, pulls what has changed, and keeps the last good data of what fails.
import {mkdir, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {dataFiles} from "../lib/config/index.js";
import {kitVersion} from "../lib/config/version.js";
import {listedNearest} from "../lib/names/index.js";
import {catalogRows} from "./catalog.js";
import {changedColumns} from "./changed-columns.js";
import {completeDeliveries, type Delivery} from "./delivery.js";
import {LoadError, withContext} from "./error.js";
import {entryOf, isOwn, type FileRequestOf, type Pulled} from "./file-request.js";
import {keepGroupsTogether, keyOf} from "./groups.js";
import {lookup} from "./lookup.js";
import {makeSources, sharedContext, type MakeOptions, type SharedContext} from "./make-all.js";
import type {PullContext} from "./make-file.js";
import {accountOf, manifestFile, manifestText, readManifest, sha256Of, type Manifest} from "./manifest.js";
import {
  isKept,
  lastChange,
  planFiles,
  sourceOf,
  whyPull,
  type NeededFile,
  type PlannedFile
} from "./planned-file.js";
import {keepContents, staged, type PulledFile} from "./pull.js";
import {mayPass, refusal} from "./retries.js";
import {digest, stateOf, type SourceState} from "./source-state.js";

export interface RefreshOptions extends MakeOptions {
  /** Framework's cache. */
  cache: string;
  files: readonly NeededFile[];
  /** The files there that loaders of this kit have made, for any command. */
  present: readonly string[];
  /**
   * Keys of the config's entries, or names without extension of files, to ask about, with all that belong to a group with them; those
   * besides are left as they are known to be, but for the catalog. All are asked about if left out.
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
interface Refresh {
  options: RefreshOptions;
  shared: SharedContext;
  planned: PlannedFile[];
  before: Manifest;
  /** When it began, in UTC. */
  now: string;
  /** Asks for a source's state, each once. */
  ask: (source: Parameters<typeof stateOf>[0]) => Promise<SourceState>;
}

/**
 * Asks the platform about the files that the site needs and pulls what has changed. Afterwards the cache has each of them, as the
 * platform has it now or marked as stale in the manifest, and no other file of this kit's. After an error it is as it was.
 * @throws LoadError telling of each file that can't be pulled, where none is kept of it or none may be
 */
export async function refreshCache(options: RefreshOptions): Promise<Refreshed> {
  const {cache, client, config, dryRun = false, isLenient = false, onWarning, onPlan} = options;
  checkNames(options);
  if (!dryRun) {
    await mkdir(cache, {recursive: true});
    await completeDeliveries(cache);
  }
  const before = await readManifest(cache, accountOf(client));
  const {planned, skipped} = await planFiles(options.files, config, before.files);
  const problems = skipped.map(({message}) => message);
  if (problems.length > 0 && !isLenient) throw new LoadError(problems.join("\n"));
  problems.forEach((problem) => onWarning?.(problem));
  const shared = sharedContext({...options, concurrency: options.concurrency ?? 8});
  const now = new Date().toISOString();
  const refresh: Refresh = {options, shared, planned, before, now, ask: asker(options, shared)};
  await plan(refresh);
  const toPull = planned.flatMap(({path: file, why}) => (why === undefined ? [] : [{file, why}]));
  onPlan?.(toPull);
  if (dryRun) {
    if (toPull.length > 0) for (const file of planned.filter(isCatalog)) file.why = "it describes the others";
    keepGroupsTogether(planned, config.refresh.groups);
    const {stale, lost} = await failures(refresh);
    return told(refresh, {stale, skipped: [...skipped, ...lost], manifest: before});
  }
  const {lost, manifest} = await staged({into: cache, signal: shared.signal}, async (folders, delivery) => {
    const context = {...shared, ...folders};
    await makeEach(refresh, context);
    keepGroupsTogether(planned, config.refresh.groups);
    const {stale, lost} = await failures(refresh);
    const files = await placeFiles(refresh, stale, delivery);
    const others = await renewCatalog(refresh, files, context, delivery);
    shared.signal?.throwIfAborted();
    const checkedAt = options.only ? before.checkedAt : now;
    const manifest: Manifest = {account: before.account, ...(checkedAt && {checkedAt}), files, others};
    await delivery.write(manifestFile, manifestText(manifest));
    await keepContents(planned.flatMap(({result, error}) => (result && !error ? [result] : [])));
    await delivery.commit();
    return {lost, manifest};
  });
  for (const path of new Set([...options.present, ...Object.keys(before.files)]))
    if (!Object.hasOwn(manifest.files, path)) await rm(join(cache, path), {force: true});
  return told(refresh, {stale: staleIn(manifest), skipped: [...skipped, ...lost], manifest});
}

/** The files whose last good data is kept, those that were not asked about this time too. */
const staleIn = ({files}: Manifest): StaleFile[] =>
  Object.entries(files).flatMap(([file, {stale}]) => (stale ? [{file, ...stale}] : []));

/** Throws a LoadError for a name to ask about that the config doesn't give. */
function checkNames({only = new Set(), config}: RefreshOptions): void {
  const names = new Set([
    ...Object.keys(config.datasets),
    ...Object.keys(config.models),
    ...dataFiles(config).keys()
  ]);
  const unknown = [...only].find((name) => !names.has(name));
  if (unknown !== undefined)
    throw new LoadError(
      `ikigai.config.ts has no entry "${unknown}". It has ${listedNearest(unknown, names)}.`
    );
}

/** Tells which files are asked about. */
function askedOf({only, config}: RefreshOptions, planned: PlannedFile[]): (file: PlannedFile) => boolean {
  if (!only) return () => true;
  const keys = new Set(planned.filter((file) => only.has(file.request.name)).map(keyOf));
  for (const name of only) keys.add(name);
  for (const members of Object.values(config.refresh.groups))
    if (members.some((key) => keys.has(key))) members.forEach((key) => keys.add(key));
  return (file) => keys.has(keyOf(file));
}

const isCatalog = ({request}: PlannedFile) => request.kind === "catalog";

/** Asks about the files and decides which are pulled. */
async function plan({options, planned, ask}: Refresh): Promise<void> {
  const {cache, force} = options;
  const asked = askedOf(options, planned);
  await Promise.all(
    planned.map(async (file) => {
      const {request} = file;
      if (request.kind === "catalog") return;
      if (asked(file)) {
        await askAbout(file, ask);
      }
      file.why = await whyPull(cache, file);
      if (force && asked(file)) file.why ??= "it was asked for";
      // What wasn't asked about and has to be pulled all the same.
      if (file.why !== undefined && !asked(file)) await askAbout(file, ask);
    })
  );
}

async function askAbout(file: PlannedFile, ask: Refresh["ask"]): Promise<void> {
  const {request} = file;
  if (request.kind === "catalog") return;
  try {
    file.state = isOwn(request)
      ? await ask(request)
      : await withContext(entryOf(request.name, request), () => ask(request));
  } catch (error) {
    file.error = asError(error);
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

/** Asks for states, again where that may help, each once however many files are made from a source. */
function asker({config, client, retryDelay, signal}: RefreshOptions, shared: SharedContext): Refresh["ask"] {
  const finds = [shared.find];
  const known = new Map<string, Promise<SourceState>>();
  const ask = async (source: Parameters<typeof stateOf>[0], attempt = 0): Promise<SourceState> => {
    try {
      const find = (finds[attempt] ??= lookup(client, shared.signal)); // what failed once fails again in the same
      return await stateOf(source, {client, find, config, signal});
    } catch (error) {
      if (!(await mayTryAgain(error, attempt, config.refresh.retries, retryDelay, signal))) throw error;
      return ask(source, attempt + 1);
    }
  };
  return (source) => {
    const key = JSON.stringify(
      source.kind === "model"
        ? [source.kind, source.app, source.model]
        : {...source, file: "", name: "", format: "", part: ""}
    );
    if (!known.has(key)) known.set(key, ask(source));
    return known.get(key)!;
  };
}

async function mayTryAgain(
  error: unknown,
  attempt: number,
  retries: number,
  delay = 1_000,
  signal?: AbortSignal
): Promise<boolean> {
  signal?.throwIfAborted();
  if (attempt >= retries || !mayPass(error)) return false;
  await sleep(delay * 2 ** attempt, undefined, {signal});
  return true;
}

/** Makes what is to be pulled, and again what failed in a way that may pass. */
async function makeEach({options, planned}: Refresh, context: PullContext): Promise<void> {
  const {config, client, retryDelay, signal} = options;
  let open = planned.filter((file) => file.why !== undefined && !file.error && !isCatalog(file));
  for (let attempt = 0; open.length > 0; ++attempt) {
    const find = attempt === 0 ? context.find : lookup(client, context.signal);
    const requests = [...new Map(open.map(({request}) => [request.file, request])).values()];
    const sources = await makeSources(requests, {...context, find}, config);
    const made = await Promise.allSettled(sources.map(({made}) => made));
    for (const [i, outcome] of made.entries()) {
      const names = new Set(sources[i]!.requests.map(({file}) => file));
      for (const file of open.filter(({request}) => names.has(request.file))) {
        file.error = outcome.status === "rejected" ? asError(outcome.reason) : undefined;
        if (outcome.status === "fulfilled")
          file.result = outcome.value.find(({request}) => request.file === file.request.file);
      }
    }
    open = open.filter(({error}) => mayPass(error));
    if (
      open.length > 0 &&
      !(await mayTryAgain(open[0]!.error, attempt, config.refresh.retries, retryDelay, signal))
    )
      break;
  }
  signal?.throwIfAborted();
}

/**
 * The files that can't be pulled: those whose last good data is kept, and those that are lost. Throws a LoadError that lists the lost
 * ones unless they may be left out.
 */
async function failures({
  options,
  planned,
  now
}: Refresh): Promise<{stale: StaleFile[]; lost: Refreshed["skipped"]}> {
  const {cache, keepStale = false, isLenient = false, onWarning} = options;
  const failed = planned.filter(({error}) => error !== undefined);
  if (!isLenient) throwIfAllRefused(options, planned);
  const lost: Refreshed["skipped"] = [];
  const stale: StaleFile[] = [];
  for (const file of failed) {
    const {message} = file.error!;
    if (keepStale && (await isKept(cache, file)))
      stale.push({file: file.path, message, since: file.known!.stale?.since ?? now});
    else lost.push({file: file.path, message});
  }
  const messages = [...new Set(lost.map(({message}) => message))];
  const areAll = lost.length >= planned.filter((file) => !isCatalog(file)).length;
  if (lost.length > 0 && (!isLenient || areAll))
    throw new LoadError(messages.join("\n"), {cause: failed[0]!.error});
  messages.forEach((message) => onWarning?.(message));
  return {stale, lost};
}

/**
 * Throws a LoadError if the platform has refused this user and key for each source: then it is no source that fails but the account that
 * isn't set up, which nobody should find out from data that grows old.
 */
function throwIfAllRefused(options: RefreshOptions, planned: PlannedFile[]): void {
  // Of a config without flows, flows.json is made without asking.
  const isLocal = ({request}: PlannedFile) =>
    request.kind === "flows" && Object.keys(options.config.flows).length === 0;
  const asked = planned
    .filter(askedOf(options, planned))
    .filter((file) => !isCatalog(file) && !isLocal(file));
  const refusals = asked.map(({error}) => refusal(error));
  const [first] = refusals;
  if (!first || refusals.includes(undefined)) return;
  throw new LoadError(
    `The platform refuses this account for all sources, so none is refreshed and nothing was changed. ${first.message}`,
    {cause: first}
  );
}

/** Gives the files that were made their places, and returns what the manifest should say about all but the catalog. */
async function placeFiles(
  {options, planned, now}: Refresh,
  stale: StaleFile[],
  delivery: Delivery
): Promise<Manifest["files"]> {
  const {onWarning} = options;
  const asked = askedOf(options, planned);
  const files: Manifest["files"] = {};
  for (const file of planned) {
    const {path, known, result, error} = file;
    if (isCatalog(file)) continue;
    if (result && !error) {
      files[path] = await placed(file, now, delivery);
      const change = known && changedColumns(known.columns, result.columns);
      if (change) onWarning?.(`${path}: ${change}`);
      continue;
    }
    const isStale = stale.find(({file}) => file === path);
    if (!known || (error && !isStale)) continue; // left out
    const {stale: before, ...rest} = known;
    const still = isStale ?? (asked(file) ? undefined : before);
    files[path] = {...rest, ...(still && {stale: {since: still.since, message: still.message}})};
  }
  return files;
}

async function placed(
  file: PlannedFile,
  now: string,
  delivery: Delivery
): Promise<Manifest["files"][string]> {
  const {path, request, loader, state = {}, result} = file;
  const {rows, columns} = result!;
  const place = await delivery.place(result!.path, path);
  const {size: bytes, mtimeMs: writtenAt} = await stat(place);
  const sha256 = await sha256Of(place);
  const changed = lastChange(file, sha256, now);
  return {
    source: {...sourceOf(request)},
    kit: kitVersion,
    ...(loader !== undefined && {loader}),
    state,
    rows,
    columns,
    bytes,
    sha256,
    writtenAt,
    pulledAt: now,
    ...(changed && {changed})
  };
}

/** Makes the catalog again where it would say something else. Returns what the manifest should say about entries that no page needs. */
async function renewCatalog(
  refresh: Refresh,
  files: Manifest["files"],
  context: PullContext,
  delivery: Delivery
): Promise<NonNullable<Manifest["others"]>> {
  const {options, planned, now} = refresh;
  const catalogs = planned.filter(isCatalog);
  if (catalogs.length === 0) return {};
  const {rows, others} = await rowsOfCatalog(refresh, files);
  const state = {content: digest(rows.map(({pulled_at: _, ...row}) => row))};
  for (const file of catalogs) {
    file.state = state;
    file.why = await whyPull(options.cache, file);
    if (file.why === undefined) files[file.path] = file.known!;
    else {
      const {makeCatalog} = await import("./make.js");
      file.result = await makeCatalog(file.request as FileRequestOf<"catalog">, context, rows);
      files[file.path] = await placed(file, now, delivery);
    }
  }
  return others;
}

/** What the catalog says: of a source that can't be asked, what it was before. */
async function rowsOfCatalog({options, planned, before, now, ask}: Refresh, files: Manifest["files"]) {
  const {config, only, keepStale, isLenient} = options;
  const others: NonNullable<Manifest["others"]> = {};
  const fileOf = (name: string) => planned.find(({request}) => request.name === name);
  const state = async (source: Pulled, name: string): Promise<SourceState> => {
    const file = fileOf(name);
    const last = file ? files[file.path]?.state : before.others?.[name]?.state;
    if (file?.error || (only && !only.has(name) && last)) {
      if (!file) others[name] = before.others![name]!;
      return last ?? {};
    }
    try {
      const state = await ask(source);
      if (!file) others[name] = {state};
      return state;
    } catch (error) {
      if (!keepStale && !isLenient) throw error;
      const {since = now} = before.others?.[name]?.stale ?? {};
      others[name] = {state: last ?? {}, stale: {since, message: asError(error).message}};
      return last ?? {};
    }
  };
  const rows = await catalogRows(config, state, (name) => {
    const known = files[fileOf(name)?.path ?? ""];
    return {
      rows: known?.rows ?? null,
      pulledAt: known?.pulledAt ?? now,
      changed: known?.changed,
      stale: known?.stale ?? others[name]?.stale
    };
  });
  return {rows, others};
}

function told(
  {planned, before, options}: Refresh,
  {stale, skipped, manifest}: Pick<Refreshed, "stale" | "skipped" | "manifest">
): Refreshed {
  const good = planned.filter(({error}) => !error);
  const pulled = good.flatMap(({path, why}): RefreshedFile[] => {
    if (why === undefined) return [];
    const {rows = 0, bytes = 0, sha256} = manifest.files[path] ?? {};
    const isNew = sha256 !== before.files[path]?.sha256;
    return [{file: path, path: join(options.cache, path), rows, bytes, why, isNew}];
  });
  const isStale = new Set(stale.map(({file}) => file));
  const unchanged = good
    .filter(({why, path}) => why === undefined && !isStale.has(path))
    .map(({path}) => path);
  return {pulled, unchanged, stale, skipped, manifest, before};
}
