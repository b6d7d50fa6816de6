// Which files of a built site Framework has named by their content, and which by a version: what it is safe to keep.

/**
 * Framework's own folders in a build, and what of each it names by a hash of the content. A site's own files, such as
 * `20250601.csv`, may look as if they carried a hash; they lie elsewhere, since what a page attaches goes to `_file`.
 */
const hashedIn: Record<string, RegExp> = {
  _file: /./,
  _import: /./,
  _observablehq: /./,
  // What isn't JavaScript is copied from a package under the name that it has there.
  _npm: /\.js$/,
  _node: /\.js$/
};

/** `client.3ae5f1c2.js`, and the whole name where a package has one module: `3ae5f1c2.js`. */
const hashedName = /(?:^|\.)[0-9a-f]{8}(?:\.[^./]+)?$/;

/** DuckDB's extensions carry the hash in the folder that their version stands in: `_duckdb/parquet-3ae5f1c2/v1.1.1/…`. */
const hashedExtension = /^_duckdb\/[^/]+-[0-9a-f]{8}\//;

/** `x.js.br` and `x.js.gz` beside `x.js` are the same file, compressed. */
const compressed = /\.(?:br|gz)$/;

/**
 * Whether a file of a built site never changes, because a change of its content changes its name. So browsers may keep it for good.
 * @param name relative to the site's folder, with slashes
 */
export function isHashed(name: string): boolean {
  const plain = name.replace(compressed, "");
  const [folder, ...rest] = plain.split("/");
  const base = rest.at(-1) ?? "";
  if (folder === "_duckdb") return hashedExtension.test(plain);
  // A file that a page attaches may itself be compressed: `_file/data/x.csv.3ae5f1c2.gz` carries its hash before the ending.
  return (isHashedIn(folder!, base) || isHashedIn(folder!, name.split("/").at(-1)!)) && rest.length > 0;
}

const isHashedIn = (folder: string, base: string) =>
  Object.hasOwn(hashedIn, folder) && hashedIn[folder]!.test(base) && hashedName.test(base);

/**
 * Whether pages name a file by a path that a later build may not have: by a hash, or by a package's version, as
 * `_npm/@duckdb/duckdb-wasm@1.29.0/dist/duckdb-eh.wasm`. A site that keeps it beside the next build's files breaks no open page.
 */
export const mayOutliveBuild = (name: string): boolean =>
  /^_(?:file|import|observablehq|npm|node|duckdb)\//.test(name);
