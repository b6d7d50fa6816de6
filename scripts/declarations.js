// Leaves out of the build the declaration files that no export of the package leads to: they say nothing to whoever imports it.
import {readdirSync, readFileSync, rmSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "..");

/** Removes them. */
export function pruneDeclarations() {
  const build = join(root, "build");
  const reachable = reachableDeclarations();
  for (const path of readdirSync(build, {recursive: true}))
    if (path.endsWith(".d.ts") && !reachable.has(join(build, path))) rmSync(join(build, path));
}

function reachableDeclarations() {
  const {exports} = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const files = Object.values(exports).flatMap(({types}) => (types ? [join(root, types)] : []));
  const seen = new Set(files);
  for (const file of files) {
    for (const {fileName} of ts.preProcessFile(readFileSync(file, "utf8")).importedFiles) {
      const next = resolve(dirname(file), fileName.replace(/\.js$/, ".d.ts"));
      if (!fileName.startsWith(".") || seen.has(next)) continue;
      seen.add(next);
      files.push(next);
    }
  }
  return seen;
}
