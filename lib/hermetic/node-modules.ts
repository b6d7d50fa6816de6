// Finds installed packages: in node_modules the way Node does, and any copy of a given version wherever it lies.
import {existsSync, readdirSync, readFileSync, realpathSync} from "node:fs";
import {basename, dirname, join, sep} from "node:path";
import {PackageError} from "./package-error.js";
import {lockedVersion} from "./lockfile.js";

export interface Package {
  /** The name it is imported by, which an alias in package.json can make different from its own. */
  name: string;
  version: string;
  /** Its real folder: a linked package's own, not the link's. */
  folder: string;
  /** Whether it is the project's own or linked from elsewhere, so that it can change under a running preview. */
  local: boolean;
  manifest: Manifest;
}

interface Manifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  exports?: string | Record<string, unknown>;
  scripts?: Record<string, string>;
}

export class NodeModules {
  #folders: string[] | undefined;

  /** @param start the folder that pages import from: the site's root */
  constructor(readonly start: string) {}

  /**
   * The package that an import of `name` from a file in `from` means: the project's own if it has that name, or else the
   * nearest installed one. Nothing is cached here, so an `npm install` has effect at the next try.
   */
  find(name: string, from: string = this.start): Package | undefined {
    for (const folder of ancestors(from)) {
      const own = readManifest(folder);
      if (own?.name === name) return this.#package(name, folder, own);
      const installed = readManifest(join(folder, "node_modules", name));
      if (installed) return this.#package(name, join(folder, "node_modules", name), installed);
    }
    return;
  }

  /** The installed copy of exactly this version, or any copy if none is given, also where only another package sees it. */
  copy(name: string, version?: string): Package | undefined {
    // With pnpm a project sees only its direct dependencies: the next best are those of this package.
    const found = this.find(name) ?? this.find(name, import.meta.dirname);
    if (found && (version === undefined || found.version === version)) return found;
    this.#folders ??= ancestors(this.start).flatMap((folder) => [...nested(join(folder, "node_modules"))]);
    for (const folder of this.#folders) {
      const manifest = readManifest(join(folder, name));
      const copy = manifest && this.#package(name, join(folder, name), manifest);
      if (copy && (version === undefined || copy.version === version)) return copy;
    }
    return;
  }

  #package(name: string, path: string, manifest: Manifest): Package {
    const folder = realpathSync(path);
    const {version} = manifest;
    if (!version)
      throw new PackageError(`${join(folder, "package.json")} has no version: add one, such as "0.0.0"`);
    const locked = lockedVersion(path);
    if (locked && locked !== version) {
      throw new PackageError(
        `npm:${name}: package-lock.json has ${locked}, but ${version} is in ${path}\n  npm ci   (or npm install, to lock what is there)`
      );
    }
    return {name, version, folder, local: !inNodeModules(folder), manifest};
  }
}

/** The package that a file belongs to: the nearest folder above with a named package.json. */
export function owner(file: string): {folder: string; name: string | undefined} {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const above = dirname(folder);
    const scope = basename(above).startsWith("@") ? dirname(above) : above;
    const inModules = basename(scope) === "node_modules";
    // Packages put package.json files without a name into folders below, only to say `"type": "module"`.
    const name = readManifest(folder)?.name;
    if (name !== undefined || inModules || folder === above) return {folder, name};
  }
}

export const inNodeModules = (path: string) => path.split(sep).includes("node_modules");

/** A folder and all those above it. */
function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}

/** This node_modules folder and those of the packages in it. */
function* nested(folder: string): Generator<string> {
  if (!existsSync(folder)) return;
  yield folder;
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    const path = join(folder, entry.name);
    if (entry.name === ".pnpm") {
      for (const store of readdirSync(path)) yield join(path, store, "node_modules");
    } else if (!entry.isDirectory() || entry.name === ".bin") {
      continue; // a link leads to a folder that has its own place, and could lead in circles
    } else if (entry.name.startsWith("@")) {
      for (const name of readdirSync(path)) yield* nested(join(path, name, "node_modules"));
    } else {
      yield* nested(join(path, "node_modules"));
    }
  }
}

function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, "package.json");
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return; // no such package here
  }
  try {
    return JSON.parse(text) as Manifest;
  } catch (error) {
    throw new PackageError(`${path} is not JSON: ${(error as Error).message}`);
  }
}
