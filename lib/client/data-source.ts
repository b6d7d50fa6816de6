// A dataset's new data, and its bytes as an upload needs them: of known size, and readable by position.
import type {Table} from "apache-arrow";
import {randomBytes} from "node:crypto";
import {createWriteStream} from "node:fs";
import {mkdtemp, open, rm, type FileHandle} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {rowsToCsv, type Row} from "../tabular/csv-writer.js";
import {IkigaiError, UploadError} from "./errors.js";

/** New data in one of the accepted forms. All but rows and a table are CSV in UTF-8, with a header. */
export type DataSource =
  | {rows: readonly Row[]}
  | {table: Table}
  /** The CSV itself. */
  | {csv: string}
  /** The path of a CSV file. */
  | {file: string}
  /** CSV in pieces, such as a Node stream. It is written to a temporary file first, since its size must be known. */
  | {stream: CsvStream};

/** CSV in pieces. */
export type CsvStream = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** The bytes of an open file. */
export interface Bytes {
  size: number;
  /** The bytes from `start` up to `end`, read when they are needed; the same range can be read again. */
  read: (start: number, end: number, onRead: (count: number) => void) => Readable;
  /** Throws `UploadError` when the file has changed since it was opened. */
  checkUnchanged: () => Promise<void>;
}

/** Bytes read at a time. */
const readBytes = 1 << 18;

/** Passes the data's bytes to `use`, and cleans up afterwards. Throws `UploadError` when there are none. */
export async function withBytes<T>(
  name: string,
  source: DataSource,
  use: (bytes: Bytes) => Promise<T>,
  signal?: AbortSignal
): Promise<T> {
  const used = async (path: string) => {
    const handle = await onDisk(path, () => open(path));
    try {
      const bytes = await bytesOf(handle, path);
      if (bytes.size === 0) throw empty(name);
      return await use(bytes);
    } finally {
      await handle.close();
    }
  };
  return "file" in source ? used(source.file) : viaTemporaryFile(await piecesOf(source), used, signal);
}

const empty = (name: string) =>
  new UploadError(
    `Dataset is empty: there is no data for "${name}", so nothing was sent. Give it some columns`
  );

async function piecesOf(source: Exclude<DataSource, {file: string}>): Promise<CsvStream> {
  if ("rows" in source) return rowsToCsv(source.rows);
  if ("csv" in source) return [source.csv];
  if ("stream" in source) return source.stream;
  // Arrow takes a while to load, and a program with a table has already loaded it.
  const {tableToCsv} = await import("../tabular/arrow-csv.js");
  return tableToCsv(source.table);
}

/** Writes the pieces into a temporary file that exists while `use` runs. */
async function viaTemporaryFile<T>(
  pieces: CsvStream,
  use: (path: string) => Promise<T>,
  signal?: AbortSignal
): Promise<T> {
  const folder = await onDisk(tmpdir(), () => mkdtemp(join(tmpdir(), "ikigai-kit-")));
  try {
    const path = join(folder, `${randomBytes(6).toString("hex")}.csv`);
    const file = createWriteStream(path, {flags: "wx", mode: 0o600});
    await onDisk(path, () => pipeline(Readable.from(pieces, {objectMode: false}), file, {signal}), signal);
    return await use(path);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function bytesOf(handle: FileHandle, path: string): Promise<Bytes> {
  const before = await handle.stat();
  if (!before.isFile()) throw new UploadError(`can't read ${path}: it is not a file`);
  const changed = () =>
    new UploadError(`${path} was changed while it was uploaded: upload it again when it is finished`);
  return {
    size: before.size,
    read: (start, end, onRead) =>
      Readable.from(readRange(handle, start, end, onRead, changed), {objectMode: false}),
    checkUnchanged: async () => {
      const now = await handle.stat();
      if (now.size !== before.size || now.mtimeMs !== before.mtimeMs) throw changed();
    }
  };
}

async function* readRange(
  handle: FileHandle,
  start: number,
  end: number,
  onRead: (count: number) => void,
  changed: () => UploadError
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const length = Math.min(readBytes, end - at);
    const {bytesRead, buffer} = await handle.read(Buffer.allocUnsafe(length), 0, length, at);
    if (bytesRead === 0) throw changed();
    at += bytesRead;
    onRead(bytesRead);
    yield buffer.subarray(0, bytesRead);
  }
}

const advice: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "you have no permission to read it",
  EISDIR: "it is a folder: give the path of a CSV file",
  ENOSPC: "the disk with the temporary folder is full: free some space, or set TMPDIR to another folder"
};

/** Gives errors of the disk a message with the fix; errors of a stream itself are passed on. */
async function onDisk<T>(path: string, action: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    signal?.throwIfAborted();
    const {code, syscall, message} = cause as NodeJS.ErrnoException;
    if (cause instanceof IkigaiError || !code || !syscall) throw cause;
    throw new UploadError(`can't use ${path}: ${advice[code] ?? message}`, {cause});
  }
}
