// The editions of a site: publishing one, listing them, and going back to one.
import {AsyncLocalStorage} from "node:async_hooks";
import {mkdir, readdir, rename, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import {reasonOf} from "../disk/index.js";
import {carryOver} from "./carry-over.js";
import {
  editionSite,
  editionsFolder,
  nextId,
  readEditions,
  setBrokenAside,
  siteOf,
  writeEdition,
  type Edition,
  type EditionsOf
} from "./edition.js";
import {withLock, type LockOptions} from "./lock.js";
import {plainBuildAbout} from "./plain-build.js";
import {precompress, type Precompressed} from "./precompress.js";
import {
  checksums,
  filesBelow,
  forEach,
  isSameFile,
  isUntouched,
  linkOrCopy,
  moveFolder,
  replaceByLink,
  syncFiles,
  type FileSum
} from "./site-files.js";
import {inPlace, isDangling, isHalfSwapped, mark, recover, swapIn, type SwapOptions} from "./swap-in.js";

export interface PublishOptions extends EditionsOf, LockOptions, SwapOptions {
  /** The folder of the finished build. It is moved; after an error it may be gone. */
  built: string;
  /**
   * What `listEditions` should say about it, such as what was pulled. Files of an edition with another `account` aren't kept in this one for
   * pages that are still open.
   */
  about?: Record<string, unknown>;
  /** How many editions are kept, the new one included; 3 if left out. The current one is never removed. */
  keep?: number;
  /** Whether compressed siblings are made, which is the default. */
  compress?: boolean;
}

/** An edition, as the list shows it. */
export interface ListedEdition extends Edition {
  /** Whether it is the one in the site's place. */
  current: boolean;
}

export interface Published {
  edition: Edition;
  /** Undefined where no siblings were asked for. */
  compressed?: Precompressed;
  /** A sentence for each edition that can't be read and was set aside. */
  warnings: string[];
}

const locked = new AsyncLocalStorage<string>();

/**
 * Does the work while no other process publishes or rolls back; what the work itself publishes doesn't wait for it. So a whole
 * refresh, with its build, can be one. Throws an Error where another is under way and `wait` is false.
 */
export async function withEditionsLock<T>(
  of: EditionsOf,
  work: () => Promise<T>,
  options: LockOptions = {}
): Promise<T> {
  const folder = editionsFolder(of);
  if (locked.getStore() === folder) return work();
  await mkdir(folder, {recursive: true});
  return withLock(folder, () => locked.run(folder, work), options);
}

/**
 * Publishes a finished build: as a new edition, which is put in the site's place whole. A site that is a plain folder becomes an
 * edition first. Throws an Error after which the site is as it was.
 */
export const publishEdition = (options: PublishOptions): Promise<Published> =>
  withEditionsLock(options, () => publish(options), options);

async function publish(options: PublishOptions): Promise<Published> {
  const {built, about = {}, keep = 3, compress = true, signal} = options;
  if (!Number.isInteger(keep) || keep < 1) {
    throw new Error(`${keep} editions can't be kept: give a whole number from 1 up.`);
  }
  await clean(options);
  await takeOver(options);
  const place = await inPlace(options);
  // The one in place counts, though it may be one that can't be read.
  const taken = typeof place === "string" ? [] : [{id: place.edition}];
  const warnings = await setBrokenAside(options, taken[0]?.id);
  const editions = await readEditions(options);
  const before = await currentOf(options, editions);
  const staging = stagingFolder(options);
  const site = join(staging, "site");
  let published: Published;
  try {
    await mkdir(staging, {recursive: true});
    await moveFolder(built, site);
    const names = await filesBelow(site);
    const kept = editions.filter((edition, i) => i < keep - 1 || edition.id === before?.id);
    const sameAs = sameFiles(options, kept);
    const known = (name: string) => sameAs.linked(join(site, name), name);
    const sums = await checksums(site, names, known);
    let compressed: Precompressed | undefined;
    if (compress) {
      const madeBefore = (file: string, sibling: string) => sameAs.content(sums.get(file)!, file, sibling);
      compressed = await precompress(site, {files: names, known: madeBefore, signal});
      for (const [name, sum] of await checksums(site, compressed.siblings, known)) sums.set(name, sum);
    }
    const fresh = new Set(sums.keys());
    await forEach(sums, async ([name, sum]) => {
      const same = await sameAs.content(sum, name);
      if (same !== undefined && (await replaceByLink(same, join(site, name)))) fresh.delete(name);
    });
    await carryOver(
      options,
      kept.filter((edition) => isOfSameAccount(edition, {about})),
      site
    );
    const files = Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
    const edition = {id: nextId([...editions, ...taken]), createdAt: new Date().toISOString(), about, files};
    await writeEdition(staging, edition);
    await syncFiles([...Array.from(fresh, (name) => join(site, name)), join(staging, "edition.json")]);
    signal?.throwIfAborted();
    await rename(staging, join(editionsFolder(options), edition.id));
    await swapIn(options, edition.id, options);
    published = {edition, warnings, ...(compressed && {compressed})};
  } catch (error) {
    await rm(staging, {recursive: true, force: true});
    signal?.throwIfAborted();
    throw new Error(
      `The new edition could not be published: ${reasonOf(error)}. ${siteOf(options)} is as it was.`,
      {cause: error}
    );
  }
  await prune(options, [published.edition, ...editions], keep);
  return published;
}

const isOfSameAccount = (one: Pick<Edition, "about">, other: Pick<Edition, "about">) =>
  one.about.account === other.about.account;

/** All editions, newest first. */
export async function listEditions(of: EditionsOf): Promise<ListedEdition[]> {
  const editions = await readEditions(of);
  const current = await currentOf(of, editions);
  return editions.map((edition) => ({...edition, current: edition.id === current?.id}));
}

/** The edition in the site's place; undefined where that is a folder that was built there, or nothing. */
export const currentEdition = async (of: EditionsOf): Promise<Edition | undefined> =>
  currentOf(of, await readEditions(of));

async function currentOf(of: EditionsOf, editions: Edition[]): Promise<Edition | undefined> {
  const found = await inPlace(of);
  return typeof found === "string" ? undefined : editions.find(({id}) => id === found.edition);
}

export interface RollbackOptions extends EditionsOf, LockOptions, SwapOptions {
  /** The edition to go back to, or forward; the one before the current if left out. */
  id?: string | undefined;
}

/**
 * Puts a kept edition in the site's place and returns it. None is removed. Throws an Error that tells which there are where the one
 * that is asked for isn't among them.
 */
export const rollback = (options: RollbackOptions): Promise<Edition> =>
  withEditionsLock(
    options,
    async () => {
      await recover(options);
      const editions = await readEditions(options);
      const current = await currentOf(options, editions);
      const target = chosen(editions, current, options.id);
      // Pages of the others are still open, and a plain static server knows nothing but this folder.
      const others = editions.filter((edition) => edition !== target && isOfSameAccount(edition, target));
      await carryOver(options, others, editionSite(options, target.id));
      if (target !== current) await swapIn(options, target.id, options);
      return target;
    },
    options
  );

function chosen(editions: Edition[], current: Edition | undefined, id: string | undefined): Edition {
  const ids = editions.map((edition) => edition.id).join(", ");
  if (!editions.length) throw new Error("There are no editions to go back to: publish one first.");
  if (id !== undefined) {
    const named = editions.find((edition) => edition.id === id);
    if (named) return named;
    throw new Error(`There is no edition ${id}. Name one of these: ${ids}`);
  }
  const before = current ? editions.find((edition) => edition.id < current.id) : editions[0];
  if (before) return before;
  throw new Error(`There is no edition before ${current!.id}, the current one. Name one of these: ${ids}`);
}

/** Brings the site back that a killed process has left half swapped. Call it before the site is read. */
export async function restoreEdition(of: EditionsOf): Promise<void> {
  if ((await isHalfSwapped(of)) || (await isDangling(of))) await withEditionsLock(of, () => clean(of));
}

/** Finishes or undoes what killed processes have begun. Nobody else has begun anything: the lock is ours. */
async function clean(of: EditionsOf): Promise<void> {
  const folder = editionsFolder(of);
  await recover(of);
  for (const name of await readdir(folder)) {
    if (isLeft(name)) await rm(join(folder, name), {recursive: true, force: true});
  }
  const [newest] = (await isDangling(of)) ? await readEditions(of) : [];
  if (newest) await swapIn(of, newest.id);
}

/** Whether something in the editions' folder is of a work that didn't come to its end. */
const isLeft = (name: string) => /^(?:new|old)-/.test(name) || /^lock\.\d+$/.test(name);

const stagingFolder = (of: EditionsOf) => join(editionsFolder(of), `new-${process.pid}`);

/**
 * Removes what killed processes have left, and makes an edition of a site that is a plain folder, with what was recorded of its build;
 * that stays in its place. Where there is neither, it does nothing.
 */
export async function tidyEditions(of: EditionsOf, options: LockOptions = {}): Promise<void> {
  const names = await readdir(editionsFolder(of)).catch(() => []);
  if (!names.some(isLeft) && (await inPlace(of)) !== "folder") return;
  const tidy = async () => {
    await clean(of);
    await takeOver(of);
  };
  await withEditionsLock(of, tidy, options);
}

/** Makes an edition of a site that is a plain folder. It stays in its place until the next one takes it. */
async function takeOver(of: EditionsOf): Promise<void> {
  if ((await inPlace(of)) !== "folder") return;
  const [site, staging] = [siteOf(of), stagingFolder(of)];
  const names = await filesBelow(site);
  if (!names.length) return;
  const about = await plainBuildAbout(of);
  await forEach(names, (name) => linkOrCopy(join(site, name), join(staging, "site", name)));
  const files = Object.fromEntries(await checksums(join(staging, "site"), names));
  const id = nextId(await readEditions(of), (await stat(site)).mtime);
  await writeEdition(staging, {id, createdAt: new Date().toISOString(), about, files});
  await rename(staging, join(editionsFolder(of), id));
  await mark(of, id, site);
}

/** Removes the oldest editions beyond `keep`, but never the current one. */
async function prune(of: EditionsOf, editions: Edition[], keep: number): Promise<void> {
  const folder = editionsFolder(of);
  const current = await inPlace(of);
  for (const {id} of editions.slice(keep)) {
    if (typeof current !== "string" && current.edition === id) continue;
    try {
      // What is half removed must not look like an edition.
      await rename(join(folder, id), join(folder, `old-${id}`));
      await rm(join(folder, `old-${id}`), {recursive: true, force: true});
    } catch (error) {
      const why = reasonOf(error);
      throw new Error(`The new edition is published, but the old one ${id} can't be removed: ${why}`, {
        cause: error
      });
    }
  }
}

/** Finds what kept editions have already. */
function sameFiles(of: EditionsOf, editions: readonly Edition[]) {
  const pathIn = async (edition: Edition, name: string) => {
    const path = join(editionSite(of, edition.id), name);
    const isThere = await isUntouched(path, edition.files[name]!, new Date(edition.createdAt));
    return isThere ? path : undefined;
  };
  return {
    /** Where the file of this name and content is; or, where that is known, another that was made of it. */
    async content({size, sha256}: FileSum, name: string, wanted = name): Promise<string | undefined> {
      for (const edition of editions) {
        const {[name]: file, [wanted]: found} = edition.files;
        if (file?.sha256 !== sha256 || file.size !== size || !found) continue;
        const path = await pathIn(edition, wanted);
        if (path !== undefined) return path;
      }
      return undefined;
    },
    /** The checksum of a path that is the same file on the disk as one of this name. */
    async linked(path: string, name: string): Promise<FileSum | undefined> {
      for (const edition of editions) {
        if (!edition.files[name]) continue;
        const same = await pathIn(edition, name);
        if (same !== undefined && (await isSameFile(path, same))) return edition.files[name];
      }
      return undefined;
    }
  };
}
