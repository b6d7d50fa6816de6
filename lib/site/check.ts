// Whether a finished build may be published: all of its files are there and have something in them, and none has the key.
import {readFile, stat} from "node:fs/promises";
import {extname, join} from "node:path";
import {dataProblems, type DataShape} from "./check-data.js";
import {secretForms} from "./check-secret.js";
import {mayOutliveBuild} from "./framework-files.js";
import {moduleReferences, pageReferences, styleReferences} from "./references.js";
import {filesBelow, forEach} from "./site-files.js";

export interface CheckOptions {
  /** The path that the site is made for, where its pages name files by it; `/` if left out. */
  base?: string;
  /** What must be in no file, such as the API key. It is looked for as it is, in base64, and as URLs and JSON write it. */
  secrets?: readonly string[];
  /** The data files as they are now, and as they were in the edition before. */
  data?: {now: readonly DataShape[]; before: readonly DataShape[]};
}

/** Sentences that each name a file and what to do. */
export interface CheckResult {
  /** Why the build should not be published. */
  problems: string[];
  /** What somebody should look at: links that lead nowhere. */
  warnings: string[];
  /** The data files that lost rows, columns or parts. */
  lost: string[];
}

/** Looks at a built site. It takes less than a second for 100 MB, most of it to look for secrets. */
export async function checkSite(
  folder: string,
  {base = "/", secrets = [], data}: CheckOptions = {}
): Promise<CheckResult> {
  const names = await filesBelow(folder);
  const site = new Site(names, base);
  const forms = secrets.filter(Boolean).flatMap(secretForms);
  const problems: string[] = [];
  const warnings: string[] = [];
  if (!names.includes("index.html")) {
    problems.push(`index.html is missing: the site has no front page. Add src/index.md.`);
  }
  await forEach(names, async (name) => {
    const path = join(folder, name);
    if ((await stat(path)).size === 0) {
      if (!mayBeEmpty(name)) problems.push(emptyFile(name));
      return;
    }
    const kind = extname(name);
    if (!forms.length && ![".html", ".js", ".css"].includes(kind)) return;
    const content = await readFile(path);
    if (forms.some((form) => content.includes(form))) {
      problems.push(
        `${name} has the API key in it. Take it out of the page, loader or data that it comes from, and make a new key: everyone who saw the file may have it.`
      );
    }
    if (kind === ".html") {
      const html = content.toString("utf8");
      if (!/<(?:body|main)\b/i.test(html)) {
        problems.push(`${name} is incomplete: it has no <body>. Build again.`);
      }
      const {files, links, base: own} = await pageReferences(html);
      const missing = (url: string) => !site.has(url, name, own);
      for (const url of new Set(files.filter(missing))) problems.push(missingFile(name, url));
      for (const url of new Set(links.filter(missing))) {
        warnings.push(`${name} links to ${url}, which doesn't exist. Correct the link or add the page.`);
      }
    } else if (kind === ".css") {
      const missing = styleReferences(content.toString("utf8")).filter((url) => !site.has(url, name));
      // Of a package's stylesheet Framework copies no more than itself; what is missing then is a font.
      const list = name.startsWith("_npm/") ? warnings : problems;
      for (const url of new Set(missing)) list.push(missingFile(name, url));
    } else if (kind === ".js" && !name.startsWith("_file/")) {
      const found = await modulesNamed(name, content.toString("utf8"));
      if (!found)
        problems.push(`${name} is incomplete or damaged: as JavaScript it can't be parsed. Build again.`);
      for (const url of new Set(found)) if (!site.has(url, name)) problems.push(missingFile(name, url));
    }
  });
  const ofData = data ? dataProblems(data) : [];
  problems.push(...ofData.map(({message}) => message));
  const lost = [...new Set(ofData.flatMap(({files}) => files))];
  return {problems: problems.sort(), warnings: warnings.sort(), lost};
}

/** What a script imports; undefined where Framework has written it and it can't be parsed. */
async function modulesNamed(name: string, source: string): Promise<string[] | undefined> {
  try {
    return await moduleReferences(source, {dynamic: !name.startsWith("_observablehq/")});
  } catch {
    return mayOutliveBuild(name) ? undefined : []; // a script of the site's own may be none of today's
  }
}

const missingFile = (name: string, url: string) =>
  `${name} names ${url}, which doesn't exist. Build again; if that doesn't help, see whether the file exists under src.`;

const emptyFile = (name: string) =>
  name.endsWith(".html")
    ? `${name} is an empty page. Build again.`
    : `${name} is empty: it has 0 bytes. See whether its loader writes anything, and run it again.`;

/** Files that say something by being there, and those that a site has of its own. */
const mayBeEmpty = (name: string) => !/\.(?:html|js|css)$/.test(name) && !name.startsWith("_");

/** The site's files, as URLs name them. */
class Site {
  readonly #names: Set<string>;

  constructor(
    names: readonly string[],
    private readonly base: string
  ) {
    this.#names = new Set(names);
  }

  /** Whether a URL in a file leads to a file of the site, or elsewhere than to the site. */
  has(url: string, from: string, base = ""): boolean {
    const root = `http://site${this.base}`;
    // "data:", "https:", "mailto:" and "//host" aren't of the site; "#part" and "?query" are the page itself.
    if (url === "" || /^(?:[a-z][a-z0-9+.-]*:|\/\/|[#?])/i.test(url)) return true;
    const target = new URL(url, new URL(base, root + encodeURI(from)));
    if (!target.pathname.startsWith(this.base)) return true;
    const name = decoded(target.pathname.slice(this.base.length));
    return [name, `${name}.html`, `${name}/index.html`, `${name}index.html`].some((file) =>
      this.#names.has(file)
    );
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
