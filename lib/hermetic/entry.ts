// Finds the file that a package's name, or a path in it, stands for.
import {basename, dirname, isAbsolute, join} from "node:path";
import {build, type PluginBuild} from "esbuild";
import {PackageError} from "./package-error.js";
import type {Package} from "./node-modules.js";

/** The file behind `name/path`: by the package's exports, or else as a plain path, which jsDelivr allows too. */
export async function entryFile(pkg: Package, path: string): Promise<string> {
  const specifier = path ? `${pkg.name}/${path}` : pkg.name;
  const above = pkg.folder.slice(0, -pkg.name.length - 1);
  const installedHere = join(above, pkg.name) === pkg.folder && basename(above) === "node_modules";
  const tries: [string, string][] = [
    [specifier, installedHere ? dirname(above) : pkg.folder],
    [path ? `./${path}` : ".", pkg.folder]
  ];
  let entry: string | undefined;
  const setup = (build: PluginBuild) => {
    build.onStart(async () => {
      for (const [name, resolveDir] of tries) {
        const found = await build.resolve(name, {kind: "import-statement", resolveDir});
        if (found.errors.length === 0 && isAbsolute(found.path)) return void (entry = found.path);
      }
    });
  };
  await build({
    stdin: {contents: ""},
    platform: "browser",
    tsconfigRaw: {}, // a site's own paths mean nothing in a package
    write: false,
    plugins: [{name: "entry", setup}]
  });
  if (!entry) throw new PackageError(noEntry(pkg, path, specifier));
  return entry;
}

function noEntry({name, version, local, folder, manifest}: Package, path: string, specifier: string): string {
  const exported = Object.entries(typeof manifest.exports === "object" ? manifest.exports : {});
  const target = exported.find(([key]) => key === (path ? `./${path}` : "."))?.[1];
  if (local && target) {
    const file = typeof target === "object" && "default" in target ? target.default : target;
    const script = manifest.scripts?.compile ? "\n  npm run compile" : "";
    return `npm:${specifier}: package.json exports it as ${JSON.stringify(file)}, which isn't in ${folder}: build ${name} first${script}`;
  }
  const others = exported.map(([key]) => key).filter((key) => /^\.\/[^*]+$/.test(key));
  const hint = others.length ? `: it exports ${others.map((key) => name + key.slice(1)).join(", ")}` : "";
  return `npm:${specifier}: ${name} ${version} has no such module${hint}`;
}
