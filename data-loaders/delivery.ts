// Puts files into a folder all together: staged beside their places, then moved. A move that was cut short is completed or undone.
import {
  copyFile,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile
} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {withContext} from "./error.js";

/** Begins the name of a staging folder whose files are still being made. */
const open = ".pulling-";
/** Begins it once all files are there: from then on the delivery counts, and the next process that finds it completes it. */
export const ready = ".pulled-";

/** Moves a file; a stand-in lets tests fail or die in between. */
export type Rename = typeof rename;

/** A staging folder, on the disk of the folder that its files go to. */
export interface Delivery {
  /** Where files are made. */
  readonly folder: string;
  /**
   * Gives a file that was made its place, with slashes, below the target folder; one file may have several. Resolves to where the
   * file waits until then.
   */
  place(made: string, path: string): Promise<string>;
  /** Writes a small file that goes along. */
  write(path: string, content: string): Promise<void>;
  /** Moves all files to their places. After an error the target folder is as it was. */
  commit(): Promise<void>;
  /** Removes what wasn't delivered. */
  discard(): Promise<void>;
}

/** Opens a staging folder for files of `into`, and first completes what was left of deliveries that were cut short. */
export async function openDelivery(into: string, move: Rename = rename): Promise<Delivery> {
  return inContext(into, async () => {
    await mkdir(into, {recursive: true});
    await completeDeliveries(into, move);
    const staging = await mkdtemp(join(into, `${open}${process.pid}-`));
    const folder = join(staging, "made");
    await mkdir(folder);
    const paths: string[] = [];
    const added = async (path: string) => {
      const place = join(staging, "new", path);
      await mkdir(dirname(place), {recursive: true});
      paths.push(path);
      return place;
    };
    return {
      folder,
      place: (made, path) =>
        inContext(into, async () => {
          const place = await added(path);
          await link(made, place).catch(() => copyFile(made, place));
          return place;
        }),
      write: (path, content) => inContext(into, async () => writeFile(await added(path), content)),
      commit: () => inContext(into, () => commit(staging, into, paths, move)),
      discard: () => rm(staging, {recursive: true, force: true})
    };
  });
}

/** Completes the deliveries into a folder that were cut short once they counted, and removes what is left of others. */
export async function completeDeliveries(into: string, move: Rename = rename): Promise<void> {
  for (const name of await readdir(into)) {
    const staging = join(into, name);
    if (name.startsWith(ready)) await moveAll(staging, into, move);
    else if (name.startsWith(open) && !isRunning(Number(name.slice(open.length).split("-")[0])))
      await rm(staging, {recursive: true, force: true});
  }
}

async function commit(staging: string, into: string, paths: string[], move: Rename): Promise<void> {
  // What can fail is done first. A link keeps the file that was there, which stays in its place until the new one takes it.
  for (const path of paths) {
    const [target, kept] = [join(into, path), join(staging, "old", path)];
    await mkdir(dirname(target), {recursive: true});
    await mkdir(dirname(kept), {recursive: true});
    const there = await lstat(target).catch(() => undefined);
    if (there?.isDirectory()) throw new Error(`${target} is a folder; remove it`);
    if (there) await link(target, kept).catch(() => copyFile(target, kept));
  }
  await writeFile(join(staging, "paths.json"), JSON.stringify(paths));
  const counted = join(into, basename(staging).replace(open, ready));
  await move(staging, counted);
  await moveAll(counted, into, move);
}

/** Moves what hasn't been moved yet; if that fails, brings back what was there before. */
async function moveAll(staging: string, into: string, move: Rename): Promise<void> {
  const list = await readFile(join(staging, "paths.json"), "utf8").catch(() => "[]"); // gone: another process was quicker
  const paths = JSON.parse(list) as string[];
  try {
    for (const path of paths) await unlessGone(move(join(staging, "new", path), join(into, path)));
  } catch (error) {
    for (const path of paths) {
      const [target, kept] = [join(into, path), join(staging, "old", path)];
      if (await lstat(kept).catch(() => undefined)) await rename(kept, target);
      else await rm(target, {force: true});
    }
    throw error;
  } finally {
    await rm(staging, {recursive: true, force: true});
  }
}

const unlessGone = (moving: Promise<void>) =>
  moving.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });

const inContext = <T>(into: string, work: () => Promise<T>) => withContext(`can't write into ${into}`, work);

function isRunning(pid: number): boolean {
  try {
    return pid === process.pid || process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
