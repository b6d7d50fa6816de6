// A built site as the gateway serves it: a copy that later builds don't change, swapped as a whole for the next one.
import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {copyFile, link, mkdir, readdir, readFile, rm, stat} from "node:fs/promises";
import {dirname, join, relative, resolve, sep} from "node:path";
import {gatewayPage, type Page} from "./page.js";

/** A file whose name carries a hash of its content (`client.3ae5f1c2.js`, `3ae5f1c2.js`), so that it never changes. */
const hashedName = /[./][0-9a-f]{8}\.[^./]+$/;

/** For how many builds a page that stays open still finds the files it was built with. */
const keptBuilds = 8;

/** What a URL path leads to. */
export type PathTarget =
  | {kind: "page"; page: Page}
  | {kind: "file"; folder: string; name: string; hashed: boolean}
  | {kind: "moved"; to: string};

interface Build {
  folder: string;
  pages: Map<string, Page>;
  /** Names of its other files, with slashes. */
  files: Set<string>;
}

export interface Site {
  /** What is at a path, which begins with a slash and has been decoded once; undefined if the site doesn't have it. */
  find(path: string): PathTarget | undefined;
  /** Serves the folder's site from now on. After an error the old one stays. */
  swap(folder: string): Promise<void>;
}

/**
 * Takes the site that Framework built in `folder`. Paths are looked up among the names that were found there, so that none can
 * lead out of it: dotfiles, symbolic links and folders aren't among them. Throws an Error when there is no built site.
 * @param copies a folder for the copies, on the disk of `folder`: they are links, and take no space. It is emptied.
 */
export async function openSite(folder: string, copies: string): Promise<Site> {
  await rm(copies, {recursive: true, force: true});
  let count = 0;
  const take = (folder: string, last?: Build) =>
    copyBuild(resolve(folder), join(copies, String(++count)), last);
  let current = await take(folder);
  let before: Build[] = [];
  return {
    find(path) {
      const name = path.slice(1);
      const page = current.pages.get(path);
      if (page) return {kind: "page", page};
      if (current.pages.has(`${path}/`)) return {kind: "moved", to: `${path}/`};
      const hashed = hashedName.test(path);
      const build = [current, ...(hashed ? before : [])].find(({files}) => files.has(name));
      return build && {kind: "file", folder: build.folder, name, hashed};
    },
    async swap(folder) {
      const next = await take(folder, current);
      const [last, outdated] = [current, before[0]];
      current = next;
      before = [last, ...before];
      // A request may be about to open a file of the last build, but no longer one of a build before it.
      if (outdated) await dropUnhashed(outdated, last);
      for (const {folder} of before.splice(keptBuilds)) await rm(folder, {recursive: true, force: true});
    }
  };
}

/** Keeps of a build what open pages may still ask for and the next build doesn't have: names with a hash. */
async function dropUnhashed({folder, files}: Build, after: Build): Promise<void> {
  for (const name of files) {
    if (hashedName.test(`/${name}`) && !after.files.has(name)) continue;
    files.delete(name);
    await rm(join(folder, name), {force: true});
  }
}

/** @param last the build before, whose files are kept where they haven't changed, so that browsers can keep theirs, too */
async function copyBuild(folder: string, copy: string, last?: Build): Promise<Build> {
  const build: Build = {folder: copy, pages: new Map(), files: new Set()};
  for (const name of await list(folder)) {
    if (name.endsWith(".html")) {
      const page = gatewayPage(await readFile(join(folder, name), "utf8"));
      for (const path of pagePaths(`/${name}`)) build.pages.set(path, page);
    } else {
      const [from, to] = [join(folder, name), join(copy, name)];
      const mayKeep = last?.files.has(name) && !hashedName.test(`/${name}`);
      const before = mayKeep ? join(last!.folder, name) : undefined;
      const source = before !== undefined && (await isSame(before, from)) ? before : from;
      await mkdir(dirname(to), {recursive: true});
      // A link fails where the copies are on another disk.
      await link(source, to).catch(() => copyFile(source, to));
      build.files.add(name);
    }
  }
  if (!build.pages.has("/")) {
    throw new Error(`There is no built site in ${folder}. Build it first: npm run build`);
  }
  return build;
}

/** Whether two files have the same content; some are WebAssembly of 40 MB. */
async function isSame(one: string, other: string): Promise<boolean> {
  const [{size}, {size: otherSize}] = await Promise.all([stat(one), stat(other)]);
  if (size !== otherSize) return false;
  const digest = async (file: string) => {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(file, {highWaterMark: 2 ** 20})) hash.update(chunk as Buffer);
    return hash.digest("hex");
  };
  return (await digest(one)) === (await digest(other));
}

/** The paths a page is found at: Framework links to them without their ending. */
function pagePaths(file: string): string[] {
  const path = file.replace(/\.html$/, "");
  return [file, path, ...(path.endsWith("/index") ? [path.slice(0, -"index".length)] : [])];
}

/** All plain files of a folder, as names relative to it with slashes. */
async function list(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((name) => !name.split("/").some((part) => part.startsWith(".")));
}
