// Bundles one module of an installed package for browsers, as jsDelivr's `+esm` does: the package's own files in one ES
// module, other packages imported by the URLs that Framework follows.
import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {builtinModules} from "node:module";
import {dirname, isAbsolute, join, resolve} from "node:path";
import {build, type BuildFailure, type BuildOptions, type OnResolveArgs, type PluginBuild} from "esbuild";
import {rewriteAssetUrls} from "./asset-urls.js";
import {isCommonJs, wholeExport, wrapCommonJs} from "./commonjs.js";
import {entryFile} from "./entry.js";
import {PackageError, npmInstall} from "./package-error.js";
import {owner, type NodeModules, type Package} from "./node-modules.js";
import {banner} from "./quick-parse.js";
import {formatSpecifier, splitImport} from "./specifier.js";

export interface Bundle {
  code: string;
  /** Every file that the code depends on, the package.json files that led to it included. */
  inputs: string[];
  /** The packages that it imports from. */
  packages: Package[];
}

/** Marks our own requests to esbuild's resolver, so that this plugin doesn't handle them again. */
const asked = {asked: true};

const builtins = new Set(builtinModules);

/** Packages that get the page's Arrow from Framework: a table made by one must be a table for the other. */
const sharesArrow = new Set(["@duckdb/duckdb-wasm", "@uwdata/mosaic-core", "arquero"]);

/**
 * Packages whose imports are bundled into their one module. A page with a chart would otherwise fetch forty files, thirty of them D3's,
 * whether or not the chart needs them; bundled in, only what is used is left. A page that imports D3 beside Plot has parts of it twice.
 * What is imported dynamically isn't needed at first, and stays a module of its own: it would come whole.
 */
const inside: Record<string, RegExp> = {
  "@observablehq/plot": /^/,
  d3: /^/,
  "ikigai-kit": /^@uwdata\/flechette$/
};

/** Bundles `path` of a package, or its main module if that is empty. Throws a PackageError that names what can't be found. */
export async function bundleModule(pkg: Package, path: string, modules: NodeModules): Promise<Bundle> {
  const entry = await entryFile(pkg, path);
  const bundler = new Bundler(pkg, modules);
  const first = await bundler.build({entryPoints: [entry]}, entry);
  if (first.format !== "cjs") return bundler.bundle(first.code);
  const {code, sources} = await wrapCommonJs(entry);
  sources.forEach((file) => bundler.inputs.add(file));
  const stdin = {contents: code, resolveDir: dirname(entry), sourcefile: "wrapper.mjs"};
  return bundler.bundle((await bundler.build({stdin}, entry)).code);
}

class Bundler {
  readonly inputs = new Set<string>();
  readonly #packages = new Map<string, Package>();

  constructor(
    readonly pkg: Package,
    readonly modules: NodeModules
  ) {}

