// A built site as the gateway serves it: a copy that later builds don't change, swapped as a whole for the next one.
import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {copyFile, link, mkdir, readdir, readFile, realpath, rm, stat} from "node:fs/promises";
import {dirname, join, relative, sep} from "node:path";
import {promisify} from "node:util";
import {brotliCompress, constants, gzip} from "node:zlib";
import pLimit from "p-limit";
// Not through the index: the gateway needs no Framework.
import {isHashed, mayOutliveBuild} from "../site/framework-files.js";
import {hashOf, type Asset, type Body} from "./asset.js";
import {contentType} from "./content-type.js";
import {pagePolicy} from "./headers.js";
import {gatewayPage} from "./page.js";

/** For how many builds a page that stays open still finds the files it was built with. */
const keptBuilds = 8;

/** Bytes of a site that are kept in memory, the smallest files first, and of the largest one among them. */
const memory = 64 * 2 ** 20;
const largestInMemory = 2 ** 20;

/** Files that are read at a time. */
const atATime = 8;

/** A page this small isn't worth to compress. */
const smallestCompressed = 1_000;

/** What a URL path leads to. */
export type PathTarget = {kind: "asset"; asset: Asset} | {kind: "moved"; to: string};

interface Build {
  /** Where its copies are. */
  copy: string;
  /** The pages by each path that they have. */
  pages: Map<string, Asset>;
  /** Its other files by name, with slashes. */
  files: Map<string, Asset>;
  /** What is known of each file that was read, by what tells it apart on the disk. */
  read: Map<string, ReadFile>;
}

interface ReadFile {
  hash: string;
  start: Buffer;
  content: Buffer | undefined;
}

export interface Site {
  /** What is at a path, which begins with a slash and has been decoded once; undefined if the site doesn't have it. */
  find(path: string): PathTarget | undefined;
  /** Serves the folder's site from now on. After an error the old one stays. */
  swap(folder: string): Promise<void>;
}

export interface SiteOptions {
  /** A folder for the copies, on the disk of the site's: they are links, and take no space. It is emptied. */
  copies: string;
  /** The path below which the pages are served; `/` if left out. */
  base?: string;
}

/**
 * Takes the site that Framework built in `folder`. Paths are looked up among the names that were found there, so that none can
 * lead out of it: dotfiles, symbolic links and folders aren't among them. Throws an Error when there is no built site.
 */
export async function openSite(folder: string, {copies, base = "/"}: SiteOptions): Promise<Site> {
  await rm(copies, {recursive: true, force: true});
  let count = 0;
  const take = (folder: string, last?: Build) =>
    copyBuild({folder, copy: join(copies, String(++count)), base, last});
  let current = await take(folder);
  let before: Build[] = [];
  return {
    find(path) {
      const page = current.pages.get(path);
      if (page) return {kind: "asset", asset: page};
      if (current.pages.has(`${path}/`)) return {kind: "moved", to: `${path}/`};
      const name = path.slice(1);
      let asset = current.files.get(name);
      if (!asset && mayOutliveBuild(name)) {
        for (const build of before) if ((asset = build.files.get(name))) break;
      }
      return asset && {kind: "asset", asset};
    },
    async swap(folder) {
      const next = await take(folder, current);
      const [last, outdated] = [current, before[0]];
      current = next;
      before = [last, ...before];
      // A request may be about to open a file of the last build, but no longer one of a build before it.
      if (outdated) await trim(outdated, last);
      for (const {copy} of before.splice(keptBuilds)) await rm(copy, {recursive: true, force: true});
    }
  };
}

/** Keeps of a build what open pages may still ask for and the next build doesn't have, and that on the disk alone. */
async function trim(build: Build, after: Build): Promise<void> {
  build.read.clear();
  build.pages.clear();
  for (const [name, {bodies}] of build.files) {
    if (mayOutliveBuild(name) && !after.files.has(name)) {
      for (const body of Object.values(bodies)) body.content = undefined;
    } else {
      build.files.delete(name);
      await rm(join(build.copy, name), {force: true});
    }
  }
}

interface Taking {
  folder: string;
  copy: string;
  base: string;
  /** The build before: what hasn't changed since isn't read again. */
  last: Build | undefined;
}

