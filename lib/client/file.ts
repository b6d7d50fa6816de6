// Writes a file so that it is there whole or not at all.
import {randomBytes} from "node:crypto";
import {open, rename, rm, type FileHandle} from "node:fs/promises";
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
  const part = `${path}.${randomBytes(6).toString("hex")}.part`;
  const file = await onDisk(path, () => open(part, "wx"));
  try {
    try {
      const output = new FileOutput(file, path);
      await fill(output);
      await output.flush();
      await onDisk(path, () => file.sync());
    } finally {
      await file.close();
    }
    await onDisk(path, () => rename(part, path));
  } catch (error) {
    await rm(part, {force: true});
    throw error;
  }
}

/** While one batch is being written, the next is gathered. */
class FileOutput implements Output {
  readonly #file: FileHandle;
  readonly #path: string;
  #batch: Uint8Array[] = [];
  #bytes = 0;
  #position = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#batch.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes < batchBytes) return;
    await this.#writing;
    const [batch, at] = [this.#batch, this.#position];
    this.#position += this.#bytes;
    this.#batch = [];
    this.#bytes = 0;
    this.#writing = onDisk(this.#path, () => writeAll(this.#file, batch, at));
    // Whoever writes next, or flushes, hears of a failure.
    this.#writing.catch(() => {});
  }

  async clear(): Promise<void> {
    await this.#writing;
    [this.#batch, this.#bytes, this.#position] = [[], 0, 0];
    await onDisk(this.#path, () => this.#file.truncate(0));
  }

  async flush(): Promise<void> {
    await this.#writing;
    await onDisk(this.#path, () => writeAll(this.#file, this.#batch, this.#position));
    [this.#batch, this.#bytes] = [[], 0];
  }
}

/** `writev` may write less than it is given, as on a disk that is nearly full. */
async function writeAll(file: FileHandle, batch: Uint8Array[], position: number): Promise<void> {
  const length = batch.reduce((sum, bytes) => sum + bytes.length, 0);
  if (length === 0) return;
  const {bytesWritten} = await file.writev(batch, position);
  if (bytesWritten === length) return;
  const rest = Buffer.concat(batch).subarray(bytesWritten);
  await writeAll(file, [rest], position + bytesWritten);
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