  bundle(code: string): Bundle {
    const packages = [...this.#packages.values()];
    const folders = new Set([...this.inputs].map((file) => owner(file).folder));
    for (const {folder} of [this.pkg, ...packages]) folders.add(folder);
    for (const folder of folders) this.inputs.add(join(folder, "package.json"));
    return {code, inputs: [...this.inputs], packages};
  }

  async build(entry: BuildOptions, file: string): Promise<{code: string; format: string | undefined}> {
    const {outputFiles, metafile} = await build({
      ...entry,
      bundle: true,
      format: "esm",
      platform: "browser",
      target: "es2022", // what Framework's parser reads
      minify: true,
      charset: "utf8",
      banner: {js: banner},
      define: {"process.env.NODE_ENV": '"production"', global: "globalThis"},
      loader: {".css": "empty"}, // a page asks for stylesheets by themselves
      tsconfigRaw: {},
      absWorkingDir: this.pkg.folder,
      write: false,
      metafile: true,
      logLevel: "silent",
      plugins: [{name: "hermetic", setup: (build) => this.#plugin(build)}]
    }).catch((error: BuildFailure) => {
      throw explain(error, this.pkg);
    });
    const inputs = Object.entries(metafile.inputs).map(
      ([path, input]) => [resolve(this.pkg.folder, path), input] as const
    );
    for (const [path] of inputs) if (existsSync(path)) this.inputs.add(path);
    return {code: outputFiles[0]!.text, format: inputs.find(([path]) => path === file)?.[1].format};
  }

  #plugin(build: PluginBuild): void {
    build.onResolve({filter: /^[^./#]/}, async (args) => {
      if (args.pluginData === asked || args.kind === "entry-point" || isAbsolute(args.path)) return;
      if (/^(https?|data):/.test(args.path)) return;
      return this.#resolve(build, args);
    });
    build.onResolve({filter: /^\/npm\//}, ({path, namespace, pluginData}) =>
      namespace === "require" ? {path, namespace: pluginData as string} : {path, external: true}
    );
    // A require of another package becomes an import, whose result is the module's exports.
    build.onLoad({filter: /^/, namespace: "require-cjs"}, ({path}) => ({
      contents: `import {${JSON.stringify(wholeExport)} as whole} from ${JSON.stringify(path)}; export {whole};`
    }));
    build.onLoad({filter: /^/, namespace: "require-esm"}, ({path}) => ({
      contents: `import * as all from ${JSON.stringify(path)}; export const whole = {...all, __esModule: true};`
    }));
    build.onLoad({filter: /^/, namespace: "require"}, ({path, pluginData}) => ({
      contents: `module.exports = require(${JSON.stringify(path)}).whole;`,
      pluginData: pluginData as unknown
    }));
    build.onLoad({filter: /^/, namespace: "absent"}, ({path}) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is not installed`)});`
    }));
    build.onLoad({filter: /^/, namespace: "builtin"}, () => ({contents: "module.exports = {};"}));
    build.onLoad({filter: /\.[cm]?js$/, namespace: "file"}, async ({path}) => {
      const source = await readFile(path, "utf8");
      if (!source.includes("import.meta")) return;
      const {code, packages} = rewriteAssetUrls(source, {file: path, pkg: this.pkg, modules: this.modules});
      packages.forEach((other) => this.#add(other));
      return {contents: code, loader: "js"};
    });
  }

  /** Resolves an import that names a package, from a file of this package or a neighboring one. */
  async #resolve(build: PluginBuild, args: OnResolveArgs) {
    const {kind, path, resolveDir, importer} = args;
    const found = await build.resolve(path, {kind, resolveDir, importer, pluginData: asked});
    const {name, path: rest} = splitImport(path);
    if (found.errors.length > 0) {
      if (path.startsWith("node:") || builtins.has(name)) return {path, namespace: "builtin"};
      // Packages try to load optional ones, and catch the error.
      const tried = kind === "require-call" || kind === "dynamic-import";
      const needed = this.pkg.local || name in (this.pkg.manifest.dependencies ?? {});
      if (tried && !needed) return {path: name, namespace: "absent"};
      throw new PackageError(missing(name, path, this.pkg, this.modules));
    }
    // The package's `browser` field can name one of its own files instead, or nothing.
    const mine = owner(importer || join(resolveDir, "file"));
    if (!isAbsolute(found.path)) return;
    if (owner(found.path).folder === mine.folder && name !== mine.name) return;
    const pages = sharesArrow.has(this.pkg.name) && name === "apache-arrow";
    const other = pages ? this.modules.copy(name) : this.modules.find(name, resolveDir);
    if (!other) return; // found by esbuild alone: bundled in
    if (kind !== "dynamic-import" && inside[this.pkg.name]?.test(name)) return;
    const external = `/npm/${formatSpecifier({name, version: other.version, path: rest, module: true})}`;
    if (kind !== "require-call") {
      this.#add(other);
      return {path: external, external: true, sideEffects: found.sideEffects};
    }
    const imported = await build.resolve(path, {kind: "import-statement", resolveDir, pluginData: asked});
    if (imported.errors.length > 0) return; // made for require alone: bundled in
    const commonJs = await isCommonJs(imported.path);
    // A package that has another file for `require` may have other exports there: bundle that file in.
    if (imported.path !== found.path && !commonJs) return;
    this.#add(other);
    return {path: external, namespace: "require", pluginData: commonJs ? "require-cjs" : "require-esm"};
  }

  #add(pkg: Package): void {
    this.#packages.set(`${pkg.name}@${pkg.version}`, pkg);
  }
}

function missing(name: string, specifier: string, by: Package, modules: NodeModules): string {
  const installed = modules.find(name, by.folder);
  const importer = `${by.name}@${by.version} imports "${specifier}"`;
  return installed
    ? `npm:${by.name}: ${importer}, which ${name} ${installed.version} does not export`
    : `npm:${by.name}: ${importer}, but ${name} is not installed\n  ${npmInstall(name)}`;
}

function explain(error: BuildFailure, {name, version}: Package): unknown {
  const [first] = error.errors ?? [];
  if (!first) return error;
  if (first.detail instanceof PackageError) return first.detail;
  const place = first.location ? ` (${first.location.file}:${first.location.line})` : "";
  return new PackageError(`npm:${name}@${version} can't be bundled for browsers: ${first.text}${place}`);
}
