// The files of a folder: their names, their checksums, and making one of them the same file as another on the disk.
import {createHash} from "node:crypto";
import {createReadStream, existsSync} from "node:fs";
import {copyFile, link, mkdir, open, readdir, rename, rm, stat} from "node:fs/promises";
import {dirname, join, relative, sep} from "node:path";
import pLimit from "p-limit";

/** How many files are open at a time. */
const atATime = 8;

/** Size in bytes and SHA-256 in hexadecimal. */
export interface FileSum {
  size: number;
  sha256: string;
}

/** Names of all plain files below a folder, relative to it with slashes, in alphabetical order. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Does something for each, some at a time. After an error no more are begun, and it is thrown when those under way have ended. */
export async function forEach<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
  limit = atATime
): Promise<void> {
  const turn = pLimit(limit);
  const underWay = new Set<Promise<unknown>>();
  const begin = (item: T) => {
    const done = work(item).finally(() => underWay.delete(done));
    underWay.add(done);
    return done;
  };
  try {
    await Promise.all(Array.from(items, (item) => turn(begin, item)));
  } finally {
    turn.clearQueue();
    await Promise.allSettled(underWay);
  }
}

/**
 * Size and checksum of files in a folder, by their names.
 * @param known gives a file whose checksum needn't be computed
 */
export async function checksums(
  folder: string,
  names: readonly string[],
  known?: (name: string) => Promise<FileSum | undefined>
): Promise<Map<string, FileSum>> {
  const sums = new Map<string, FileSum>();
  await forEach(names, async (name) => {
    sums.set(name, (await known?.(name)) ?? (await checksum(join(folder, name))));
  });
  return sums;
}

/** Size and checksum of one file. */
export async function checksum(path: string): Promise<FileSum> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path, {highWaterMark: 2 ** 20})) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return {size, sha256: hash.digest("hex")};
}

/**
 * Makes `to` the same file as `from`, or a copy where the disk can't; the folders above are made. Returns false, and leaves it, where
 * `to` is there already.
 */
export async function linkOrCopy(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), {recursive: true});
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw error;
    if (existsSync(to)) return false;
    const aside = `${to}.part`;
    await copyFile(from, aside);
    await rename(aside, to);
    return true;
  }
}

/** Makes `to`, which exists, the same file as `from`. Where the disk can't, it stays as it is. */
export async function replaceByLink(from: string, to: string): Promise<boolean> {
  const aside = `${to}.link`;
  try {
    await link(from, aside);
    await rename(aside, to);
    // Renaming one name of a file to another of the same file does nothing, so that both are left.
    await rm(aside, {force: true});
    return true;
  } catch {
    await rm(aside, {force: true});
    return false;
  }
}

/** Moves a folder; across disks it is copied. */
export async function moveFolder(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await forEach(await filesBelow(from), async (name) => {
      await mkdir(dirname(join(to, name)), {recursive: true});
      await copyFile(join(from, name), join(to, name));
    });
    await rm(from, {recursive: true, force: true});
  });
}

/** Makes files survive a power cut. */
export async function syncFiles(paths: readonly string[]): Promise<void> {
  await forEach(paths, async (path) => {
    const handle = await open(path, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Whether two names are the same file. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/** Whether a file is as it was when its edition was made: an editor that writes in place changes the size or the time. */
export async function isUntouched(path: string, {size}: FileSum, since: Date): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.size === size && found.mtimeMs <= since.getTime();
}
