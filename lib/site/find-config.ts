// Finds observablehq.config, and says why Framework wouldn't: it passes over what it can't use without a word.
import {existsSync, readFileSync} from "node:fs";
import {stat} from "node:fs/promises";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";

/** The config's file, or what is wrong with it and the fix. */
export async function findConfig(root: string): Promise<{file?: string; fault?: string}> {
  const file = ["observablehq.config.js", "observablehq.config.ts"]
    .map((name) => join(root, name))
    .find((path) => existsSync(path));
  if (file === undefined) {
    return {
      fault:
        `There is no observablehq.config.ts in ${root}. Write one:\n` +
        '  import {hermeticConfig} from "ikigai-kit/hermetic";\n  export default {...hermeticConfig, root: "src"};'
    };
  }
  let exported: unknown;
  try {
    // As Framework imports it, which the hook has let it do already, so that it is run once.
    const {mtimeMs} = await stat(file);
    const module = (await import(`${pathToFileURL(file).href}?${mtimeMs}`)) as {default?: unknown};
    exported = module.default;
  } catch (error) {
    return {fault: `${file} can't be loaded: ${(error as Error).message}${moduleHint(file)}`};
  }
  if (typeof exported !== "object" || exported === null)
    return {fault: `${file} exports no config; begin it with "export default {"`};
  // Run as CommonJS, its exports arrive as one default, and Framework finds no option in it.
  if ("default" in exported || "__esModule" in exported)
    return {fault: `Framework would ignore all of ${file}${moduleHint(file)}`};
  return {file};
}

/** TypeScript and, on older versions of Node, JavaScript is an ES module only where package.json says so. */
function moduleHint(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) {
      const {type} = JSON.parse(readFileSync(path, "utf8")) as {type?: string};
      if (type === "module") return "";
      const found = type === undefined ? 'has no "type"' : `has "type": ${JSON.stringify(type)}`;
      return `: ${path} ${found}; write "type": "module" there`;
    }
    if (folder === dirname(folder)) return "";
  }
}
