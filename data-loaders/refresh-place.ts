// Gives the files of a refresh their places, and the catalog and the manifest what is known of them.
import {stat} from "node:fs/promises";
import {kitVersion} from "../lib/config/version.js";
import {catalogRows} from "./catalog.js";
import {changedColumns} from "./changed-columns.js";
import type {Delivery} from "./delivery.js";
import type {FileRequestOf, Pulled} from "./file-request.js";
import type {PullContext} from "./make-file.js";
import {sha256Of, type Manifest} from "./manifest.js";
import {lastChange, sourceOf, whyPull, type PlannedFile} from "./planned-file.js";
import {digest, type SourceState} from "./source-state.js";
import {asError, askedOf, isCatalog} from "./refresh-plan.js";
import type {Refresh, StaleFile} from "./refresh-types.js";

/** Gives the files that were made their places, and returns what the manifest should say about all but the catalog. */
export async function placeFiles(
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
export async function renewCatalog(
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
