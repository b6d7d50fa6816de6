// Which files under data/ the pages name, so that they can be pulled together before Framework asks for them one by one.
import {readdir, readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import {dataFiles, type CheckedConfig} from "../config/index.js";

/**
 * The files, with extension, that pages and components in `source` name and the config gives, in alphabetical order. A
 * name that the config doesn't give is left to the loader, whose error says where it is asked for.
 */
export async function namedFiles(
  source: string,
  config: CheckedConfig,
  formats: readonly string[]
): Promise<string[]> {
  const named = new RegExp(`\\bdata/([\\p{L}\\p{M}\\p{N}_-]+\\.(?:${formats.join("|")}))`, "gu");
  const given = dataFiles(config);
  const found = new Set<string>();
  for (const entry of await readdir(source, {recursive: true, withFileTypes: true})) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(md|[jt]sx?)$/.test(entry.name)) continue;
    if (relative(source, path).startsWith(".observablehq")) continue; // what Framework keeps
    for (const [, file] of (await readFile(path, "utf8")).matchAll(named)) {
      if (given.has(file!.replace(/\.\w+$/, ""))) found.add(file!);
    }
  }
  return [...found].sort();
}
