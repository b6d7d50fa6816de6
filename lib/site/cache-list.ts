// What Framework keeps of files that loaders made.
import {existsSync, readdirSync} from "node:fs";
import {join, relative, sep} from "node:path";

/**
 * The paths of all files in Framework's cache, from there with slashes, except what is Framework's own or this kit's.
 */
export function cachedPaths(cache: string): string[] {
  if (!existsSync(cache)) return [];
  return (
    readdirSync(cache, {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => relative(cache, join(entry.parentPath, entry.name)).split(sep).join("/"))
      // What is neither begins with no dot or underscore.
      .filter((path) => !/^[._]/.test(path))
  );
}
