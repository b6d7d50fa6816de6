// Lets a bundled module find the files that lie beside it: Framework copies only what `import.meta.resolve` names.
import {existsSync} from "node:fs";
import {dirname, relative, resolve, sep} from "node:path";
import {formatSpecifier, splitImport} from "./specifier.js";
import type {NodeModules, Package} from "./node-modules.js";

const quoted = String.raw`(["'\`])([^"'\`$\n]+)\1`;
const relativeUrl = new RegExp(String.raw`new URL\(\s*${quoted}\s*,\s*import\.meta\.url\s*\)`, "g");
const resolved = new RegExp(String.raw`import\.meta\.resolve\(\s*${quoted}\s*\)`, "g");

/**
 * Rewrites `new URL("./x.wasm", import.meta.url)` and `import.meta.resolve("package/x.wasm")` in a module of package `pkg`
 * to the names that Framework understands, with versions. Returns the packages of the files named, too.
 */
export function rewriteAssetUrls(
  code: string,
  {file, pkg, modules}: {file: string; pkg: Package; modules: NodeModules}
): {code: string; packages: Package[]} {
  const packages: Package[] = [];
  const beside = (path: string) => {
    const target = resolve(dirname(file), path);
    const inside = relative(pkg.folder, target).split(sep).join("/");
    return !inside.startsWith("../") && existsSync(target) ? asset(pkg, inside) : undefined;
  };
  const inPackage = (specifier: string) => {
    const {name, path} = splitImport(specifier.replace(/^(npm:|\/npm\/)/, ""));
    const other = modules.find(name, dirname(file)); // none by a name with a version, which stays as it is
    if (other) packages.push(other);
    return other && asset(other, path);
  };
  const named = (specifier: string) => (specifier.startsWith(".") ? beside(specifier) : inPackage(specifier));
  return {
    code: code
      .replace(relativeUrl, (all, _, path: string) => {
        const name = beside(path);
        return name ? `new URL(import.meta.resolve("${name}"))` : all;
      })
      .replace(resolved, (all, _, specifier: string) => {
        const name = named(specifier);
        return name ? `import.meta.resolve("${name}")` : all;
      }),
    packages
  };
}

/** A file keeps its name; what has no extension is a module. */
function asset({name, version}: Package, path: string): string {
  return `/npm/${formatSpecifier({name, version, path, module: !/\.\w+$/.test(path)})}`;
}
