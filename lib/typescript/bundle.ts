// A TypeScript file of a project as one module that Node can run, whatever its version.
import * as esbuild from "esbuild";
import {readFile} from "node:fs/promises";
import {isBuiltin} from "node:module";
import {dirname, extname} from "node:path";
import {pathToFileURL} from "node:url";

const loaders = {".ts": "ts", ".mts": "ts", ".cts": "ts", ".tsx": "tsx"} as const;
const isTypeScript = (file: string) => Object.hasOwn(loaders, extname(file));

/** What a file knows of its own place, and the names under which its part of the module gets that. */
const places = {
  "import.meta.url": "ikigaiKitUrl",
  "import.meta.filename": "ikigaiKitFile",
  "import.meta.dirname": "ikigaiKitFolder",
  __filename: "ikigaiKitFile",
  __dirname: "ikigaiKitFolder"
};

/** Keeps packages out of the module, each by its URL: the module itself has no place from which names could be looked up. */
const packagesByUrl: esbuild.Plugin = {
  name: "packages-by-url",
  setup(build) {
    const isAsked = {};
    build.onResolve({filter: /^[^./]/}, async ({path, kind, resolveDir, pluginData}) => {
      if (kind === "entry-point" || pluginData === isAsked) return undefined;
      if (isBuiltin(path) || /^(file|data):/.test(path)) return {path, external: true};
      const found = await build.resolve(path, {kind, resolveDir, pluginData: isAsked});
      if (found.errors.length > 0) return {errors: found.errors};
      // A path of tsconfig.json may stand for a file of the project.
      const isOfProject = isTypeScript(found.path) && !/[\\/]node_modules[\\/]/.test(found.path);
      return isOfProject ? undefined : {path: pathToFileURL(found.path).href, external: true};
    });
  }
};

/** Tells each file its own place, on its first line so that no line moves. */
const ownPlaces: esbuild.Plugin = {
  name: "own-places",
  setup(build) {
    build.onLoad({filter: /\.[mc]?tsx?$/}, async ({path}) => {
      const text = await readFile(path, "utf8");
      if (!/import\.meta|__(file|dir)name/.test(text)) return undefined;
      const values = [pathToFileURL(path).href, path, dirname(path)].map((value) => JSON.stringify(value));
      const [url, file, folder] = values;
      const own = `const ikigaiKitUrl = ${url}, ikigaiKitFile = ${file}, ikigaiKitFolder = ${folder};`;
      return {contents: own + text, loader: loaders[extname(path) as keyof typeof loaders]};
    });
  }
};

/** A file can't be read as TypeScript, or imports what isn't there: a line for each fault says where and what. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/**
 * The JavaScript of a file and of what it imports of the project. Packages are imported by their URL.
 * @throws BundleError
 */
export async function bundle(file: string): Promise<string> {
  const options = {
    entryPoints: [file],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: `node${process.versions.node}`,
    // Node knows no condition "module", which esbuild adds by itself.
    conditions: [],
    define: places,
    // A stack then tells files and lines as they were written.
    sourcemap: "inline",
    sourcesContent: false,
    sourceRoot: `${pathToFileURL(process.cwd()).href}/`,
    logLevel: "silent",
    plugins: [packagesByUrl, ownPlaces]
  } satisfies esbuild.BuildOptions;
  try {
    return (await esbuild.build(options)).outputFiles[0]!.text;
  } catch (error) {
    const {errors} = error as Partial<esbuild.BuildFailure>;
    if (!errors) throw error;
    const faults = errors.map(({text, location}) =>
      location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text
    );
    // esbuild's own error says the same again, and so do its faults of a package.json or tsconfig.json.
    throw new BundleError([...new Set(faults)].join("\n"));
  }
}
