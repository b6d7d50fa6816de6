// What observablehq.config must say for a site that sends no requests to other hosts, and whose loaders start quickly.
import {fileURLToPath} from "node:url";

/** Runs loaders in TypeScript in place of `tsx`, which takes three times as long to start. */
const runTypeScript = fileURLToPath(new URL("../typescript/run.js", import.meta.url));

/**
 * Spread this into observablehq.config: no web fonts from Google, no DuckDB extensions, which would be downloaded when the site is
 * built, and loaders in TypeScript that start quickly. With IKIGAI_KIT_CDN=1 it is empty, and Framework's defaults apply.
 */
export const hermeticConfig: {
  globalStylesheets?: string[];
  duckdb?: {extensions: {json: null; parquet: null}};
  interpreters?: {".ts": string[]};
} =
  process.env.IKIGAI_KIT_CDN === "1"
    ? {}
    : {
        globalStylesheets: [],
        // null, not false: false only leaves them unloaded
        duckdb: {extensions: {json: null, parquet: null}},
        interpreters: {".ts": [process.execPath, runTypeScript]}
      };
