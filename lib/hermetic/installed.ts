// Finds Observable Framework, and holds it to the version whose insides the hook knows.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {npmInstall} from "./package-error.js";

const name = "@observablehq/framework";

/** The version that this package was written for: it answers Framework's requests and reads its pages by private modules. */
export const knownVersion = "1.13.4";

/**
 * The folder of Framework's modules: the project's own copy, or else the one that came with this package. Throws an Error with the
 * fix where there is none or another version.
 */
export function frameworkFolder(root: string): string {
  if (process.versions.pnp !== undefined) {
    throw new Error(
      "Packages are installed by Yarn's Plug'n'Play, but Framework builds from node_modules\n  write \"nodeLinker: node-modules\" into .yarnrc.yml, then: yarn install"
    );
  }
  for (const from of [join(root, "package.json"), import.meta.url]) {
    let manifest;
    try {
      manifest = createRequire(from).resolve(`${name}/package.json`);
    } catch {
      continue;
    }
    const {version} = JSON.parse(readFileSync(manifest, "utf8")) as {version?: string};
    if (version !== knownVersion) {
      throw new Error(
        `Observable Framework ${version} is in ${dirname(manifest)}, but this version of ikigai-kit works with ${knownVersion} only\n  ${npmInstall(name, knownVersion)}`
      );
    }
    return join(dirname(manifest), "dist");
  }
  throw new Error(`Observable Framework is not installed in ${root}\n  ${npmInstall(name, knownVersion)}`);
}
