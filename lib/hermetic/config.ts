// The settings for observablehq.config of a site that sends no requests to other hosts.

/**
 * Spread this into observablehq.config: no web fonts from Google, and no DuckDB extensions, which would be downloaded when
 * the site is built. With IKIGAI_KIT_CDN=1 it is empty, and Framework's defaults apply.
 */
export const hermeticConfig: {
  globalStylesheets?: string[];
  duckdb?: {extensions: {json: null; parquet: null}};
} =
  process.env.IKIGAI_KIT_CDN === "1"
    ? {}
    : // null, not false: false only leaves them unloaded
      {globalStylesheets: [], duckdb: {extensions: {json: null, parquet: null}}};
