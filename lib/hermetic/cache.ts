// Keeps Framework's cache up to date. Framework names cached files by package and version alone and never checks them again. So
// here it is noted what every file was made from, and outdated files are dropped before Framework can find them.
import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {version as bundlerVersion} from "esbuild";
import {reasonOf} from "../disk/index.js";
import {inNodeModules, type NodeModules} from "./node-modules.js";
import {PackageError} from "./package-error.js";
import {changed, signature} from "./signature.js";
import {cachePath, type Specifier} from "./specifier.js";

interface Notes {
  /** The revision of the bundling code; files of another revision are dropped. */
  revision: string;
  /** For each cached file, the signatures of all files that it was made from. */
  files: Record<string, Record<string, string>>;
}

const notesFile = "_hermetic.json";

export class NpmCache {
  readonly #files: Notes["files"];
  readonly #watched = new Set<string>();
  #watching = false;

  /** @param folder Framework's cache, `.observablehq/cache` below the site's root */
  private constructor(readonly folder: string) {
    const {revision, files} = readNotes(folder);
    this.#files = revision === currentRevision() ? files : {};
  }

  /**
   * Opens the cache and drops outdated files, and all that came from a CDN.
   * @throws PackageError with the path and the fix where the disk lets nothing be written, as all that changes the cache does
   */
  static open(folder: string, modules: NodeModules): NpmCache {
    return onDisk(folder, () => {
      const cache = new NpmCache(folder);
      cache.#dropStale();
      cache.#dropOtherVersions(modules);
      rmSync(join(folder, "_jsr"), {recursive: true, force: true});
      if (nodeCacheIsStale(folder, modules)) rmSync(join(folder, "_node"), {recursive: true, force: true});
      return cache;
    });
  }

  /** Drops what came from node_modules, for Framework to ask its CDN again. */
  static clear(folder: string): void {
    if (readNotes(folder).revision === undefined) return;
    rmSync(join(folder, "_npm"), {recursive: true, force: true});
    rmSync(join(folder, notesFile));
  }

