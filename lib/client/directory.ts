// Directories: where apps, and the datasets, flows and models of an app, are put in order.
import type * as wire from "../wire/index.js";
import {mapOf, type Source} from "./browser.js";
import {assignFields} from "./fields.js";
import {NamedMap, type Named} from "./named-map.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** How directories of one kind, and what is in them, are fetched. */
export interface DirectorySource<Item> {
  items: Source<Item>;
  /** Those right in a directory, or all. */
  list: (parentId: string | undefined, options: CallOptions) => Promise<wire.Directory[]>;
}

/** A directory of apps, or of an app's datasets, flows or models: `Item` is what it holds. */
export class Directory<Item extends Named> {
  declare readonly directoryId: string;
  declare readonly name: string;
  declare readonly type: wire.DirectoryType;
  /** The app it belongs to; undefined for a directory of apps. */
  declare readonly appId?: string;
  /** The directory it is in; undefined at the top level. */
  declare readonly parentId?: string;
  /** How many items are in it, as the platform counts them. */
  declare readonly size?: number;
  readonly #source: DirectorySource<Item>;

  /** Made by the client. */
  constructor(source: DirectorySource<Item>, data: wire.Directory) {
    this.#source = source;
    assignFields(this, data);
  }

  /** The directories right in this one. */
  async directories(options: CallOptions = {}): Promise<NamedMap<Directory<Item>>> {
    return directoriesOf(this.#source, this.directoryId, options);
  }

  /** The apps, datasets, flows or models right in this directory. */
  async contents(options: CallOptions = {}): Promise<NamedMap<Item>> {
    const {items} = this.#source;
    return mapOf(items, await items.list({...options, directoryId: this.directoryId}));
  }
}

/** How the datasets', flows' or models' directories of an app are fetched. */
export function directorySource<Item extends Named>(
  transport: Transport,
  appId: string,
  {list}: typeof wire.datasetDirectories,
  items: Source<Item>
): DirectorySource<Item> {
  return {
    items,
    list: async (directoryId, options) =>
      (await transport.call(list, {appId, directoryId}, options)).directories
  };
}

/** The directories right in `parentId`, or all of them. */
export async function directoriesOf<Item extends Named>(
  source: DirectorySource<Item>,
  parentId: string | undefined,
  options: CallOptions
): Promise<NamedMap<Directory<Item>>> {
  const listed = await source.list(parentId, options);
  return new NamedMap(
    listed.map((data) => [data.directoryId, new Directory(source, data)]),
    "directory"
  );
}
