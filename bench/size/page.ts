// The page of the measurements: a chart of a small Arrow file first, then a database over the Parquet file beside it.
import {mkdtemp, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {build} from "esbuild";

const root = resolve(import.meta.dirname, "../..");

const source = `
import * as Plot from "@observablehq/plot";
import {arrowRows} from "./lib/page/index.ts";
const file = (name) => ({name, url: async () => "/" + name});
const rows = await arrowRows(file(new URLSearchParams(location.search).get("rows") + ".arrow"));
document.body.append(Plot.plot({marks: [Plot.lineY(rows, {x: "day", y: "forecast"})]}));
requestAnimationFrame(() => (globalThis.firstChart = performance.now()));
globalThis.open = async (options) => {
  const {database} = await import("./lib/database/index.ts");
  return (globalThis.db = database({sales: file(new URLSearchParams(location.search).get("rows") + ".parquet")}, options));
};
`;

/** A folder with the page; data files are put beside it. `/npm/` has the installed packages, as Framework serves them. */
export async function measuredPage(): Promise<{folder: string; remove: () => Promise<void>}> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-page-"));
  await symlink(join(root, "node_modules"), join(folder, "npm"));
  await build({
    stdin: {contents: source, resolveDir: root, loader: "ts"},
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    outdir: join(folder, "bundle"),
    logLevel: "silent"
  });
  await writeFile(
    join(folder, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>Size</title><link rel="icon" href="data:,"><body><script type="module" src="/bundle/stdin.js"></script>`
  );
  return {folder, remove: () => rm(folder, {recursive: true, force: true})};
}
