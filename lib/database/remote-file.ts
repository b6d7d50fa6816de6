// A file of the site that is read by ranges, or, where that doesn't work or isn't worth it, whole.
import {expectFound, fetchFile, readBody, request, type DatabaseFile} from "./file.js";
import type {Range} from "./footer.js";
import type {Report} from "./progress.js";

/** Where a Parquet file's footer most often is whole; also what a small file is read with at once. */
const tailSize = 64 * 1024;

/** A file of at most so many bytes is read whole: the requests would take longer than what they save. */
const smallSize = 2 * 1024 * 1024;

/** Says that a file isn't any more the one that its footer was read of. */
export class FileChanged extends Error {
  constructor(readonly file: DatabaseFile) {
    super(`${file.name} has changed`);
  }
}

export interface RemoteFile {
  file: DatabaseFile;
  size: number;
  /** Whether all of it is in memory. */
  isWhole: boolean;
  /** The bytes of a range. Throws `FileChanged`, or an error that names the file. */
  read: (range: Range, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Asks for the file's end, and for all of it where that is better: it is small, the host knows no ranges or answers them
 * compressed, or `whole` says so. An answer that holds the whole file is taken, whatever was asked for.
 */
export async function openFile(
  file: DatabaseFile,
  {whole, signal, report}: {whole: boolean; signal: AbortSignal; report: Report}
): Promise<RemoteFile> {
  const fetchWhole = async () => inMemory(file, await fetchFile(file, signal, report));
  if (whole) return fetchWhole();
  // Some hosts refuse a range that is counted from the end, or any of an empty file, or answer with what the browser can't read.
  const first = await request(file, {signal, headers: {Range: `bytes=-${tailSize}`}}).catch(() => undefined);
  if (!first || [400, 416, 501].includes(first.status)) return fetchWhole();
  expectFound(file, first);
  if (first.status !== 206) return inMemory(file, await readBody(file, first, report));

  const part = partOf(first);
  if (!part || isCompressed(first)) {
    await first.body?.cancel();
    return fetchWhole();
  }
  const tail = await bytesOf(await readBody(file, first, () => undefined));
  if (tail.length !== part.end - part.start)
    throw new Error(`${file.name} broke off after ${tail.length} bytes of ${part.end - part.start}`);
  const version = versionOf(first, part.size);
  const read = async (range: Range, signal: AbortSignal, report: Report = () => undefined) => {
    if (range.start >= part.start) return tail.slice(range.start - part.start, range.end - part.start);
    const headers = {Range: `bytes=${range.start}-${range.end - 1}`};
    const ask = () => request(file, {signal, headers});
    // Of many requests one fails sooner or later, such as on a connection that the host has just closed.
    const response = await ask().catch((error: unknown) => {
      if (signal.aborted) throw error;
      return ask();
    });
    if (response.status === 416) throw new FileChanged(file);
    expectFound(file, response);
    const got = partOf(response);
    if (response.status !== 206 || !got || version !== versionOf(response, got.size)) {
      await response.body?.cancel();
      throw new FileChanged(file);
    }
    const bytes = await bytesOf(await readBody(file, response, report));
    if (got.start !== range.start || bytes.length !== range.end - range.start)
      throw new Error(`${file.name} broke off after ${bytes.length} bytes of ${range.end - range.start}`);
    return bytes;
  };
  if (part.size > smallSize) return {file, size: part.size, isWhole: false, read};
  const start = part.start ? await read({start: 0, end: part.start}, signal, report) : new Uint8Array();
  return inMemory(file, new Blob([start, tail]));
}

async function inMemory(file: DatabaseFile, blob: Blob): Promise<RemoteFile> {
  const bytes = await bytesOf(blob);
  const read = async ({start, end}: Range) => bytes.slice(start, end);
  return {file, size: bytes.length, isWhole: true, read};
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** Which part of a file of which size the answer says that it is; undefined if the page can't see it. */
function partOf({headers}: Response): (Range & {size: number}) | undefined {
  const [, start, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
  return size === undefined ? undefined : {start: Number(start), end: Number(last) + 1, size: Number(size)};
}

const isCompressed = ({headers}: Response): boolean =>
  !["identity", null].includes(headers.get("content-encoding"));

/** What tells one version of the file from another. */
function versionOf({headers}: Response, size: number): string {
  return [headers.get("etag") ?? headers.get("last-modified"), size].join(" ");
}
