// Which files of a cache are pulled again: what the platform is asked, and what its answers change.
import {setTimeout as sleep} from "node:timers/promises";
import {dataFiles} from "../lib/config/index.js";
import {listedNearest} from "../lib/names/index.js";
import {LoadError, withContext} from "./error.js";
import {entryOf, isOwn} from "./file-request.js";
import {keyOf} from "./groups.js";
import {lookup} from "./lookup.js";
import type {SharedContext} from "./make-all.js";
import {whyPull, type PlannedFile} from "./planned-file.js";
import {mayPass} from "./retries.js";
import {stateOf, type SourceState} from "./source-state.js";
import type {Refresh, RefreshOptions} from "./refresh-types.js";

/** Throws a LoadError for a name to ask about that the config doesn't give. */
export function checkNames({only = new Set(), config}: Pick<RefreshOptions, "only" | "config">): void {
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
export function askedOf(
  {only, config}: RefreshOptions,
  planned: PlannedFile[]
): (file: PlannedFile) => boolean {
  if (!only) return () => true;
  const keys = new Set(planned.filter((file) => only.has(file.request.name)).map(keyOf));
  for (const name of only) keys.add(name);
  for (const members of Object.values(config.refresh.groups))
    if (members.some((key) => keys.has(key))) members.forEach((key) => keys.add(key));
  return (file) => keys.has(keyOf(file));
}

export const isCatalog = ({request}: PlannedFile) => request.kind === "catalog";

/** Asks about the files and decides which are pulled. */
export async function plan({options, planned, ask}: Refresh): Promise<void> {
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

export const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

/** Asks for states, again where that may help, each once however many files are made from a source. */
export function asker(
  {config, client, retryDelay, signal}: RefreshOptions,
  shared: SharedContext
): Refresh["ask"] {
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

export async function mayTryAgain(
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
