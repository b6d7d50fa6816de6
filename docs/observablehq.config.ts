// The documentation as a site: `npm run docs:dev` and `npm run docs:build`.
import {readFileSync} from "node:fs";
import {hermeticConfig} from "ikigai-kit/hermetic";
import {likeCodeHosts} from "./site/markdown.js";
import {sections} from "./site/pages.js";

const {repository} = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  repository?: string | {url: string};
};
const url = typeof repository === "string" ? repository : repository?.url;
const files = url && /^(git\+)?https:/.test(url) && `${url.replace(/^git\+|\.git$/g, "")}/blob/main/`;

/** The way from a page to the site's first page. */
const toRoot = (path: string) => "../".repeat(path.split("/").length - 2) || "./";

export default {
  ...hermeticConfig,
  title: "ikigai-kit",
  root: "docs",
  output: "dist-docs",
  style: "site/style.css",
  pages: sections,
  markdownIt: likeCodeHosts((path) => (files ? files + path : undefined)),
  head:
    '<link rel="icon" href="data:,"><script type="module" src="/site/search.js"></script>' +
    '<script>document.documentElement.lang = "en"; document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1"</script>',
  header: ({path}: {path: string}) =>
    '<label id="docs-menu" for="observablehq-sidebar-toggle">Menu</label>' +
    `<search id="docs-search" data-pagefind-ignore data-index="${toRoot(path)}pagefind/pagefind.js">` +
    '<input type="search" placeholder="Search the docs" aria-label="Search the docs" autocomplete="off">' +
    '<div><p role="status"></p><ol></ol></div></search>',
  footer: ""
};
