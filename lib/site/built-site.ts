// The folder of the finished site, which is always whole: a build goes elsewhere and takes its place when it is done.
import {existsSync} from "node:fs";
import {cp, lstat, mkdir, readdir, rename, rm} from "node:fs/promises";
import {basename, dirname, join, relative, sep} from "node:path";
import {checkWritable} from "../disk/index.js";
import {ownFolder} from "./own-folder.js";
import type {ProjectFolders} from "./project.js";

type Folders = Pick<ProjectFolders, "root" | "output" | "source">;

const workFolder = (root: string) => ownFolder(root, "build");

/** Where the site before goes, in the moment between the two: on the disk of the site. */
const beforeFolder = ({root, output}: Folders) =>
  isInside(root, output)
    ? join(workFolder(root), "before")
    : join(dirname(output), `.${basename(output)}.before`);

/** An empty folder for a build. What builds that were killed have left is removed. */
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

/**
 * Throws an Error with the fix if the site's folder holds the project or its pages, which would go when a build takes its place; if it is
 * a file, which would go, too; and if its place can't be written.
 */
export async function checkOutput({root, output, source}: Folders): Promise<void> {
  if ([root, source].some((folder) => folder === output || isInside(output, folder)))
    throw new Error(
      `observablehq.config: output is ${output}, which holds the project itself; choose a folder of its own`
    );
  // A link is an edition's, and replaced whatever it leads to.
  const found = await lstat(output).catch(() => undefined);
  await checkWritable(found?.isFile() ? output : dirname(output));
}

/** Puts a finished build in the site's place. */
export async function putInPlace(folders: Folders, built: string): Promise<void> {
  const {output} = folders;
  const before = beforeFolder(folders);
  await restoreSite(folders);
  await rm(before, {recursive: true, force: true});
  await mkdir(dirname(before), {recursive: true});
  const next = await onDiskOf(output, built);
  if (existsSync(output)) await rename(output, before);
  else await rm(output, {force: true}); // a link that leads nowhere, such as to an edition that was removed by hand
  try {
    await rename(next, output);
  } catch (error) {
    await restoreSite(folders);
    throw error;
  }
  await rm(before, {recursive: true, force: true});
}

/** Brings back the site that was there before, if the process was killed in the moment between the two. */
export async function restoreSite(folders: Folders): Promise<void> {
  const before = beforeFolder(folders);
  if (!existsSync(folders.output) && existsSync(before)) await rename(before, folders.output);
}

/** A build as a folder that can be renamed to `output`: copied where that is on another disk. */
async function onDiskOf(output: string, built: string): Promise<string> {
  const beside = join(dirname(output), `.${basename(output)}.next`);
  await mkdir(dirname(output), {recursive: true});
  await rm(beside, {recursive: true, force: true});
  try {
    await rename(built, beside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await cp(built, beside, {recursive: true});
  }
  return beside;
}

const isInside = (folder: string, path: string) => {
  const way = relative(folder, path);
  return way !== "" && way.split(sep)[0] !== ".." && !/^[a-z]:/i.test(way);
};

function isRunning(pid: number): boolean {
  try {
    return pid === process.pid || process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
