// Sees when another process puts a new site in a folder's place, so that it is served without a restart.
import {watch, type FSWatcher} from "node:fs";
import {lstat, realpath, stat} from "node:fs/promises";
import {basename, dirname, resolve} from "node:path";

/** Milliseconds between two looks, for disks that report no changes, such as some network ones. */
const interval = 5_000;

export interface FollowOptions {
  /** Takes the folder as the site that is served; what it throws is logged, and it is asked again at the next look. */
  take: (folder: string) => Promise<void>;
  /** Called when what another process has put there is served. */
  onNew: (folder: string) => Promise<void>;
  log: (line: string) => void;
}

export interface FollowedSite {
  /** Takes a folder at once, after whatever is being taken, and throws what `take` does; nothing if it is a link to the edition that is served. */
  swap(folder: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Follows what stands at a path: a link that is replaced, or a folder that is. A change within a folder is none: a site is built
 * aside.
 * @param seen what `markOf` gave before the site was taken that is served now
 */
export function followSite(
  given: string,
  seen: string | undefined,
  {take, onNew, log}: FollowOptions
): FollowedSite {
  const folder = resolve(given);
  let served = seen;
  let last: Promise<unknown> = Promise.resolve();
  let troubled = "";
  let isClosed = false;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined); // the caller gets the error
    return turn;
  };
  const look = () =>
    void inTurn(async () => {
      const mark = await markOf(folder);
      // A moment between two sites is no site.
      if (isClosed || mark === undefined || mark === seen) return;
      try {
        await take(folder);
        // If it was replaced meanwhile, what was taken may be of both.
        if ((await markOf(folder)) !== mark) return look();
        seen = served = mark;
        troubled = "";
        await onNew(folder);
      } catch (error) {
        const {message} = error as Error;
        if (message !== troubled) log(`the site before is served on: ${message}`);
        troubled = message;
      }
    });
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(folder), {persistent: false}, (_, name) => {
      if (name === null || name === basename(folder)) look();
    });
    watcher.on("error", () => watcher?.close());
  } catch {
    // There may be no more watchers: the looks go on.
  }
  const timer = setInterval(look, interval).unref();
  look();
  return {
    swap: (next) =>
      inTurn(async () => {
        const [mark, taking] = [await markOf(folder), await markOf(next)];
        // A look may have taken it since it was put in place. Twice, it would count as two builds, and open pages lose an older one's files.
        // An edition never changes; the files of a plain folder may have, and are taken again.
        if (taking !== undefined && taking === served && (await isLink(next))) return;
        await take(next);
        served = taking;
        seen = mark;
      }),
    async close() {
      isClosed = true;
      clearInterval(timer);
      watcher?.close();
      await last;
    }
  };
}

const isLink = async (path: string): Promise<boolean> => (await lstat(path)).isSymbolicLink();

/** Tells one site at a path from the next; undefined where there is none. */
export async function markOf(folder: string): Promise<string | undefined> {
  try {
    const path = await realpath(folder);
    const {dev, ino, birthtimeMs} = await stat(path);
    return [path, dev, ino, birthtimeMs].join();
  } catch {
    return undefined;
  }
}
