// Reads single parts of a zip archive, as a stream whose length is held to a limit: what an archive says of its parts'
// sizes is only what whoever made it wrote. PKWARE's APPNOTE, sections 4.3 and 4.4.
import {createReadStream} from "node:fs";
import {type FileHandle, open} from "node:fs/promises";
import {pipeline} from "node:stream";
import {createInflateRaw} from "node:zlib";
import {FacetError} from "../failure.js";

interface Part {
  method: number;
  compressedSize: number;
  offset: number;
}

export interface Archive {
  has: (name: string) => boolean;
  /** The bytes of a part. Throws a FacetError once they are more than the limit. */
  read: (name: string) => AsyncIterable<Buffer>;
}

/** What a part may unpack to: more rows than a sheet can have, with a hundred bytes each. */
const maxPart = 256 * 2 ** 20;
const maxDirectory = 16 * 2 ** 20;

const broken = () => new FacetError("the file is no xlsx workbook, or is broken: save it again, or as csv");

export async function openArchive(path: string): Promise<Archive> {
  const file = await open(path);
  try {
    const parts = await directory(file);
    const offsets = new Map<string, number>();
    for (const [name, part] of parts) offsets.set(name, await dataOffset(file, part));
    return {
      has: (name) => parts.has(name),
      read: (name) => {
        const part = parts.get(name);
        if (!part) throw broken();
        return unpack(path, part, offsets.get(name)!);
      }
    };
  } finally {
    await file.close();
  }
}

async function directory(file: FileHandle): Promise<Map<string, Part>> {
  const {size} = await file.stat();
  // The end record is the last thing, but for a comment of up to 64 KB.
  const tail = await bytes(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
  const end = tail.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || end + 22 > tail.length) throw broken();
  const [count, length, offset] = [
    tail.readUInt16LE(end + 10),
    tail.readUInt32LE(end + 12),
    tail.readUInt32LE(end + 16)
  ];
  if (length > maxDirectory || offset + length > size) throw broken();
  const records = await bytes(file, offset, length);
  const parts = new Map<string, Part>();
  for (let i = 0, at = 0; i < count; i++) {
    if (at + 46 > records.length || records.readUInt32LE(at) !== 0x02014b50) throw broken();
    if (records.readUInt16LE(at + 8) & 1)
      throw new FacetError("the workbook is encrypted: save it without a password");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      records.readUInt16LE(at + field)
    ) as [number, number, number];
    parts.set(records.toString("utf8", at + 46, at + 46 + nameLength), {
      method: records.readUInt16LE(at + 10),
      compressedSize: records.readUInt32LE(at + 20),
      offset: records.readUInt32LE(at + 42)
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return parts;
}

/** Where a part's data begins: after a header whose length only it knows. */
async function dataOffset(file: FileHandle, {offset}: Part): Promise<number> {
  const header = await bytes(file, offset, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw broken();
  return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function bytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const {bytesRead} = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function* unpack(path: string, {method, compressedSize}: Part, start: number): AsyncIterable<Buffer> {
  if (compressedSize === 0) return;
  if (method !== 0 && method !== 8) throw broken();
  const packed = createReadStream(path, {start, end: start + compressedSize - 1});
  // Errors reach the reader through the stream itself.
  const stream = method === 8 ? pipeline(packed, createInflateRaw(), () => undefined) : packed;
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxPart) {
        throw new FacetError(
          `a part of the workbook unpacks to more than ${maxPart / 2 ** 20} MB: save it as csv`
        );
      }
      yield chunk;
    }
  } catch (error) {
    throw error instanceof FacetError ? error : broken();
  }
}
