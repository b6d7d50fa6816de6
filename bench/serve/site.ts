// Sites like the demo's in number and sizes of files, of which each edition has new data. A name tells its file's checksum, and a page
// its own, so that a client can tell whether it is whole.
import {createHash} from "node:crypto";
import {mkdir, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";

const pages = ["index", "forecast", "versions", "weather", "flows"];
/** Bytes of the modules, as of the demo's: many small ones and some large. */
const modules = [...Array.from({length: 50}, (_, i) => 800 + i * 150), 60e3, 90e3, 180e3, 250e3, 420e3];
const data = [3e3, 10e3, 20e3, 46e3, 60e3, 90e3, 150e3, 180e3];

export const hashOf = (content: Uint8Array | string): string =>
  createHash("sha256").update(content).digest("hex").slice(0, 8);

/** Writes the site's files of an edition into a folder. */
export async function writeSite(folder: string, edition: number): Promise<void> {
  const names: string[] = [];
  const add = async (path: (hash: string) => string, content: Uint8Array | string) => {
    const name = path(hashOf(content));
    await mkdir(dirname(join(folder, name)), {recursive: true});
    await writeFile(join(folder, name), content);
    names.push(name);
  };
  for (const [i, size] of modules.entries()) {
    await add((hash) => `_npm/package-${i}@1.0.0/${hash}.js`, code(size, i));
  }
  for (const [i, size] of data.entries()) {
    await add((hash) => `_file/data/table-${i}.${hash}.csv`, rows(size, edition * 100 + i));
  }
  for (const page of pages) {
    const links = names.map((name) => `<link rel="modulepreload" href="./${name}">`).join("\n");
    const body = `<body>\n${rows(20e3, edition)}</body>`;
    const html = `<!DOCTYPE html>\n<html>\n<head>\n<title>${edition}</title>\n${links}\n</head>\n${body}\n<!-- ${hashOf(body)} -->\n</html>\n`;
    await writeFile(join(folder, `${page}.html`), html);
  }
}

/** What a page names, or undefined where it isn't whole. */
export function namedBy(html: string): string[] | undefined {
  const body = /<body>[^]*<\/body>/.exec(html)?.[0] ?? "";
  if (!html.endsWith(`<!-- ${hashOf(body)} -->\n</html>\n`)) return undefined;
  return Array.from(html.matchAll(/href="\.\/([^"]+)"/g), ([, name]) => `/${name}`);
}

/** Whether a file's content is what its name says. */
export const isWhole = (path: string, content: Uint8Array): boolean =>
  new RegExp(`[./]${hashOf(content)}\\.\\w+$`).test(path);

export const pagePaths = pages.map((name) => (name === "index" ? "/" : `/${name}`));

function code(size: number, seed: number): string {
  let text = "";
  for (let i = 0; text.length < size; ++i) text += `export const value${i} = ${random(seed, i)};\n`;
  return text;
}

function rows(size: number, seed: number): string {
  let text = "month,series,value\n";
  for (let i = 0; text.length < size; ++i)
    text += `2024-${(i % 12) + 1},series ${i % 7},${random(seed, i)}\n`;
  return text;
}

/** The same numbers each time, as varied as a series'. */
const random = (seed: number, i: number) => Math.abs(Math.sin(seed * 7919 + i) * 1e5).toFixed(3);