  /** Notes what a file that Framework is about to cache was made from. `since` is when reading began. */
  note(specifier: Specifier, inputs: string[], since: number): void {
    const all = new Set(inputs);
    // A file that comes or goes changes its folder, and can change what an import finds; a project's own, where
    // package.json lies, changes all the time.
    for (const file of inputs) if (basename(file) !== "package.json") all.add(dirname(file));
    // A file that changed while it was read gets a signature that never matches. File systems' clocks are coarse.
    const sign = (path: string) => (changed(path) > since - 50 ? "" : signature(path));
    this.#files[cachePath(specifier)] = Object.fromEntries([...all].map((path) => [path, sign(path)]));
    onDisk(this.folder, () => this.#save());
    this.#watch(inputs);
  }

  /**
   * Makes the folder of a package's version. Framework asks for the version named in a bundle only if it has that folder,
   * and otherwise goes by the range in package.json, which may mean another copy than the one that Node gives the importer.
   */
  reserve(name: string, version: string): void {
    const folder = join(this.folder, "_npm", `${name}@${version}`);
    onDisk(this.folder, () => mkdirSync(folder, {recursive: true}));
  }

  /** From now on drops what is made from a local package, such as the project's own, as soon as that is built again. */
  watchLocal(): void {
    this.#watching = true;
    for (const inputs of Object.values(this.#files)) this.#watch(Object.keys(inputs));
  }

  #watch(inputs: string[]): void {
    if (!this.#watching) return;
    const folders = new Set(inputs.filter((file) => !inNodeModules(file)).map(dirname));
    for (const folder of folders) {
      if (this.#watched.has(folder)) continue;
      this.#watched.add(folder);
      watch(folder, {persistent: false}, () => onDisk(this.folder, () => this.#dropStale())).on("error", () =>
        this.#watched.delete(folder)
      );
    }
  }

  #dropStale(): void {
    const signatures = new Map<string, string>();
    const sign = (path: string) => {
      let known = signatures.get(path);
      if (known === undefined) signatures.set(path, (known = signature(path)));
      return known;
    };
    for (const path of list(join(this.folder, "_npm"))) {
      const file = `_npm/${path}`;
      const inputs = Object.entries(this.#files[file] ?? {});
      if (inputs.length > 0 && inputs.every(([input, noted]) => noted !== "" && noted === sign(input)))
        continue;
      rmSync(join(this.folder, file), {force: true});
      delete this.#files[file];
    }
    this.#save();
  }

  /** Asked for a package without a version, Framework takes the highest that has a folder: leave only the installed. */
  #dropOtherVersions(modules: NodeModules): void {
    const npm = join(this.folder, "_npm");
    for (const {folder, name, version} of packageFolders(npm)) {
      const kept = modules.copy(name)?.version === version && list(folder).length > 0;
      if (!kept) rmSync(folder, {recursive: true, force: true});
    }
  }

  #save(): void {
    const path = join(this.folder, notesFile);
    const notes: Notes = {revision: currentRevision(), files: this.#files};
    mkdirSync(this.folder, {recursive: true});
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(notes));
    renameSync(`${path}.${process.pid}`, path);
  }
}

/** Does something with the cache, and says of what the disk refuses which path it is and what to do. */
function onDisk<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new PackageError(`Framework's cache ${folder} can't be used: ${reasonOf(error)}.`);
  }
}

/** The files outside node_modules that a cache's bundles were made from, and their folders: those of local packages, as the project's own. */
export function localInputs(folder: string): string[] {
  const inputs = Object.values(readNotes(folder).files).flatMap((files) => Object.keys(files));
  return [...new Set(inputs)].filter((path) => !inNodeModules(path));
}

/**
 * Whether something that pages import by a bare name has changed. Framework bundles those itself and names only versions;
 * they import each other, so all are dropped with one.
 */
function nodeCacheIsStale(folder: string, modules: NodeModules): boolean {
  return packageFolders(join(folder, "_node")).some(({folder: cached, name, version}) => {
    const installed = modules.copy(name, version);
    if (!installed) return true;
    const made = Math.min(...list(cached).map((file) => changed(join(cached, file))));
    return list(installed.folder).some((file) => changed(join(installed.folder, file)) > made);
  });
}

function readNotes(folder: string): Partial<Notes> & {files: Notes["files"]} {
  try {
    return {files: {}, ...(JSON.parse(readFileSync(join(folder, notesFile), "utf8")) as Partial<Notes>)};
  } catch {
    return {files: {}}; // none yet, or cut short: then everything is made again
  }
}

let revision: string | undefined;

function currentRevision(): string {
  return (revision ??= [
    bundlerVersion,
    ...list(import.meta.dirname).map((f) => signature(join(import.meta.dirname, f)))
  ].join());
}

/** The folders `name@version` and `@scope/name@version` in one of Framework's caches. */
function packageFolders(cache: string): {folder: string; name: string; version: string}[] {
  return entries(cache)
    .flatMap(({name}) =>
      name.startsWith("@") ? entries(join(cache, name)).map((entry) => `${name}/${entry.name}`) : [name]
    )
    .map((path) => {
      const at = path.lastIndexOf("@");
      return {folder: join(cache, path), name: path.slice(0, at), version: path.slice(at + 1)};
    });
}

/** All files in a folder, as paths relative to it with slashes; not those of the packages installed in it. */
function list(folder: string): string[] {
  return entries(folder).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === ".git") return [];
    if (!entry.isDirectory()) return [entry.name];
    return list(join(folder, entry.name)).map((path) => `${entry.name}/${path}`);
  });
}

function entries(folder: string) {
  try {
    return readdirSync(folder, {withFileTypes: true});
  } catch {
    return []; // not made yet
  }
}
