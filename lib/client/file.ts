// Writes a file so that it is either complete or not there at all.
import {randomBytes} from "node:crypto";
import {open, rename, rm, writeFile, type FileHandle} from "node:fs/promises";
import {DownloadError} from "./errors.js";

/** Bytes collected before they are written: few system calls, little memory. */
const batchBytes = 1 << 20;

/** What `writeWhole` passes for writing. */
export interface Output {
  write: (bytes: Uint8Array) => Promise<void>;
  /** Drops what has been written. */
  clear: () => Promise<void>;
}

/**
 * Makes the file at `path` from what `fill` writes. Until that is complete and on the disk it is in a file beside it, named
 * `<path>.<random>.part`, which is removed in any case; an existing file stays until then.
 */
export async function writeReplacing(path: string, fill: (output: Output) => Promise<void>): Promise<void> {
  await replaceFile(path, (part) => writeTo(part, path, fill));
}

/** The same for a file that `make` writes at the path that it gets, where an empty file already exists. */
export async function replaceFile<T>(path: string, make: (part: string) => Promise<T>): Promise<T> {
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

/** Writes a temporary file: doesn't wait until it is on the disk, and leaves a part of it when `fill` fails. */
export const writeTemporary = (path: string, fill: (output: Output) => Promise<void>): Promise<void> =>
  writeTo(path, path, fill);

/** Writes the file at `path`; errors name it `shownPath`. */
async function writeTo(
  path: string,
  shownPath: string,
  fill: (output: Output) => Promise<void>
): Promise<void> {
  const file = await onDisk(shownPath, () => open(path, "w"));
  try {
    const output = new FileOutput(file, shownPath);
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

/** Collects bytes and writes them in batches: while one is being written, the next is collected. */
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

  /** Waits until everything is written. */
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
    // The next `add` or `flush` throws the failure.
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

/** Writes at a position, or without one, for a pipe. `writev` may write less than it gets, as on a full disk. */
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
  EFBIG: "the file-size limit is reached: raise it, or choose another folder",
  EACCES: "you have no permission to write there: choose another folder, or get the permission",
  EROFS: "the disk can only be read: choose another folder",
  ENOENT: "the folder doesn't exist: make it first",
  ENOTDIR: "a part of the path is a file, not a folder: choose another path",
  EISDIR: "it is a folder: choose the name of a file"
};

/** Does something with the disk, and gives its errors a message with the fix. */
async function onDisk<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const {code = "", message} = cause as NodeJS.ErrnoException;
    throw new DownloadError(`can't write ${path}: ${advice[code] ?? message}`, {cause});
  }
}
