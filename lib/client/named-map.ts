// The result of a list: items by id, and by name if the name is unique.
import {inspect} from "node:util";
import {listedNearest} from "../names/index.js";
import {AmbiguousNameError, NotFoundError} from "./errors.js";

/** What a `NamedMap` holds. */
export interface Named {
  readonly name: string;
}

/** Shown to distinguish items with the same name. */
interface Distinguishing extends Named {
  directory?: {name?: string; directoryId: string};
  parentId?: string;
  modifiedAt?: Date;
  createdAt?: Date;
}

/**
 * Items by id and by name. Unlike a `Map` it doesn't return `undefined` for an unknown name: it throws an error with the
 * names that exist.
 *
 * ```ts
 * const apps = await ikigai.apps.list();
 * for (const app of apps) console.log(app.name);
 * const app = apps.get("Demand planning");
 * ```
 */
export class NamedMap<T extends Named> implements Iterable<T> {
  readonly #items: ReadonlyMap<string, T>;
  readonly #what: string;
  readonly #directoryNames: ReadonlyMap<string, string>;

  /**
   * For errors, `what` names the kind of item and where it is, such as `dataset of app "Demand"`, and `directoryNames` gives
   * the names of directories by id.
   */
  constructor(
    items: Iterable<readonly [id: string, item: T]>,
    what: string,
    directoryNames: ReadonlyMap<string, string> = new Map()
  ) {
    this.#items = new Map(items);
    this.#what = what;
    this.#directoryNames = directoryNames;
  }

  /** How many items there are. */
  get size(): number {
    return this.#items.size;
  }

  /**
   * The item of this name.
   *
   * Throws `NotFoundError` when there is none, with the most similar names, and `AmbiguousNameError` when there are
   * several, with the id of each.
   */
  get(name: string): T {
    const matches = [...this.#items].filter(([, item]) => item.name === name);
    const [first, ...others] = matches;
    if (!first)
      throw new NotFoundError(`there is no ${this.#what} called ${quote(name)}${this.#known(name)}`);
    if (others.length === 0) return first[1];
    const listed = matches.map(([id, item]) => `${quote(id)} (${this.#distinguish(item)})`).join(", ");
    throw new AmbiguousNameError(
      `there is more than one ${this.#what} called ${quote(name)}: get it with byId, by one of ${listed}`
    );
  }

  /** The item with this id. Throws `NotFoundError` when there is none. */
  byId(id: string): T {
    const item = this.#items.get(id);
    if (item) return item;
    throw new NotFoundError(`there is no ${this.#what} with the id ${quote(id)}${this.#known(id)}`);
  }

  /** Whether an item has this name. */
  has(name: string): boolean {
    return [...this.#items.values()].some((item) => item.name === name);
  }

  /** The ids. */
  ids(): Iterable<string> & Iterator<string> {
    return this.#items.keys();
  }

  /** The names, each as often as items have it. */
  names(): string[] {
    return [...this.#items.values()].map(({name}) => name);
  }

  /** The items. */
  values(): Iterable<T> & Iterator<T> {
    return this.#items.values();
  }

  /** Pairs of id and item. */
  entries(): Iterable<[string, T]> & Iterator<[string, T]> {
    return this.#items.entries();
  }

  /** The items. */
  [Symbol.iterator](): Iterator<T> {
    return this.#items.values();
  }

  /** The items. */
  toJSON(): T[] {
    return [...this.#items.values()];
  }

  /** The items, as Node prints an array. */
  [inspect.custom](): T[] {
    return this.toJSON();
  }

  #known(wanted: string): string {
    if (this.size === 0) return ": there are none";
    const names = new Set(this.names());
    return `: there ${names.size === 1 ? "is" : "are"} ${listedNearest(wanted, names, {most: 5, quote})}`;
  }

  #distinguish({directory, parentId, modifiedAt, createdAt}: Distinguishing): string {
    const id = directory?.directoryId ?? parentId;
    const directoryName = id && (directory?.name || this.#directoryNames.get(id) || id);
    const place = directoryName ? `in directory ${quote(directoryName)}` : "at the top level";
    const date = modifiedAt
      ? `modified ${modifiedAt.toISOString()}`
      : createdAt && `created ${createdAt.toISOString()}`;
    return date ? `${place}, ${date}` : place;
  }
}

const quote = (text: string) => JSON.stringify(text);