async function copyBuild({folder: given, copy, base, last}: Taking): Promise<Build> {
  const noSite = () => new Error(`There is no built site in ${given}. Build it first: npx ikigai-kit build`);
  // Where the folder is a link, all files come from where it leads now.
  const folder = await realpath(given).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === "ENOENT" ? noSite() : error;
  });
  const build: Build = {copy, pages: new Map(), files: new Map(), read: new Map()};
  const sized = await list(folder);
  const names = new Set(sized.map(({name}) => name));
  // A page's compressed siblings are of the page as it was built, and the gateway adds to it.
  const isServed = ({name}: {name: string}) =>
    !(/\.html\.(?:br|gz)$/.test(name) && names.has(name.replace(/\.\w+$/, "")));
  const turn = pLimit(atATime);
  let left = memory;
  try {
    await Promise.all(
      sized.filter(isServed).map(({name, size}) => {
        const inMemory = size <= largestInMemory && size <= left;
        if (inMemory) left -= size;
        return turn(() => take(name, inMemory));
      })
    );
  } catch (error) {
    turn.clearQueue();
    await rm(copy, {recursive: true, force: true});
    throw error;
  }
  for (const [name, {bodies}] of build.files) {
    const [br, gz] = [build.files.get(`${name}.br`), build.files.get(`${name}.gz`)];
    if (br) bodies.br = br.bodies.identity;
    if (gz) bodies.gzip = gz.bodies.identity;
  }
  if (!build.pages.has("/")) {
    await rm(copy, {recursive: true, force: true});
    throw noSite();
  }
  return build;

  async function take(name: string, inMemory: boolean): Promise<void> {
    const path = join(folder, name);
    if (name.endsWith(".html")) {
      const asset = await pageAsset(path, {base, last: last?.pages.get(`/${name}`)});
      for (const path of pagePaths(`/${name}`)) build.pages.set(path, asset);
      return;
    }
    const {dev, ino, size, mtime} = await stat(path);
    const key = [dev, ino, size, mtime.getTime()].join();
    const known = last?.read.get(key);
    const file = known && Boolean(known.content) === inMemory ? known : await read(path, inMemory);
    build.read.set(key, file);
    const to = join(copy, name);
    await mkdir(dirname(to), {recursive: true});
    // A link fails where the copies are on another disk.
    await link(path, to).catch(() => copyFile(path, to));
    build.files.set(name, {
      bodies: {identity: {size, content: file.content, path: to}},
      hash: file.hash,
      type: contentType(name, file.start),
      policy: filePolicy,
      modified: mtime,
      immutable: isHashed(name)
    });
  }
}

const filePolicy = pagePolicy();

async function read(path: string, inMemory: boolean): Promise<ReadFile> {
  if (inMemory) {
    const content = await readFile(path);
    return {hash: hashOf(content), start: content.subarray(0, 8), content};
  }
  const hash = createHash("sha256");
  let start: Buffer | undefined;
  for await (const chunk of createReadStream(path, {highWaterMark: 2 ** 20})) {
    start ??= Buffer.from((chunk as Buffer).subarray(0, 8));
    hash.update(chunk as Buffer);
  }
  return {hash: hash.digest("base64url").slice(0, 27), start: start ?? Buffer.alloc(0), content: undefined};
}

const compress = {br: promisify(brotliCompress), gzip: promisify(gzip)};
/** Somebody waits for the site, and the page may be another in the next one. */
const quickly = {params: {[constants.BROTLI_PARAM_QUALITY]: 5}};

/** @param last the page at this path in the build before */
async function pageAsset(
  path: string,
  {base, last}: {base: string; last: Asset | undefined}
): Promise<Asset> {
  const [source, {mtime}] = await Promise.all([readFile(path, "utf8"), stat(path)]);
  const {html, policy} = gatewayPage(source, {base});
  const content = Buffer.from(html);
  const hash = hashOf(content);
  const bodies =
    last?.hash === hash
      ? last.bodies
      : {
          identity: bodyOf(content),
          ...(content.length >= smallestCompressed && {
            br: bodyOf(await compress.br(content, quickly)),
            gzip: bodyOf(await compress.gzip(content))
          })
        };
  return {bodies, hash, type: "text/html; charset=utf-8", policy, modified: mtime, immutable: false};
}

const bodyOf = (content: Buffer): Body => ({size: content.length, content});

/** The paths a page is found at: Framework links to them without their ending. */
function pagePaths(file: string): string[] {
  const path = file.replace(/\.html$/, "");
  return [file, path, ...(path.endsWith("/index") ? [path.slice(0, -"index".length)] : [])];
}

/** All plain files of a folder, the smallest first, as names relative to it with slashes. */
async function list(folder: string): Promise<{name: string; size: number}[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((name) => !name.split("/").some((part) => part.startsWith(".")));
  const turn = pLimit(atATime);
  const sized = await Promise.all(
    names.map((name) => turn(async () => ({name, size: (await stat(join(folder, name))).size})))
  );
  return sized.sort((a, b) => a.size - b.size);
}
