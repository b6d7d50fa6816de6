// Finds, runs and checks ikigai.config.ts.
import {access} from "node:fs/promises";
import {join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import type {CheckedConfig} from "./checked-config.js";
import {checkConfig, ConfigError} from "./schema.js";

const fileName = "ikigai.config.ts";

/**
 * Loads and checks the project's ikigai.config.ts, again at each call.
 * @param root the project's folder
 * @throws ConfigError naming the file, the problem and the fix
 */
export async function loadConfig(root = process.cwd()): Promise<CheckedConfig> {
  const file = join(resolve(root), fileName);
  try {
    await access(file);
  } catch {
    throw new ConfigError(
      `There is no ${file}. Run this in the project's folder, or write one: ` +
        `import {defineConfig} from "ikigai-kit"; export default defineConfig({app: "…"});`
    );
  }
  const config = await importDefault(file);
  if (config === undefined) {
    throw new ConfigError(`${file} exports no config; begin it with "export default defineConfig({…})"`);
  }
  return checkConfig(config, file);
}

/** What a TypeScript module exports as its default, or undefined. */
async function importDefault(file: string): Promise<unknown> {
  // Imported only here, since most importers of this module don't load a config.
  const {tsImport} = await import("tsx/esm/api");
  try {
    // tsx keeps each call's modules apart, so an edited config is read again.
    const module = (await tsImport(pathToFileURL(file).href, import.meta.url)) as {default?: unknown};
    // Under a package.json without "type": "module" the file runs as CommonJS, and its exports arrive as one default.
    const exported = module.default as {__esModule?: boolean; default?: unknown} | undefined;
    return exported?.__esModule ? exported.default : exported;
  } catch (error) {
    throw new ConfigError(`${file} can't be loaded: ${(error as Error).message}`, {cause: error});
  }
}
