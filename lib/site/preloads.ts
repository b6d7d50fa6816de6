// What a built page tells the browser to fetch ahead: also the small data that its first picture is drawn from, and no reader of files
// that it doesn't use.
import {readFile, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path/posix";
import {moduleReferences} from "./references.js";
import {filesBelow, forEach} from "./site-files.js";

/** Bytes of an Arrow file, before it is compressed, up to which a page fetches it ahead. */
const small = 200_000;

const modulePreload = /\n?<link rel="modulepreload" href="([^"]*)">/g;
/** As Framework writes it. */
const registered = /\nregisterFile\("[^\n]*?", (\{[^\n]*\})\);/g;

/** Packages that Framework preloads wherever a page names a file that they could read, though the page may give it to another reader. */
const reader = /(?:^|\/)_npm\/(?:apache-arrow|parquet-wasm)@/;
/** How a page uses them. */
const reads = /\.\s*(?:arrow|parquet|arquero)\s*\(|"(?:Arrow|aq)"/;

/** Rewrites the pages of a site that Framework has built. */
export async function improvePreloads(site: string): Promise<void> {
  const pages = (await filesBelow(site)).filter((name) => name.endsWith(".html"));
  await forEach(pages, async (name) => {
    const html = await readFile(join(site, name), "utf8");
    const better = withData(await withoutReaders(html, {site, name}));
    if (better !== html) await writeFile(join(site, name), better);
  });
}

/** Adds the small Arrow files that the page names, after the modules. */
function withData(html: string): string {
  const files = Array.from(
    html.matchAll(registered),
    ([, json]) => JSON.parse(json!) as {path: string; size?: number}
  );
  const wanted = files.filter(({path, size = Infinity}) => /\.arrow$/.test(path) && size <= small);
  const last = Array.from(html.matchAll(modulePreload)).at(-1);
  if (!wanted.length || !last) return html;
  // As FileAttachment fetches it, else the browser would fetch it twice.
  const links = wanted.map(
    ({path}) => `\n<link rel="preload" as="fetch" crossorigin href="${encodeURI(path)}">`
  );
  const end = last.index + last[0].length;
  return html.slice(0, end) + links.join("") + html.slice(end);
}

/** Drops the readers that neither the page nor its modules use, and what only those import. */
async function withoutReaders(html: string, {site, name}: {site: string; name: string}): Promise<string> {
  const preloaded = Array.from(html.matchAll(modulePreload), ([, href]) => href!);
  const readers = preloaded.filter((href) => reader.test(href));
  const body = html.replace(modulePreload, "");
  const code = new Map<string, string>();
  const from = dirname(name);
  for (const href of preloaded) code.set(join(from, href), await readFile(join(site, from, href), "utf8"));
  const own = [
    body,
    ...Array.from(code).flatMap(([path, text]) => (path.startsWith("_import/") ? [text] : []))
  ];
  const unused = readers.filter((href) => !own.some((text) => reads.test(text) || text.includes(href)));
  if (!unused.length) return html;
  const reach = async (paths: string[]) => {
    const all = new Set(paths);
    for (const path of all) {
      const text = code.get(path);
      if (text === undefined) continue;
      for (const other of await moduleReferences(text, {dynamic: false})) all.add(join(dirname(path), other));
    }
    return all;
  };
  const paths = preloaded.map((href) => join(from, href));
  const ofReaders = await reach(unused.map((href) => join(from, href)));
  const others = await reach(paths.filter((path) => !ofReaders.has(path)));
  return html.replace(modulePreload, (link, href: string) => (others.has(join(from, href)) ? link : ""));
}
