// Reads from package-lock.json which version should be installed.
import {readFileSync, statSync} from "node:fs";
import {join, relative, sep} from "node:path";

interface Lockfile {
  packages?: Record<string, {version?: string}>;
}

const read = new Map<string, {changed: number; lockfile: Lockfile}>();

/**
 * The version that package-lock.json has for the package at `path`, a folder in node_modules. Undefined where it has
 * none: for a link, or in a project of another package manager.
 */
export function lockedVersion(path: string): string | undefined {
  const parts = path.split(sep);
  const top = parts.indexOf("node_modules");
  if (top < 0) return;
  const project = parts.slice(0, top).join(sep);
  const key = relative(project, path).split(sep).join("/");
  return readLockfile(join(project, "package-lock.json"))?.packages?.[key]?.version;
}

function readLockfile(path: string): Lockfile | undefined {
  try {
    const changed = statSync(path).mtimeMs;
    const known = read.get(path);
    if (known?.changed === changed) return known.lockfile;
    const lockfile = JSON.parse(readFileSync(path, "utf8")) as Lockfile;
    read.set(path, {changed, lockfile});
    return lockfile;
  } catch {
    return; // none there, or none that npm could read either
  }
}
