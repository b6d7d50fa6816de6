// Parts of uploads as they arrive: one file a part, named after the part's number and its ETag, so that what was
// acknowledged needs no other record. As in S3, the ETag is the MD5 of the part in hexadecimal.
import {createHash} from "node:crypto";
import {createWriteStream} from "node:fs";
import {mkdir, open, readdir, rename, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import type {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {newId} from "./id.js";
import {hasCode} from "./error.js";

export interface Part {
  etag: string;
  path: string;
  /** Bytes. */
  size: number;
}

/** A part has more bytes than the whole upload was said to have. */
export class PartTooLargeError extends Error {
  override readonly name = "PartTooLargeError";
}

export class Parts {
  constructor(private readonly folder: string) {}

  /** Streams a part to disk and returns its ETag; a part sent again replaces the earlier one. */
  async receive(uploadId: string, number: number, body: Readable, maxSize: number): Promise<string> {
    const folder = join(this.folder, uploadId);
    await mkdir(folder, {recursive: true});
    const aside = join(folder, "." + newId());
    const md5 = createHash("md5");
    let size = 0;
    try {
      await pipeline(
        body,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            size += chunk.length;
            if (size > maxSize) throw new PartTooLargeError();
            md5.update(chunk);
            yield chunk;
          }
        },
        createWriteStream(aside)
      );
      const handle = await open(aside, "r+");
      try {
        await handle.datasync();
      } finally {
        await handle.close();
      }
      const etag = md5.digest("hex");
      const earlier = (await this.#names(uploadId)).filter((name) => name.startsWith(`${number}-`));
      await rename(aside, join(folder, `${number}-${etag}`));
      for (const name of earlier)
        if (name !== `${number}-${etag}`) await rm(join(folder, name), {force: true});
      return etag;
    } catch (error) {
      await rm(aside, {force: true});
      throw error;
    }
  }

  /** The parts that have arrived, under their numbers. */
  async list(uploadId: string): Promise<Map<number, Part>> {
    const parts = new Map<number, Part>();
    for (const name of await this.#names(uploadId)) {
      const match = /^(\d+)-([0-9a-f]{32})$/.exec(name);
      if (!match) continue;
      const path = join(this.folder, uploadId, name);
      parts.set(Number(match[1]), {etag: match[2]!, path, size: (await stat(path)).size});
    }
    return parts;
  }

  async remove(uploadId: string): Promise<void> {
    await rm(join(this.folder, uploadId), {recursive: true, force: true});
  }

  /** Removes the parts of all uploads but these. */
  async sweep(held: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.folder)) if (!held.has(name)) await this.remove(name);
  }

  async #names(uploadId: string): Promise<string[]> {
    return readdir(join(this.folder, uploadId)).catch((error: unknown) => {
      if (hasCode(error, "ENOENT")) return [];
      throw error;
    });
  }
}
