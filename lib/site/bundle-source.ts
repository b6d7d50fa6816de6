// What a file of the project and the modules that it imports come to: one text, to look at rather than to run.
import {resolve} from "node:path";
import {build, type BuildOptions} from "esbuild";

export interface BundledSource {
  /** JavaScript without types, comments and blanks. */
  code: string;
  /** The file, and the modules of the project that it imports. */
  files: string[];
  /** The packages that they import. */
  packages: string[];
}

/** Undefined where esbuild can't read it: its own error comes when it is run. */
export async function bundleSource(
  file: string,
  options: Pick<BuildOptions, "minifySyntax" | "tsconfigRaw"> = {}
): Promise<BundledSource | undefined> {
  const result = await build({
    entryPoints: [file],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "esnext",
    minifyWhitespace: true,
    write: false,
    metafile: true,
    logLevel: "silent",
    ...options
  }).catch(() => undefined);
  if (!result) return undefined;
  const {inputs, outputs} = result.metafile;
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  return {
    code: result.outputFiles[0]!.text,
    files: Object.keys(inputs).map((path) => resolve(path)),
    packages: imports.filter(({external}) => external).map(({path}) => path)
  };
}
