// Where a built site and Framework's cache have the data files.
import {existsSync} from "node:fs";
import {readdir} from "node:fs/promises";
import {join} from "node:path";

/** Where Framework looks for what a loader has made before. */
export const cacheFolder = (root: string): string => join(root, "src", ".observablehq", "cache", "data");

/** The paths of the data files in a built site, where Framework has put a hash into their names. */
export async function builtFiles(folder: string): Promise<Record<string, string>> {
  const built = await filesIn(join(folder, "_file", "data"));
  return Object.fromEntries(
    built.map((name) => [`data/${name.replace(hash, "")}`, `/_file/data/${encodeURIComponent(name)}`])
  );
}

/** Names of the files right in a folder; none where there is no such folder. */
export async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, {withFileTypes: true});
  return entries.filter((entry) => entry.isFile()).map(({name}) => name);
}

const hash = /\.[0-9a-f]{8}(?=\.\w+$)/;
