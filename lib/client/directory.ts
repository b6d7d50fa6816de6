// Directories of apps, and of the datasets, flows and models of an app.
import type * as wire from "../wire/index.js";
import {mapOf, type Source} from "./browser.js";
import {ValidationError} from "./errors.js";
import {assignFields} from "./fields.js";
import {NamedMap, type Named} from "./named-map.js";
import type {CallOptions} from "./options.js";

/** A directory of apps, or of an app's datasets, flows or models: `Item` is the type of its items. */
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

  /** The reference by which calls name it. */
  get ref(): wire.DirectoryRef {
    const {directoryId, type, name} = this;
    return {directoryId, type, name};
  }

  /** The directories directly in this one. */
  async directories(options: CallOptions = {}): Promise<NamedMap<Directory<Item>>> {
    return directoriesOf(this.#source, this.directoryId, options);
  }

  /** The apps, datasets, flows or models directly in this directory. */
  async contents(options: CallOptions = {}): Promise<NamedMap<Item>> {
    const {directoryId} = this;
    return mapOf(this.#source, await this.#source.list({...options, directoryId}));
  }

  /**
   * Deletes an empty directory of apps. Throws `ValidationError` for a directory of datasets, flows or models: the platform
   * can't delete those.
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

/** The directories directly in `parentId`, or all of them. */
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
