// Replaces `fetch` while Framework runs: requests to package hosts are answered here, all others pass through.
import type {InstalledCdn} from "./cdn.js";
import {PackageError} from "./package-error.js";

const cdnFiles = "https://cdn.jsdelivr.net/npm/";
/** A request to a registry: `name`, for all versions, or `name/tag`. */
const registryRequest = /^https:\/\/registry\.[^/]+\/((?:@[^/]+\/)?[^/]+)(?:\/([^/]+))?$/;
const duckdbExtension = /^https:\/\/(?:community-)?extensions\.duckdb\.org\/.*?(\w+)\.duckdb_extension/;
const jsrRequest = /^https:\/\/npm\.[^/]+\/@jsr\/(.+)$/;

/** A `fetch` that answers for the CDN and the registry. It rejects with a PackageError, after calling `report`. */
export function hermeticFetch(
  cdn: InstalledCdn,
  report: (problem: PackageError) => void,
  stock: typeof fetch
): typeof fetch {
  async function answer(href: string): Promise<Response | undefined> {
    if (href.startsWith(cdnFiles)) {
      const {body, type} = await cdn.read(href.slice(cdnFiles.length));
      return new Response(body, {headers: {"Content-Type": type}});
    }
    const [request, name, tag] = registryRequest.exec(href) ?? [];
    if (request && name) {
      const version = cdn.version(name, tag);
      return Response.json(tag ? {version} : {versions: {[version]: {}}});
    }
    const [, extension] = duckdbExtension.exec(href) ?? [];
    if (extension) {
      throw new PackageError(
        `DuckDB's extension "${extension}" would be downloaded from ${new URL(href).host}: spread hermeticConfig from ikigai-kit/hermetic into observablehq.config, or set duckdb: {extensions: {${extension}: null}} there`
      );
    }
    const [, jsr] = jsrRequest.exec(href) ?? [];
    if (jsr) {
      throw new PackageError(
        `jsr:@${jsr.replace("__", "/")} can't come from node_modules: install it there (npx jsr add @${jsr.replace("__", "/")}) and import it as npm:@jsr/${jsr}`
      );
    }
    return;
  }

  return async function hermeticFetch(input, init) {
    const href = input instanceof Request ? input.url : String(input);
    try {
      return (await answer(href)) ?? (await stock(input, init));
    } catch (error) {
      if (error instanceof PackageError) report(error);
      throw error;
    }
  };
}
