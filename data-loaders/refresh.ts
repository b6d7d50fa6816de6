// Brings a cache up to date: asks the platform what each source holds, pulls what has changed, and keeps the last good data of what fails.
import {mkdir, rm} from "node:fs/promises";
import {join} from "node:path";
import {completeDeliveries} from "./delivery.js";
import {LoadError} from "./error.js";
import {keepGroupsTogether} from "./groups.js";
import {sharedContext} from "./make-all.js";
import {accountOf, manifestFile, manifestText, readManifest, type Manifest} from "./manifest.js";
import {planFiles} from "./planned-file.js";
import {keepContents, staged} from "./pull.js";
import {failures, makeEach} from "./refresh-make.js";
import {placeFiles, renewCatalog} from "./refresh-place.js";
import {asker, checkNames, isCatalog, plan} from "./refresh-plan.js";
import type {Refresh, Refreshed, RefreshedFile, RefreshOptions, StaleFile} from "./refresh-types.js";

export type {Refreshed, RefreshedFile, RefreshOptions, StaleFile} from "./refresh-types.js";

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
