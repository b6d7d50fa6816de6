// The Markdown that readers get: the README and the pages of docs.
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {anchorOf} from "../../docs/site/markdown.js";

export const root = resolve(import.meta.dirname, "../..");

/** Each file's text by its path in the repository. */
export const pages = new Map(
  [
    "README.md",
    ...readdirSync(join(root, "docs"), {recursive: true, encoding: "utf8"})
      .filter((file) => file.endsWith(".md") && !file.startsWith(".observablehq"))
      .map((file) => `docs/${file}`)
      .sort()
  ].map((path) => [path, readFileSync(join(root, path), "utf8")])
);

/** The text without its blocks and spans of code, whose brackets and hashes are none of Markdown's. */
const withoutCode = (text: string) =>
  text
    .replace(/^(`{3,})[^`\n]*\n[^]*?^\1$/gm, "")
    .replace(/(`+)(?!`)(.*?[^`])\1(?!`)/g, (_all, _ticks, inner: string) => inner.replace(/[[\]()<>]/g, ""));

/** Where a page links to, but for other hosts. */
export const linksOf = (text: string): string[] =>
  Array.from(withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g), ([, link]) => link!).filter(
    (link) => !/^[a-z]+:/.test(link)
  );

/** The anchors of a page's headings, as code hosts make them. */
function anchorsOf(text: string): Set<string> {
  const count = new Map<string, number>();
  const headings = Array.from(withoutCode(text).matchAll(/^#+ (.*)$/gm), ([, heading]) =>
    anchorOf(heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[\\`*]/g, ""))
  );
  return new Set(
    headings.map((anchor) => {
      const before = count.get(anchor) ?? 0;
      count.set(anchor, before + 1);
      return before ? `${anchor}-${before}` : anchor;
    })
  );
}

/** Whether a link of the page at `from` leads to a file and, if it names one, to a heading there. */
export function leadsSomewhere(from: string, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const path = file ? join(from, "..", decodeURI(file)) : from;
  if (!existsSync(join(root, path))) return false;
  const text = pages.get(path);
  return anchor === undefined || (text !== undefined && anchorsOf(text).has(anchor));
}
