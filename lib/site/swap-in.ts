// Putting an edition in the site's place: a symbolic link that is replaced in one step, or a folder where links can't be made.
import {copyFile, lstat, mkdir, readlink, realpath, rename, rm, stat, symlink} from "node:fs/promises";
import {renameSync} from "node:fs";
import {basename, dirname, join, relative} from "node:path";
import {editionSite, editionsFolder, isId, readEdition, siteOf, type EditionsOf} from "./edition.js";
import {filesBelow, forEach, linkOrCopy} from "./site-files.js";

/** Tells which edition a site is that is a folder and no link. */
export const markName = ".edition";

/** What will be the site in a moment, beside it, since a rename doesn't go from disk to disk. */
const nextFolder = (of: EditionsOf) => join(dirname(siteOf(of)), `.${basename(siteOf(of))}.next`);
/** Where a site that is a folder goes, in the moment between the two. */
const beforeFolder = (of: EditionsOf) => join(dirname(siteOf(of)), `.${basename(siteOf(of))}.before`);

export interface SwapOptions {
  /** Whether the site may be a symbolic link, if the disk can have one. */
  links?: boolean | undefined;
}

/** Makes an edition the site, in one step where it is a link already or not there yet. */
export async function swapIn(of: EditionsOf, id: string, {links = true}: SwapOptions = {}): Promise<void> {
  const [site, next, before] = [siteOf(of), nextFolder(of), beforeFolder(of)];
  await mkdir(dirname(site), {recursive: true});
  await rm(next, {recursive: true, force: true});
  const isLink = links && (await makeLink(await targetOf(of, id), next));
  if (!isLink) await markedCopy(of, id, next);
  const old = await lstat(site).catch(() => undefined);
  if (!old || (isLink && old.isSymbolicLink())) return rename(next, site);
  await rm(before, {recursive: true, force: true});
  // A folder can't be replaced in one step. Between these two lines there is no site; restoreEdition knows.
  renameSync(site, before);
  renameSync(next, site);
  await rm(before, {recursive: true, force: true});
}

/** The link, or false where the disk or the system can't have one. */
async function makeLink(target: string, path: string): Promise<boolean> {
  try {
    await symlink(target, path, "dir");
    return true;
  } catch (error) {
    if (["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes((error as NodeJS.ErrnoException).code!))
      return false;
    throw error;
  }
}

/** A folder of the same files, which says which edition it is. */
async function markedCopy(of: EditionsOf, id: string, to: string): Promise<void> {
  const from = editionSite(of, id);
  await mkdir(to, {recursive: true});
  await forEach(await filesBelow(from), (name) => linkOrCopy(join(from, name), join(to, name)));
  await mark(of, id, to);
}

/** Says of a folder which edition's site it is. */
export async function mark(of: EditionsOf, id: string, folder: string): Promise<void> {
  await copyFile(join(editionsFolder(of), id, "edition.json"), join(folder, `${markName}.part`));
  await rename(join(folder, `${markName}.part`), join(folder, markName));
}

/** What is in the site's place: an edition by its id, a folder that is none, or nothing, as where a link leads nowhere. */
export async function inPlace(of: EditionsOf): Promise<{edition: string} | "folder" | "nothing"> {
  const site = siteOf(of);
  const found = await lstat(site).catch(() => undefined);
  if (!found) return "nothing";
  const id = found.isSymbolicLink()
    ? await editionOfTarget(of, await readlink(site))
    : (await readEdition(join(site, markName)).catch(() => undefined))?.id;
  if (id !== undefined && isId(id)) return {edition: id};
  return (await isDangling(of)) ? "nothing" : "folder";
}

/** What a link in the site's place says to lead to an edition. */
const targetOf = async (of: EditionsOf, id: string) =>
  relative(await realpath(dirname(siteOf(of))), join(await realpath(editionsFolder(of)), id, "site"));

/** The id of the edition that a link leads to; undefined where it leads elsewhere. */
async function editionOfTarget(of: EditionsOf, target: string): Promise<string | undefined> {
  const id = basename(dirname(target));
  const isOne = await targetOf(of, id).catch(() => undefined);
  return target === isOne ? id : undefined;
}

/** Brings back what a process that was killed in the middle of a swap has left, and removes the rest of it. */
export async function recover(of: EditionsOf): Promise<void> {
  const [site, before] = [siteOf(of), beforeFolder(of)];
  if (await isHalfSwapped(of)) await rename(before, site);
  await rm(before, {recursive: true, force: true});
  await rm(nextFolder(of), {recursive: true, force: true});
}

/** Whether a process was killed in the middle of a swap, so that there is no site. */
export const isHalfSwapped = async (of: EditionsOf): Promise<boolean> =>
  !(await isThere(siteOf(of))) && (await isThere(beforeFolder(of)));

const isThere = async (path: string) => (await lstat(path).catch(() => undefined)) !== undefined;

/** Whether the site is a link to what is no longer there. */
export async function isDangling(of: EditionsOf): Promise<boolean> {
  const site = siteOf(of);
  const link = await lstat(site).catch(() => undefined);
  return link?.isSymbolicLink() === true && (await stat(site).catch(() => undefined)) === undefined;
}
