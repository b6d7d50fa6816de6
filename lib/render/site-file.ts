// Which file of a built site answers a URL or is a page: nothing outside the site's folder ever does.
import {readdir, readFile, realpath} from "node:fs/promises";
import {join, relative, sep} from "node:path";
import {listedNearest} from "../names/index.js";

/** Where the site seems to be while it is rendered: a host that can't exist, so that nothing is asked of one by mistake. */
export const origin = "http://site.invalid";

/** A page of a built site. */
export interface SitePage {
  /** As Framework names it: `/index`, `/team/report`. */
  path: string;
  html: string;
}

/** The path of a file from the site's folder that a URL means, or undefined where it isn't of the site. */
export function pathOf(url: string | URL): string | undefined {
  const {origin: of, pathname} = new URL(url, origin);
  if (of !== origin) return undefined;
  try {
    const path = decodeURIComponent(pathname).slice(1);
    return isPlain(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a path stays below where it begins, on every system. */
const isPlain = (path: string) =>
  path !== "" &&
  // eslint-disable-next-line no-control-regex
  !/[\\\0-\x1f]/.test(path) &&
  path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !/^[a-z]:$/i.test(part));

/** A file's bytes; undefined where the site has no such file. A link that leads out of the site is not one of its files. */
export async function readSiteFile(site: string, path: string): Promise<Buffer | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(site), realpath(join(site, path))]);
    if (relative(root, file).split(sep)[0] === "..") return undefined;
    return await readFile(file);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw error;
  }
}

/** The page of that name: `index`, `/accuracy`, `/team/` or `accuracy.html`. Throws an Error that says which pages there are. */
export async function readPage(site: string, page: string): Promise<SitePage> {
  const written = JSON.stringify(page);
  const pages = await pagesOf(site);
  if (pages.length === 0)
    throw new Error(`${site} holds no built site; build it first, or name the site's folder`);
  const name = page.replace(/^\//, "").replace(/\.html$/, "");
  const candidates = name === "" || name.endsWith("/") ? [`${name}index`] : [name, `${name}/index`];
  const path = candidates.find((candidate) => pages.includes(candidate));
  const bytes = path !== undefined ? await readSiteFile(site, `${path}.html`) : undefined;
  if (bytes === undefined)
    throw new Error(`the site has no page ${written}; it has ${listedNearest(page, pages)}`);
  return {path: `/${path}`, html: bytes.toString("utf8")};
}

/** The pages of a site, without their extension; Framework's own folders hold none. */
async function pagesOf(site: string): Promise<string[]> {
  const entries = await readdir(site, {recursive: true}).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new Error(`there is no folder ${site}; build the site first, or name its folder`);
    throw error;
  });
  return entries
    .map((name) => name.split(sep).join("/"))
    .filter((name) => name.endsWith(".html") && !name.startsWith("_"))
    .map((name) => name.replace(/\.html$/, ""))
    .sort();
}
