// Reads single parts of a zip archive, as a stream whose length is held to a limit.
import type {Readable} from "node:stream";
import {type Entry, openPromise, type ZipFile} from "yauzl";
import {FacetError} from "../failure.js";

export interface Archive {
  has: (name: string) => boolean;
  /** The bytes of a part. Throws a FacetError where they are more than the limit, or than the archive says. */
  read: (name: string) => AsyncIterable<Buffer>;
  close: () => void;
}

/** What a part may unpack to: more rows than a sheet can have, with a hundred bytes each. */
const maxPart = 256 * 2 ** 20;
/** What is held of the names of parts, and of what stands beside them. */
const maxDirectory = 16 * 2 ** 20;

const broken = () =>
  new FacetError("the file is not an xlsx workbook, or is broken: save it again, or as csv");

export async function openArchive(path: string): Promise<Archive> {
  const file = await openPromise(path, {lazyEntries: true, autoClose: false}).catch(() => {
    throw broken();
  });
  try {
    const parts = await directory(file);
    return {
      has: (name) => parts.has(name),
      read: (name) => unpack(file, parts.get(name)),
      close: () => file.close()
    };
  } catch (error) {
    file.close();
    throw error instanceof FacetError ? error : broken();
  }
}

async function directory(file: ZipFile): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>();
  let length = 0;
  for await (const entry of file.eachEntry()) {
    if (entry.isEncrypted()) {
      throw new FacetError("the workbook is encrypted: save it without a password");
    }
    length += 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    if (length > maxDirectory) throw broken();
    parts.set(entry.fileName, entry);
  }
  return parts;
}

async function* unpack(file: ZipFile, part: Entry | undefined): AsyncIterable<Buffer> {
  if (!part) throw broken();
  // yauzl ends a part that unpacks to more than it says.
  if (part.uncompressedSize > maxPart) {
    throw new FacetError(
      `a part of the workbook unpacks to more than ${maxPart / 2 ** 20} MB: save it as csv`
    );
  }
  let bytes: Readable;
  try {
    bytes = await file.openReadStreamPromise(part);
    yield* bytes as AsyncIterable<Buffer>;
  } catch {
    throw broken();
  }
}
