// Finds what the config names, each thing once however many files need it.
import {
  AmbiguousNameError,
  type App,
  type Dataset,
  type Flow,
  type Ikigai,
  type Model,
  type ModelVersion,
  type NamedMap
} from "../lib/client/index.js";
import {byNameOrId} from "../lib/client/name-or-id.js";
import {LoadError} from "./error.js";

export interface Lookup {
  dataset(entry: {app: string; dataset: string}): Promise<Dataset>;
  model(entry: {app: string; model: string}): Promise<{model: Model; versions: ModelVersion[]}>;
  flow(entry: {app: string; flow: string}): Promise<Flow>;
}

/**
 * Looks things up by name, else by id, in lists that the platform is asked for once, however much is looked up. What failed once fails
 * each time with the same error.
 */
export function lookup(client: Ikigai, signal?: AbortSignal): Lookup {
  const inApps = listOf<App>(client.apps, signal);
  const app = once(([name]: [string]): Promise<App> => inApps(name));
  const datasets = once(async ([inApp]: [string]) => listOf<Dataset>((await app([inApp])).datasets, signal));
  const models = once(async ([inApp]: [string]) => listOf<Model>((await app([inApp])).models, signal));
  const flows = once(async ([inApp]: [string]) => listOf<Flow>((await app([inApp])).flows, signal));
  const dataset = once(async ([inApp, name]: [string, string]) => (await datasets([inApp]))(name));
  const flow = once(async ([inApp, name]: [string, string]) => (await flows([inApp]))(name));
  const model = once(async ([inApp, name]: [string, string]) => {
    const model = await (await models([inApp]))(name);
    return {model, versions: [...(await model.versions({signal}))]};
  });
  return {
    dataset: (entry) => dataset([entry.app, entry.dataset]),
    model: (entry) => model([entry.app, entry.model]),
    flow: (entry) => flow([entry.app, entry.flow])
  };
}

type Collection<T> = Parameters<typeof byNameOrId<T>>[0] & {
  list(options: {signal?: AbortSignal}): Promise<NamedMap<T & {readonly name: string}>>;
};

/** Finds items of a collection by name, else by id, in one list of it. */
function listOf<T>(collection: Collection<T>, signal?: AbortSignal): (nameOrId: string) => Promise<T> {
  let listing: Promise<NamedMap<T & {readonly name: string}>> | undefined;
  return async (nameOrId) => {
    const list = await (listing ??= collection.list({signal}));
    const named = [...list].filter(({name}) => name === nameOrId);
    if (named.length === 1) return named[0]!;
    if (named.length === 0 && [...list.ids()].includes(nameOrId)) return list.byId(nameOrId);
    // The platform may have cut the list short, or has several of that name: it is asked for this one, or for a good error.
    return find(collection, nameOrId, signal);
  };
}

/** A name that several things have is told with the fix for a config. */
async function find<T>(
  collection: Parameters<typeof byNameOrId<T>>[0],
  nameOrId: string,
  signal?: AbortSignal
): Promise<T> {
  try {
    return await byNameOrId(collection, nameOrId, {signal});
  } catch (error) {
    if (!(error instanceof AmbiguousNameError)) throw error;
    throw new LoadError(`${error.message}. In ikigai.config.ts, write the id in place of the name.`, {
      cause: error
    });
  }
}

/** Remembers what a function returned for each key. */
function once<Key extends string[], T>(get: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const id = JSON.stringify(key);
    if (!known.has(id)) known.set(id, get(key));
    return known.get(id)!;
  };
}
