// The folder of the finished site, which is always whole: a build goes elsewhere and takes its place when it is done.
import {existsSync} from "node:fs";
import {mkdir, readdir, rename, rm} from "node:fs/promises";
import {dirname, join} from "node:path";

/** Where the finished site is. */
export const siteFolder = (root: string) => join(root, "dist");

const workFolder = (root: string) => join(root, ".ikigai", "build");
/** Where the site before goes, in the moment between the two. */
const beforeFolder = (root: string) => join(workFolder(root), "before");

/** An empty folder for a build, on the disk of the finished site. What builds that were killed have left is removed. */
export async function buildFolder(root: string): Promise<string> {
  const work = workFolder(root);
  const own = join(work, String(process.pid));
  await mkdir(work, {recursive: true});
  for (const name of await readdir(work)) {
    if (/^\d+$/.test(name) && !isRunning(Number(name)))
      await rm(join(work, name), {recursive: true, force: true});
  }
  await rm(own, {recursive: true, force: true});
  return own;
}

/** Puts a finished build in the site's place. */
export async function putInPlace(root: string, built: string): Promise<void> {
  const [site, before] = [siteFolder(root), beforeFolder(root)];
  await restoreSite(root);
  await rm(before, {recursive: true, force: true});
  await mkdir(dirname(before), {recursive: true});
  if (existsSync(site)) await rename(site, before);
  try {
    await rename(built, site);
  } catch (error) {
    await restoreSite(root);
    throw error;
  }
  await rm(before, {recursive: true, force: true});
}

/** Brings back the site that was there before, if the process was killed in the moment between the two. */
export async function restoreSite(root: string): Promise<void> {
  if (!existsSync(siteFolder(root)) && existsSync(beforeFolder(root)))
    await rename(beforeFolder(root), siteFolder(root));
}

function isRunning(pid: number): boolean {
  try {
    return pid === process.pid || process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
