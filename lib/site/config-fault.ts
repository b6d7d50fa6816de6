// Says why Framework wouldn't use the project's observablehq.config: it silently ignores what it can't use.
import {existsSync, readFileSync} from "node:fs";
import {stat} from "node:fs/promises";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {frameworkConfig, frameworkConfigs} from "../config/framework-config.js";
import {checkReadable} from "../disk/index.js";
import type {FrameworkModules} from "./framework.js";

/** What keeps Framework from using the project's config, and the fix; undefined where it uses it. */
export async function configFault(
  root: string,
  {readConfig, normalizeConfig}: Pick<FrameworkModules, "readConfig" | "normalizeConfig">
): Promise<string | undefined> {
  for (const name of frameworkConfigs) {
    const unreadable = await checkReadable(join(root, name)).catch((error: Error) => error.message);
    if (unreadable !== undefined) return unreadable;
  }
  const name = frameworkConfig(root);
  if (name === undefined) {
    return (
      `There is no observablehq.config.ts in ${root}. Write one:\n` +
      '  import {hermeticConfig} from "ikigai-kit/hermetic";\n  export default {...hermeticConfig, root: "src"};'
    );
  }
  const file = join(root, name);
  let exported: unknown;
  try {
    // As Framework imports it, which the hook has let it do already, so that it is run once.
    exported = await importConfig(file);
  } catch (error) {
    return `${file} can't be loaded: ${(error as Error).message}${moduleHint(file)}`;
  }
  if (typeof exported !== "object" || exported === null)
    return `${file} exports no config; begin it with "export default {"`;
  // Run as CommonJS, its exports arrive as one default, and Framework finds no option in it. It keeps the config that it made of an
  // object, so the same one comes again if it was given this object.
  const isUsed = normalizeConfig(exported) === (await readConfig());
  return isUsed && !("default" in exported)
    ? undefined
    : `Framework would ignore all of ${file}${moduleHint(file)}`;
}

/** What a config exports. */
export async function importConfig(file: string): Promise<unknown> {
  const {mtimeMs} = await stat(file);
  const module = (await import(`${pathToFileURL(file).href}?${mtimeMs}`)) as {default?: unknown};
  return module.default;
}

/** TypeScript and, on older versions of Node, JavaScript is an ES module only where package.json says so. */
function moduleHint(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) {
      const type = typeIn(path);
      if (type === "module") return "";
      const found = type === undefined ? 'has no "type"' : `has "type": ${JSON.stringify(type)}`;
      return `: ${path} ${found}; write "type": "module" there`;
    }
    if (folder === dirname(folder)) return "";
  }
}

/** A package.json that can't be read is told by whatever needs more of it. */
function typeIn(path: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as {type?: string}).type;
  } catch {
    return undefined;
  }
}
