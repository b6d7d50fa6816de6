// Writes a file so that it is there whole or not at all.
import {randomBytes} from "node:crypto";
import {open, rename, rm, writeFile, type FileHandle} from "node:fs/promises";
import {DownloadError} from "./errors.js";

/** Bytes gathered before they are written: few calls of the system, little memory. */
const batchBytes = 1 << 20;

/** What `writeWhole` gives to write with. */
export interface Output {
  write: (bytes: Uint8Array) => Promise<void>;
  /** Drops what has been written. */
  clear: () => Promise<void>;
}

/**
 * Makes the file at `path` of what `fill` writes. Until that is complete and on the disk it is in a file beside it, named
 * `<path>.<random>.part`, which is gone whatever happens; a file that was there before stays until then.
 */
export async function writeWhole(path: string, fill: (output: Output) => Promise<void>): Promise<void> {
  await wholeAt(path, (part) => writeBeside(part, path, fill));
}

/** The same for a file that `make` makes, at the path that it is given; an empty one is there already. */
export async function wholeAt<T>(path: string, make: (part: string) => Promise<T>): Promise<T> {
  const part = `${path}.${randomBytes(6).toString("hex")}.part`;
  await onDisk(path, () => writeFile(part, "", {flag: "wx"}));
  try {
    const made = await make(part);
    await onDisk(path, () => syncAndRename(part, path));
    return made;
  } catch (error) {
    await rm(part, {force: true});
    throw error;
  }
}

/** Writes a file that nobody will miss: it is not waited for to be on the disk, and a part of it stays when `fill` fails. */
export const writeTemporary = (path: string, fill: (output: Output) => Promise<void>): Promise<void> =>
  writeBeside(path, path, fill);

/** Writes the file at `path`; errors call it `named`. */
async function writeBeside(
  path: string,
  named: string,
  fill: (output: Output) => Promise<void>
): Promise<void> {
  const file = await onDisk(named, () => open(path, "w"));
  try {
    const output = new FileOutput(file, named);
    await fill(output);
    await output.flush();
  } finally {
    await file.close();
  }
}

async function syncAndRename(part: string, path: string): Promise<void> {
  const file = await open(part, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

/** Gathers bytes and has them written in batches: while one is being written, the next is gathered. */
export class Batches {
  readonly #write: (batch: Uint8Array[]) => Promise<void>;
  #batch: Uint8Array[] = [];
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(write: (batch: Uint8Array[]) => Promise<void>) {
    this.#write = write;
  }

  async add(bytes: Uint8Array): Promise<void> {
    this.#batch.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= batchBytes) await this.#next();
  }

  /** Waits until all is written. */
  async flush(): Promise<void> {
    await this.#next();
    await this.#writing;
  }

  /** Drops what isn't being written yet. */
  async drop(): Promise<void> {
    await this.#writing;
    [this.#batch, this.#bytes] = [[], 0];
  }

  async #next(): Promise<void> {
    await this.#writing;
    const batch = this.#batch;
    [this.#batch, this.#bytes] = [[], 0];
    this.#writing = this.#write(batch);
    // Whoever adds next, or flushes, hears of a failure.
    this.#writing.catch(() => {});
  }
}

class FileOutput implements Output {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #batches: Batches;
  #position = 0;

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
    this.#batches = new Batches(async (batch) => {
      const at = this.#position;
      this.#position += lengthOf(batch);
      await onDisk(path, () => writeAll(file, batch, at));
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#batches.add(bytes);
  }

  async clear(): Promise<void> {
    await this.#batches.drop();
    this.#position = 0;
    await onDisk(this.#path, () => this.#file.truncate(0));
  }

  flush(): Promise<void> {
    return this.#batches.flush();
  }
}

const lengthOf = (batch: Uint8Array[]) => batch.reduce((sum, {length}) => sum + length, 0);

/** Writes at a position, or where the file has none, like a pipe. `writev` may write less than it is given, as on a full disk. */
export async function writeAll(file: FileHandle, batch: Uint8Array[], position?: number): Promise<void> {
  const length = lengthOf(batch);
  if (length === 0) return;
  const {bytesWritten} = await file.writev(batch, position);
  if (bytesWritten === length) return;
  const rest = Buffer.concat(batch).subarray(bytesWritten);
  await writeAll(file, [rest], position === undefined ? undefined : position + bytesWritten);
}

const advice: Record<string, string> = {
  ENOSPC: "the disk is full: free some space, or choose another folder",
  EDQUOT: "your quota of the disk is used up: free some space, or choose another folder",
  EFBIG: "files may not be that large here: raise the limit, or choose another folder",
  EACCES: "you may not write there: choose another folder, or get the permission",
  EROFS: "the disk can only be read: choose another folder",
  ENOENT: "the folder doesn't exist: make it first",
  ENOTDIR: "a part of the path is a file, not a folder: choose another path",
  EISDIR: "it is a folder: choose the name of a file"
};

/** Does something with the disk, and says of what fails how it can be mended. */
async function onDisk<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const {code = "", message} = cause as NodeJS.ErrnoException;
    throw new DownloadError(`can't write ${path}: ${advice[code] ?? message}`, {cause});
  }
}
