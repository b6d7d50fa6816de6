// The datasets' bytes: files under generated ids, written once and never changed.
import {createReadStream, createWriteStream} from "node:fs";
import {copyFile, link, open, readdir, rename, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import {pipeline} from "node:stream/promises";
import {syncDirectory} from "../journal/index.js";
import {newId} from "./id.js";

export interface StoredObject {
  objectId: string;
  /** Bytes. */
  size: number;
}

export class ObjectStore {
  constructor(private readonly folder: string) {}

  path(objectId: string): string {
    return join(this.folder, objectId + ".csv");
  }

  /** Stores the files' bytes one after the other as a new object, which is on disk when this resolves. */
  async join(files: string[]): Promise<StoredObject> {
    return this.store(async (path) => {
      // A file alone is shared, not copied; the caller may still need it under its own name.
      if (files.length === 1) return share(files[0]!, path);
      for (const file of files) await pipeline(createReadStream(file), createWriteStream(path, {flags: "a"}));
    });
  }

  /** Stores what `write` leaves at the path it is given as a new object, which is on disk when this resolves. */
  async store(write: (path: string) => Promise<void>): Promise<StoredObject> {
    const objectId = newId();
    const aside = join(this.folder, "." + objectId);
    try {
      await write(aside);
      const handle = await open(aside, "r");
      try {
        // What is lent to a flow is the very file: nobody is to write to it.
        await handle.chmod(0o400);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(aside, this.path(objectId));
    } catch (error) {
      await rm(aside, {force: true});
      throw error;
    }
    await syncDirectory(this.folder);
    return {objectId, size: (await stat(this.path(objectId))).size};
  }

  /** Gives an object another name outside of the store, under which its bytes stay even when it is removed. */
  async lend(objectId: string, path: string): Promise<void> {
    await share(this.path(objectId), path);
  }

  /** A download under way goes on: the file has no name any more, but is still open. */
  async remove(objectId: string): Promise<void> {
    await rm(this.path(objectId), {force: true});
  }

  /** Removes what no dataset holds, such as what was being written when a platform was killed. */
  async sweep(held: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (!held.has(name.replace(/\.csv$/, "")))
        await rm(join(this.folder, name), {recursive: true, force: true});
    }
  }
}

/** Gives a file a second name; a copy does where the file system knows no such thing. */
const share = (from: string, to: string) => link(from, to).catch(() => copyFile(from, to));
