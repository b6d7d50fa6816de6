// The same Markdown reads well on a code host and builds as a site: samples are shown, not run; links to .md files are links to pages.
import {posix} from "node:path";

/** What this needs of markdown-it, which Framework brings and doesn't export. */
interface Token {
  type: string;
  tag: string;
  info: string;
  content: string;
  children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}
interface State {
  tokens: Token[];
  env: {path?: string};
}
interface Ruler {
  at(name: string, rule: (state: State) => void): void;
  push(name: string, rule: (state: State) => void): void;
  disable(name: string): void;
}
export interface MarkdownIt {
  core: {ruler: Ruler};
  inline: {ruler: Ruler};
  renderer: {rules: Record<string, ((tokens: Token[], index: number) => string) | undefined>};
}

/**
 * Changes how Framework reads Markdown: a block of code runs only if it says `echo`, `${…}` in text is text, headings have the anchors
 * that code hosts give them, links lead to pages of the site, and a wide table scrolls by itself.
 * @param elsewhere the address of a file of the repository that is not in docs, or undefined if there is none
 */
export const likeCodeHosts =
  (elsewhere: (path: string) => string | undefined) =>
  <M extends MarkdownIt>(md: M): M => {
    md.inline.ruler.disable("placeholder");
    md.core.ruler.disable("placeholder");
    md.renderer.rules.table_open = () => '<div class="docs-wide"><table>\n';
    md.renderer.rules.table_close = () => "</table></div>\n";
    md.core.ruler.at("anchor", ({tokens}) => addAnchors(tokens));
    md.core.ruler.push("like-code-hosts", ({tokens, env}) => {
      for (const token of tokens) {
        if (token.type === "fence") settleFence(token);
        if (token.type === "inline") linkPages(token.children ?? [], env.path ?? "/", elsewhere);
      }
    });
    return md;
  };

function settleFence(token: Token): void {
  const [language = "", ...attributes] = token.info.trim().split(/\s+/);
  if (language === "mermaid") {
    token.info = "dot";
    token.content = toDot(token.content);
  } else if (!attributes.includes("echo")) token.info = `${language} run=false`;
}

/** A diagram of `a --> b & c` lines in the language that Framework draws without another package. */
const toDot = (mermaid: string) =>
  `digraph {\nrankdir=TB\n${Array.from(
    mermaid.matchAll(/^\s*(\S+) --> (.+)$/gm),
    ([, from, to]) =>
      `"${from}" -> {${to!
        .split(" & ")
        .map((name) => `"${name}"`)
        .join(" ")}}`
  ).join("\n")}\n}\n`;

/** The anchor of a heading as code hosts make it. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

function addAnchors(tokens: Token[]): void {
  const seen = new Map<string, number>();
  for (const [i, token] of tokens.entries()) {
    if (token.type !== "heading_open") continue;
    const parts = tokens[i + 1]?.children ?? [];
    const anchor = anchorOf(parts.map(({content}) => content).join(""));
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    token.attrSet("id", count ? `${anchor}-${count}` : anchor);
  }
}

/** Makes `charts.md#common` a link to the page, and a link out of docs one to the code host. */
function linkPages(tokens: Token[], page: string, elsewhere: (path: string) => string | undefined): void {
  for (const [i, token] of tokens.entries()) {
    const href = token.type === "link_open" ? token.attrGet("href") : null;
    if (!href || /^([a-z]+:|#|\/)/.test(href)) continue;
    const path = posix.normalize(posix.join("docs", posix.dirname(page), href));
    if (path.startsWith("docs/")) token.attrSet("href", href.replace(/\.md(?=#|$)/, ""));
    else {
      const address = elsewhere(path);
      if (address !== undefined) token.attrSet("href", address);
      else unlink(tokens, i);
    }
  }
}

/** Leaves the text of the link that begins at a token. */
function unlink(tokens: Token[], start: number): void {
  const end = tokens.findIndex(({type}, i) => i > start && type === "link_close");
  for (const i of [start, end]) {
    tokens[i]!.type = "text";
    tokens[i]!.tag = "";
    tokens[i]!.content = "";
  }
}
