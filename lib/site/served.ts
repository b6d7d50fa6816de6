// What a folder that is served says of itself: its edition, and where pages find the newest of each file that they attach.
import {existsSync} from "node:fs";
import {realpath} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {isId, readEdition, type Edition} from "./edition.js";
import {isHashed} from "./framework-files.js";
import {filesBelow} from "./site-files.js";
import {markName} from "./swap-in.js";

/** The edition that a site's folder, or a link to it, is; undefined for a folder that was built there. */
export async function editionAt(site: string): Promise<Edition | undefined> {
  const folder = await realpath(site);
  const files = isId(basename(dirname(folder))) ? [join(dirname(folder), "edition.json")] : [];
  const file = [...files, join(folder, markName)].find((file) => existsSync(file));
  return file === undefined ? undefined : readEdition(file);
}

/**
 * The URL path of each file that the site's pages may attach, by the name that they use: `data/x.csv` is at
 * `/_file/data/x.3ae5f1c2.csv`. Those that were carried over from editions before aren't among them.
 */
export async function attachedFiles(site: string): Promise<Record<string, string>> {
  const edition = await editionAt(site);
  const names = edition ? Object.keys(edition.files) : await filesBelow(site);
  const all = new Set(names);
  return Object.fromEntries(
    names
      .filter((name) => name.startsWith("_file/") && isHashed(name))
      .filter((name) => !(/\.(?:br|gz)$/.test(name) && all.has(name.replace(/\.\w+$/, ""))))
      .map((name) => [
        name.replace(/^_file\//, "").replace(/\.[0-9a-f]{8}(?=(?:\.[^./]*)?$)/, ""),
        `/${name.split("/").map(encodeURIComponent).join("/")}`
      ])
  );
}
