// The names under which Framework asks a CDN for files: `name@version/path`, ending in `+esm` for a bundled module.
import {PackageError} from "./package-error.js";

export interface Specifier {
  name: string;
  /** As it stands after the `@`; undefined if there is none. */
  version: string | undefined;
  /** What follows the package in an import, such as `dist/duckdb-eh.wasm` or `charts`; empty for the package itself. */
  path: string;
  /** Whether it is a module bundled for browsers, rather than the file as it is. */
  module: boolean;
}

const packageName = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;

/** Reads `@scope/name@1.2.3/dir/file.js/+esm`. Throws a PackageError on anything that isn't a package, or leaves its folder. */
export function parseSpecifier(text: string): Specifier {
  const match = /^(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]+))?(?:\/(.*))?$/.exec(text);
  const [, name = "", version, rest = ""] = match ?? [];
  if (!packageName.test(name))
    throw new PackageError(`npm:${text}: "${name || text}" is not the name of a package`);
  const path = rest.replace(/(^|\/)\+esm$/, "");
  if (path.split("/").some((part) => part === ".." || part === ".") || /[\\\0]/.test(path)) {
    throw new PackageError(`npm:${text}: a path can't leave its package`);
  }
  return {name, version, path, module: path !== rest};
}

/** `name@version/path/+esm`, as jsDelivr writes it and Framework reads it. */
export function formatSpecifier({name, version, path, module}: Specifier): string {
  return [version ? `${name}@${version}` : name, path, module ? "+esm" : ""].filter(Boolean).join("/");
}

/** Where Framework will keep the answer, below its cache folder; with slashes on every system. */
export function cachePath(specifier: Specifier): string {
  const path = formatSpecifier(specifier);
  if (!specifier.module) return `_npm/${path}`;
  return `_npm/${path.replace(/\/\+esm$/, specifier.path ? "._esm.js" : "/_esm.js")}`;
}

/** Splits what an import names, `@scope/name/sub/path`, into package and path. */
export function splitImport(specifier: string): {name: string; path: string} {
  const parts = specifier.split("/");
  const name = parts.splice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return {name, path: parts.join("/")};
}
