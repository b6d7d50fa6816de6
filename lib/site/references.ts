// What a built site's pages, modules and stylesheets name of its other files.
import {init, parse} from "es-module-lexer";

/** The URLs as they are written. */
export interface References {
  /** What is loaded: scripts, stylesheets, pictures, attached files. */
  files: string[];
  /** Where links lead. */
  links: string[];
  /** What relative URLs are relative to, where the page says so itself. */
  base?: string;
}

const tag = /<([a-z][a-z0-9-]*)((?:\s+[^\s"'>=/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/gi;
const attribute = /\s([^\s"'>=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const inlineScript = /(<script\b[^>]*>)([^]*?)<\/script\s*>/gi;
const registered = /\bregisterFile\([^\n]*?"path":\s*("(?:[^"\\]|\\.)*")/g;

/** Elements that load what they name, by the attribute that names it; `source` is of audio, video and picture. */
const loading: Record<string, readonly string[]> = {
  audio: ["src"],
  img: ["src", "srcset"],
  link: ["href"],
  script: ["src"],
  source: ["src", "srcset"],
  video: ["src", "poster"],
  iframe: ["src"],
  image: ["href"]
};
/** `rel` of links that a page doesn't load. */
const notLoaded =
  /^(?:canonical|alternate|next|prev|author|help|license|search|me|preconnect|dns-prefetch)$/i;

export async function pageReferences(html: string): Promise<References> {
  const found: References = {files: [], links: []};
  const scripts: string[] = [];
  const markup = html.replace(/<!--[^]*?-->/g, "").replace(inlineScript, (_, start: string, text: string) => {
    const {src, type = "text/javascript"} = attributes(start);
    if (src === undefined && /module|javascript/i.test(type)) scripts.push(text);
    return start;
  });
  for (const [element, name] of markup.matchAll(tag)) {
    const of = attributes(element);
    const kind = name!.toLowerCase();
    if (kind === "base" && of.href) found.base ??= of.href;
    if (kind === "a" && of.href !== undefined) {
      (of.download === undefined ? found.links : found.files).push(of.href);
    }
    if (kind === "link" && notLoaded.test(of.rel ?? "")) continue;
    for (const key of loading[kind] ?? []) {
      const value = of[key];
      if (value !== undefined) found.files.push(...(key === "srcset" ? urlsOfSet(value) : [value]));
    }
  }
  for (const script of scripts) {
    found.files.push(...(await moduleReferences(script, {dynamic: true})));
    for (const [, path] of script.matchAll(registered)) found.files.push(JSON.parse(path!) as string);
  }
  return found;
}

/**
 * The modules that a module imports by a path. Framework's own ones name libraries that a page may load and that aren't in
 * every build, so what is imported later counts only where `dynamic` is set.
 */
export async function moduleReferences(source: string, {dynamic}: {dynamic: boolean}): Promise<string[]> {
  await init;
  const [imports] = parse(source);
  const files = imports.filter(({d}) => d === -1 || (dynamic && d >= 0)).flatMap(({n}) => n ?? []);
  for (const [, path] of source.matchAll(registered)) files.push(JSON.parse(path!) as string);
  return files.filter((name) => /^\.{0,2}\//.test(name));
}

/** What a stylesheet loads. */
export const styleReferences = (source: string): string[] =>
  Array.from(
    source.replace(/\/\*[^]*?\*\//g, "").matchAll(/\burl\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/g),
    ([, double, single, bare]) => (double ?? single ?? bare)!
  );

function attributes(element: string): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = Object.create(null) as Record<string, string>;
  for (const [, name, double, single, bare] of element.matchAll(attribute)) {
    found[name!.toLowerCase()] ??= unescaped(double ?? single ?? bare ?? "");
  }
  return found;
}

const urlsOfSet = (srcset: string) =>
  srcset
    .split(/,\s+/)
    .map((part) => part.trim().split(/\s+/)[0]!)
    .filter(Boolean);

const entities: Record<string, string> = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};

const unescaped = (text: string) =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi, (_, decimal, hex, name) =>
    name
      ? entities[(name as string).toLowerCase()]!
      : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex as string, 16))
  );
