// A collection on the platform, which is fetched only when it is used.
import type {Directory} from "../wire/index.js";
import {NamedMap, type Named} from "./named-map.js";
import type {CallOptions} from "./options.js";

/** What the platform answers when it is asked for several items. */
export interface Listed<T> {
  items: T[];
  /** Set when there are more items than it lists. */
  limitWarning?: string;
}

/** Fetches items of a kind. */
export interface Source<T> {
  /** The kind and where it is, for errors: `dataset of app "Demand"`. */
  what: string;
  id: (item: T) => string;
  /** All of them, or those directly in a directory. */
  list: (options: CallOptions & {directoryId?: string}) => Promise<Listed<T>>;
  byName: (name: string, options: CallOptions) => Promise<T>;
  byId: (id: string, options: CallOptions) => Promise<T>;
  search: (query: string, options: CallOptions) => Promise<Listed<T>>;
  /** The directories directly in one, or all of them; none for a kind without directories. */
  directories: (parentId: string | undefined, options: CallOptions) => Promise<Directory[]>;
  /** Undefined for a kind whose directories the platform can't delete. */
  deleteDirectory?: (directoryId: string, options: CallOptions) => Promise<void>;
  /** Warns the user. */
  warn: (warning: string | undefined) => void;
}

/**
 * The apps of a user, or the datasets, flows or models of an app, as they are on the platform when they are fetched.
 *
 * ```ts
 * const app = await ikigai.apps.get("Demand planning");
 * for await (const dataset of app.datasets) console.log(dataset.name);
 * ```
 */
export class Browser<T extends Named> implements AsyncIterable<T> {
  readonly #source: Source<T>;

  constructor(source: Source<T>) {
    this.#source = source;
  }

  /** All of them. When the platform cuts the list short, the client's `onWarning` is called. */
  async list(options: CallOptions = {}): Promise<NamedMap<T>> {
    return mapOf(this.#source, await this.#source.list(options));
  }

  /**
   * The one of this name.
   *
   * The platform would pick one of several with the same name, so all are listed and searched here: `NotFoundError` names the
   * most similar names, `AmbiguousNameError` says how the items differ. If the list is cut short, the platform is asked.
   */
  async get(name: string, options: CallOptions = {}): Promise<T> {
    const listed = await this.#source.list(options);
    const named = listed.items.filter((item) => item.name === name);
    if (named.length === 0 && listed.limitWarning) return this.#source.byName(name, options);
    // A component has only its directory's id, which means little to a person.
    const directories = named.length > 1 ? await this.#source.directories(undefined, options) : [];
    return mapOf(this.#source, {items: listed.items}, directories).get(name);
  }

  /** The one with this id. Throws `NotFoundError` when there is none. */
  async byId(id: string, options: CallOptions = {}): Promise<T> {
    return this.#source.byId(id, options);
  }

  /** The items whose name contains `query`, as the platform finds them. */
  async search(query: string, options: CallOptions = {}): Promise<NamedMap<T>> {
    return mapOf(this.#source, await this.#source.search(query, options));
  }

  /** All of them. */
  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    yield* await this.list();
  }
}

/** What was listed as a map; a warning that more exist is passed on. */
export function mapOf<T extends Named>(
  {id, what, warn}: Source<T>,
  {items, limitWarning}: Listed<T>,
  directories: Directory[] = []
): NamedMap<T> {
  warn(limitWarning);
  const pairs = items.map((item) => [id(item), item] as const);
  const directoryNames = new Map(directories.map(({directoryId, name}) => [directoryId, name]));
  return new NamedMap(pairs, what, directoryNames);
}
