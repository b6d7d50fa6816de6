// A folder to serve: a page that holds the rooms under test as the global `kit`, bundled as a page would get them.
import {mkdtemp, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {build} from "esbuild";

const root = resolve(import.meta.dirname, "../..");
const style = join(root, "node_modules/@observablehq/framework/dist/style");

/** Bundles `source`, the text of a module, into the page; `/npm/` serves the installed packages, as Framework does, and the styles are Framework's. */
export async function bundledPage(
  source: string,
  {minify = false}: {minify?: boolean} = {}
): Promise<{folder: string; remove: () => Promise<void>}> {
  const folder = await mkdtemp(join(tmpdir(), "bundled-page-"));
  await symlink(join(root, "node_modules"), join(folder, "npm"));
  await build({
    stdin: {contents: source, resolveDir: root, loader: "ts"},
    bundle: true,
    splitting: true,
    minify,
    format: "esm",
    platform: "browser",
    outdir: join(folder, "bundle"),
    logLevel: "silent"
  });
  await writeFile(
    join(folder, "index.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Test</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css"><main id="observablehq-main"></main><script type="module" src="/bundle/stdin.js"></script></html>`
  );
  await build({
    stdin: {
      contents: `@import "./default.css"; @import "./theme-air.css" (prefers-color-scheme: light);
@import "./theme-near-midnight.css" (prefers-color-scheme: dark);`,
      resolveDir: style,
      loader: "css"
    },
    bundle: true,
    outfile: join(folder, "style.css"),
    logLevel: "silent"
  });
  return {folder, remove: () => rm(folder, {recursive: true, force: true})};
}
