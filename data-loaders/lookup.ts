// Finds what the config names, each thing once however many files need it.
import {
  AmbiguousNameError,
  type App,
  type Dataset,
  type Flow,
  type Ikigai,
  type Model,
  type ModelVersion
} from "../lib/client/index.js";
import {byNameOrId} from "../lib/client/name-or-id.js";
import {LoadError} from "./error.js";

export interface Lookup {
  dataset(entry: {app: string; dataset: string}): Promise<Dataset>;
  model(entry: {app: string; model: string}): Promise<{model: Model; versions: ModelVersion[]}>;
  flow(entry: {app: string; flow: string}): Promise<Flow>;
}

/** Looks things up by name, else by id. What failed once fails each time with the same error. */
export function lookup(client: Ikigai, signal?: AbortSignal): Lookup {
  const app = once(([name]: [string]): Promise<App> => find(client.apps, name, signal));
  const dataset = once(async ([inApp, name]: [string, string]): Promise<Dataset> =>
    find((await app([inApp])).datasets, name, signal)
  );
  const model = once(async ([inApp, name]: [string, string]) => {
    const model = await find((await app([inApp])).models, name, signal);
    return {model, versions: [...(await model.versions({signal}))]};
  });
  const flow = once(async ([inApp, name]: [string, string]): Promise<Flow> =>
    find((await app([inApp])).flows, name, signal)
  );
  return {
    dataset: (entry) => dataset([entry.app, entry.dataset]),
    model: (entry) => model([entry.app, entry.model]),
    flow: (entry) => flow([entry.app, entry.flow])
  };
}

/** A name that several things have is told with the mend for a config. */
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
