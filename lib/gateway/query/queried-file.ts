// Which file of the served site a page means, and whether the config lets it be queried.
import {partSource, type CheckedConfig} from "../../config/index.js";
import {belowBase} from "../base-path.js";
import {Refused} from "../refused.js";
import type {Asset} from "../asset.js";

export interface FileOptions {
  /** What the site has at a URL path below its base: the same that a request for the path gets. */
  assetAt: (path: string) => Asset | undefined;
  base: string;
  /** Whether the config lets a file be queried, by its name without folder and extension. */
  isAllowed: (name: string) => boolean;
}

/** What the config allows: the files that it names, and the parts of those that are split. */
export function allowedFiles(config: CheckedConfig): FileOptions["isAllowed"] {
  const named = new Set(config.gateway.query?.files);
  return (name) => {
    if (named.has(name)) return true;
    const source = partSource(name, config);
    return source?.kind === "part" && named.has(source.key);
  };
}

/** What Framework names a file that pages attach: `/_file/data/demand.1a2b3c4d.parquet`. */
const attached = /^\/_file\/(?:.*\/)?([^/]+)\.[0-9a-f]{8}\.parquet$/;

/** The file at a URL path. Throws a Refused that names the table. */
export function queriedFile(
  table: string,
  path: string,
  {assetAt, base, isAllowed}: FileOptions
): {path: string; hash: string} {
  const below = belowBase(base, path);
  const asset = below === undefined ? undefined : assetAt(below);
  const name = attached.exec(decoded(below ?? ""))?.[1];
  const file = asset?.bodies.identity.path;
  if (!asset || name === undefined || file === undefined) {
    throw new Refused(
      "unknown",
      `The table "${table}" is of ${JSON.stringify(path)}, which is not a Parquet file that a page of this site attaches. Reload the page, ` +
        "if it has been open for long."
    );
  }
  if (!isAllowed(name)) {
    throw new Refused(
      "forbidden",
      `The gateway may not query "${name}": add ${entryOf(name)} to gateway.query.files in ikigai.config.ts, or leave out {engine: "gateway"}.`
    );
  }
  return {path: file, hash: asset.hash};
}

/** The config names an entry, and with it all of its parts. */
const entryOf = (name: string) => (name.includes(".") ? `"${name.slice(0, name.indexOf("."))}"` : "it");

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
