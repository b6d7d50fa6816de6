// package.json and what is installed by it.
import {existsSync, readFileSync, realpathSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {checkReadable} from "../disk/index.js";
import {broken, warning, type Check, type Finding} from "./check.js";
import {readPackage} from "./package-json.js";

export const packageFile: Check = {
  name: "package.json",
  async run({root}) {
    await checkReadable(join(root, "package.json"));
    if (!existsSync(join(root, "package.json")))
      return [
        broken(
          root,
          "there is no package.json",
          "run this in the project's folder, or start a project: npx ikigai-kit init"
        )
      ];
    const found = await readPackage(root);
    if (!found)
      return [
        broken(
          "package.json",
          "it can't be read as a JSON object",
          "correct it: node -p \"require('./package.json')\" says where"
        )
      ];
    if (found.type === "module") return [];
    const type =
      found.type === undefined ? 'it has no "type"' : `it has "type": ${JSON.stringify(found.type)}`;
    return [
      broken(
        "package.json",
        `${type}, so Framework silently ignores observablehq.config.ts`,
        'write "type": "module" there'
      )
    ];
  }
};

/** By its lockfile. */
const managers = {
  "package-lock.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun"
};

export const packageManager: Check = {
  name: "package manager",
  async run({root}) {
    const locks = Object.entries(managers).filter(([file]) => existsSync(join(root, file)));
    const [[file, manager] = []] = locks;
    if (locks.length > 1) {
      const names = locks.map(([file]) => file).join(" and ");
      return [
        warning(
          root,
          `it has ${names}, so two package managers install different versions`,
          `keep the one that you use, and remove the other`
        )
      ];
    }
    const wanted = (await readPackage(root))?.packageManager?.split("@")[0];
    if (wanted === undefined || manager === undefined || wanted === manager) return [];
    return [
      warning(
        file!,
        `it is of ${manager}, and package.json says "packageManager": ${JSON.stringify(wanted)}`,
        `remove it, and run ${wanted} install`
      )
    ];
  }
};

/** The folder that a package is found in from a file; undefined where it isn't installed. */
function folderOf(name: string, from: string): string | undefined {
  for (const folder of createRequire(from).resolve.paths(name) ?? []) {
    const path = join(folder, name);
    if (existsSync(join(path, "package.json"))) return realpathSync(path);
  }
  return undefined;
}

export const installed: Check = {
  name: "packages",
  async run({root}) {
    const found = await readPackage(root);
    if (!found) return {skipped: "it needs package.json"};
    if (found.name === "ikigai-kit") return [];
    const lacking = Object.keys({...found.dependencies, ...found.devDependencies}).filter(
      (name) => folderOf(name, join(root, "package.json")) === undefined
    );
    if (lacking.length > 0)
      return [
        broken(
          "node_modules",
          `package.json names ${lacking.join(", ")}, which ${lacking.length > 1 ? "aren't" : "isn't"} installed`,
          "npm install"
        )
      ];
    if (found.dependencies?.["ikigai-kit"] ?? found.devDependencies?.["ikigai-kit"]) return [];
    return [
      broken(
        "package.json",
        "it doesn't depend on ikigai-kit, which its pages import",
        "npm install ikigai-kit"
      )
    ];
  }
};

/** Packages of which a page must have one copy: objects of one aren't those of the other. */
const single = ["@observablehq/framework", "@observablehq/plot", "apache-arrow", "@duckdb/duckdb-wasm"];

export const copies: Check = {
  name: "copies",
  async run({root}) {
    const kit = folderOf("ikigai-kit", join(root, "package.json"));
    if (kit === undefined) return [];
    return single.flatMap((name): Finding[] => {
      const [own, ofKit] = [join(root, "package.json"), join(kit, "package.json")].map((from) =>
        folderOf(name, from)
      );
      if (own === undefined || ofKit === undefined || own === ofKit) return [];
      const [version, other] = [own, ofKit].map(versionIn);
      return [
        warning(
          own,
          `${name} is installed twice: ${version} for the project, and ${other} for ikigai-kit`,
          `npm install ${name}@${other}, or remove it from package.json: ikigai-kit brings it`
        )
      ];
    });
  }
};

const versionIn = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {version: string}).version;
