// Where this package is installed: its own manifest, and the files that projects start from.
import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

/** The folder with this package's package.json: this file is in it, compiled or not. */
export const packageFolder: string = folderAbove(dirname(fileURLToPath(import.meta.url)));

function folderAbove(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : folderAbove(dirname(folder));
}

/** What this package's package.json says, as far as projects depend on it. */
export interface Manifest {
  version: string;
  engines: {node: string};
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, {optional?: boolean}>;
}

export const readManifest = (): Manifest =>
  JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as Manifest;

/**
 * How a project's package.json names this package: by version; or by file, where it runs from a checkout or was installed from a tarball,
 * which no registry has.
 */
export function packageSpec(folder = packageFolder): string {
  const {version} = readManifest();
  if (existsSync(join(folder, "tsconfig.build.json"))) return `file:${folder}`;
  // npm writes down where each package came from.
  const lock = join(folder, "../.package-lock.json");
  if (existsSync(lock)) {
    const {packages} = JSON.parse(readFileSync(lock, "utf8")) as {
      packages?: Record<string, {resolved?: string}>;
    };
    const resolved = packages?.["node_modules/ikigai-kit"]?.resolved;
    if (resolved?.startsWith("file:")) return `file:${join(folder, "../..", resolved.slice("file:".length))}`;
  }
  return `^${version}`;
}
