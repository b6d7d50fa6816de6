// Finds, runs and checks ikigai.config.ts.
import {lstat, readFile} from "node:fs/promises";
import {join, resolve} from "node:path";
import {reasonOf} from "../disk/index.js";
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
    await lstat(file);
  } catch {
    throw new ConfigError(
      `There is no ${file}. Run this in the project's folder, or make one: npx ikigai-kit init`
    );
  }
  // The bundler's own words for this name files of its own.
  await readFile(file).catch((error: unknown) => {
    throw new ConfigError(`Can't read ${file}: ${reasonOf(error, file)}`, {cause: error});
  });
  const config = await importDefault(file);
  if (config === undefined) {
    throw new ConfigError(`${file} exports no config; begin it with "export default defineConfig({…})"`);
  }
  return checkConfig(config, file);
}

/** Whether the project's folder has an ikigai.config.ts, also one that can't be read. */
export const hasConfig = (root: string): Promise<boolean> =>
  lstat(join(resolve(root), fileName)).then(
    () => true,
    () => false
  );

/** What a TypeScript module exports as its default, or undefined. */
async function importDefault(file: string): Promise<unknown> {
  // Imported only here, since most importers of this module don't load a config.
  const {importTypeScript} = await import("../typescript/index.js");
  try {
    return (await importTypeScript(file)).default;
  } catch (error) {
    throw new ConfigError(`${file} can't be loaded: ${reasonOf(error)}`, {cause: error});
  }
}
