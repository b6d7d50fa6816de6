// Finds data of which this page shows an older edition than the published one.
import type {Publication} from "../gateway-api/index.js";
import {followsData} from "../gateway-api/page.js";

/**
 * A file's path without what distinguishes its editions: the hash in its name in a built site, the query in a
 * preview.
 */
export const plainPath = (url: string) =>
  decodeURI(new URL(url, location.href).pathname).replace(/\.[0-9a-f]{8}(?=\.[^./]+$)/, "");

/** The URL of a file's newest edition, if a publication has one that isn't at `href`. */
export function newerEdition(href: string, {files}: Publication): string | undefined {
  const path = plainPath(href);
  for (const [name, url] of Object.entries(files)) {
    const newest = new URL(url, location.href).href;
    if (path.endsWith(`/${name}`) && plainPath(newest).endsWith(`/${name}`)) {
      return newest === new URL(href, location.href).href ? undefined : newest;
    }
  }
  return undefined;
}

/**
 * The URLs of the newest editions of files that are one table together, if a publication has others than those at `hrefs`. Where they
 * are the parts of an entry, these are all of its parts, those too that it didn't have before, in the order of their names.
 */
export function newerEditions(hrefs: readonly string[], publication: Publication): string[] | undefined {
  if (!hrefs.length) return undefined; // whose list it is, nobody knows
  const now = hrefs.map((href) => new URL(href, location.href).href);
  const list = partListOf(hrefs);
  const parts = Object.entries(publication.files).flatMap(([name, url]) => {
    const newest = new URL(url, location.href).href;
    return partListOf([newest]) === list && name.endsWith(".parquet") ? [newest] : [];
  });
  const arePublished = list !== undefined && newerEdition(list, publication) !== undefined;
  const newest =
    arePublished && parts.length ? parts : now.map((href) => newerEdition(href, publication) ?? href);
  return newest.join() === now.join() ? undefined : newest;
}

/** Where the list of an entry's parts is, without a hash, if all of these may be parts of it: `data/sales.2024.parquet`. */
function partListOf(hrefs: readonly string[]): string | undefined {
  const lists = new Set(
    hrefs.map((href) => /^(.*\/[^./]+)\.[^./]+\.parquet$/.exec(plainPath(href))?.[1]?.concat(".parts.json"))
  );
  return lists.size === 1 ? [...lists][0] : undefined;
}

/** Tells a preview that this page follows its data itself and needn't be reloaded. */
export const followHere = (): void => void Object.assign(globalThis, {[Symbol.for(followsData)]: true});

/** How many cells replace a file by its newest edition themselves, by the file's plain path. */
const swapped = new Map<string, number>();

/** Notes that a cell replaces files by their newest editions, until the returned function is called. A list of parts goes with them. */
export function noteSwapped(hrefs: readonly string[]): () => void {
  const list = partListOf(hrefs);
  const paths = [...hrefs.map(plainPath), ...(list === undefined ? [] : [list])];
  const count = (by: number) => paths.forEach((path) => swapped.set(path, (swapped.get(path) ?? 0) + by));
  count(1);
  return () => count(-1);
}

/** Says where data came from and when it was pulled, so each publication changes it. */
const catalog = "/data/catalog.json";

/** Whether the page shows an older edition of a published file, and no cell replaces it. */
export function isOutdated(publication: Publication): boolean {
  return pageFiles().some((href) => {
    const path = plainPath(href);
    return newerEdition(href, publication) !== undefined && !swapped.get(path) && !path.endsWith(catalog);
  });
}

/** The data files that Framework wrote into the page: `registerFile("./data/x.json", {…,"path":"./_file/data/x.0ca1e141.json",…})`. */
function pageFiles(): string[] {
  return Array.from(document.querySelectorAll("script:not([src])")).flatMap(({textContent}) =>
    Array.from(
      textContent.matchAll(/^registerFile\(.*"path":("(?:[^"\\]|\\.)*")/gm),
      ([, path]) => JSON.parse(path!) as string
    )
  );
}
