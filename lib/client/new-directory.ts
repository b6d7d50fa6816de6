// The builder of a new directory.
import type * as wire from "../wire/index.js";
import type {Source} from "./browser.js";
import {Directory} from "./directory.js";
import type {Named} from "./named-map.js";
import type {CallOptions} from "./options.js";

/** The calls for directories of a kind. */
export interface DirectoryCalls {
  /** Makes one in the directory `parentId`, "" for the top level; its id. */
  create: (name: string, parentId: string, options: CallOptions) => Promise<string>;
  get: (directoryId: string, options: CallOptions) => Promise<wire.Directory>;
}

/**
 * ```ts
 * const directory = await app.datasetDirectory.new("2024").parent(archive).build();
 * ```
 */
export class NewDirectory<Item extends Named> {
  #parent: Directory<Item> | undefined;

  /** Made by `ikigai.appDirectory.new` and the like. */
  constructor(
    private readonly source: Source<Item>,
    private readonly calls: DirectoryCalls,
    private readonly name: string
  ) {}

  /** Puts it into another directory. */
  parent(directory: Directory<Item>): this {
    this.#parent = directory;
    return this;
  }

  /** Makes it. */
  async build(options: CallOptions = {}): Promise<Directory<Item>> {
    const directoryId = await this.calls.create(this.name, this.#parent?.directoryId ?? "", options);
    return new Directory(this.source, await this.calls.get(directoryId, options));
  }
}
