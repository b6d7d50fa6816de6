// Keeps processes apart that would work on one project's cache and site: one at a time, and none with another account's data than
// an open preview or gateway shows.
import {mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {checkWritable} from "../disk/index.js";
import {withLock} from "./lock.js";
import {ownFolder} from "./own-folder.js";

export interface ProjectLockOptions {
  signal?: AbortSignal;
  /** Told once when another process is at work. */
  onWait?: () => void;
}

const folder = (root: string, ...names: string[]) => join(ownFolder(root, "locks"), ...names);

/** Does work on the project while nobody else does any; waits for its turn. */
export async function withProjectLock<T>(
  root: string,
  {signal, onWait}: ProjectLockOptions,
  work: () => Promise<T>
): Promise<T> {
  await mkdir(folder(root), {recursive: true});
  return withLock(folder(root), work, {signal, onWait: () => onWait?.()});
}

/** Changes the project's config while no other command does; waits for its turn. */
export async function withConfigLock<T>(
  root: string,
  options: ProjectLockOptions,
  work: () => Promise<T>
): Promise<T> {
  await checkWritable(folder(root, "config"));
  await mkdir(folder(root, "config"), {recursive: true});
  return withLock(folder(root, "config"), work, options);
}

/**
 * Throws an Error if a preview or gateway of the project is open that shows another account's data: a preview reads the cache whenever a
 * page asks, and a gateway serves whatever is published.
 * @param account names it, without the key
 */
export async function checkOpenSites(root: string, account: string): Promise<void> {
  const names = await readdir(folder(root)).catch(() => []);
  for (const name of names) {
    const [, pid] = /^open-(\d+)$/.exec(name) ?? [];
    if (pid === undefined || Number(pid) === process.pid) continue;
    const preview = folder(root, name);
    const isOpen = await withLock(preview, () => Promise.resolve(false), {wait: false}).catch(() => true);
    if (!isOpen) {
      await rm(preview, {recursive: true, force: true});
      continue;
    }
    const other = await readFile(join(preview, "account"), "utf8").catch(() => "");
    if (other !== "" && other !== account) {
      throw new Error(
        `An open preview or gateway (process ${pid}) shows the data of ${other}, which this would replace by that of ${account}. ` +
          `End it first, or work in another copy of ${root}.`
      );
    }
  }
}

/** Says that this process shows an account's data, as long as it lives; returns what takes that back. */
export async function claimSite(root: string, account: string): Promise<() => Promise<void>> {
  const preview = folder(root, `open-${process.pid}`);
  await mkdir(preview, {recursive: true});
  await writeFile(join(preview, "account"), account);
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  let ended: Promise<void> | undefined;
  await new Promise<void>((taken, reject) => {
    ended = withLock(preview, () => {
      taken();
      return released;
    });
    ended.catch(reject);
  });
  return async () => {
    release();
    await ended;
    await rm(preview, {recursive: true, force: true});
  };
}
