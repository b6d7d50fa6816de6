// Directories: where apps, and the datasets, flows and models of an app, are put in order.
import type * as wire from "../wire/index.js";
import {mapOf, type Source} from "./browser.js";
import {ValidationError} from "./errors.js";
import {assignFields} from "./fields.js";
import {NamedMap, type Named} from "./named-map.js";
import type {CallOptions} from "./options.js";

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
  readonly #source: Source<Item>;

  /** Made by the client. */
  constructor(source: Source<Item>, data: wire.Directory) {
    this.#source = source;
    assignFields(this, data);
  }

  /** As calls name the directory to put something in. */
  get ref(): wire.DirectoryRef {
    const {directoryId, type, name} = this;
    return {directoryId, type, name};
  }

  /** The directories right in this one. */
  async directories(options: CallOptions = {}): Promise<NamedMap<Directory<Item>>> {
    return directoriesOf(this.#source, this.directoryId, options);
  }

  /** The apps, datasets, flows or models right in this directory. */
  async contents(options: CallOptions = {}): Promise<NamedMap<Item>> {
    const {directoryId} = this;
    return mapOf(this.#source, await this.#source.list({...options, directoryId}));
  }

  /**
   * Deletes a directory of apps in which nothing is. Throws `ValidationError` for one of datasets, flows or models: the platform
   * has no way to delete those.
   */
  async delete(options: CallOptions = {}): Promise<void> {
    const {deleteDirectory} = this.#source;
    if (!deleteDirectory) {
      throw new ValidationError(
        `directory "${this.name}" can't be deleted: the platform deletes only directories of apps`
      );
    }
    await deleteDirectory(this.directoryId, options);
  }
}

/** The directories right in `parentId`, or all of them. */
export async function directoriesOf<Item extends Named>(
  source: Source<Item>,
  parentId: string | undefined,
  options: CallOptions
): Promise<NamedMap<Directory<Item>>> {
  const listed = await source.directories(parentId, options);
  return new NamedMap(
    listed.map((data) => [data.directoryId, new Directory(source, data)]),
    "directory"
  );
}
