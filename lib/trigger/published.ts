// Which published data this page shows in an older edition.
import type {Publication} from "../gateway-api/index.js";

/**
 * A file's path without what tells its editions apart: the hash in its name where the site is built, the query where it is
 * previewed.
 */
const plainPath = (url: string) =>
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

/** Files whose newest edition some cell shows by itself, by their plain paths, and how many cells do. */
const swapped = new Map<string, number>();

/** Notes that a file is swapped in place until the returned function is called. */
export function noteSwapped(href: string): () => void {
  const path = plainPath(href);
  swapped.set(path, (swapped.get(path) ?? 0) + 1);
  return () => swapped.set(path, swapped.get(path)! - 1);
}

/** Tells where data came from and when it was pulled, so it is new whatever is published. */
const catalog = "/data/catalog.json";

/** Whether the page was written with older editions of what is published, and no cell swaps them in. */
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
