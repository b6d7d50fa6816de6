// Imports a TypeScript file of a project.
import {rmSync} from "node:fs";
import {mkdtemp, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {pathToFileURL} from "node:url";
import {bundle} from "./bundle.js";

/**
 * What the module exports. It is run again at each call, with the project's files that it imports: so a file that was edited is read
 * again.
 * @throws BundleError when it can't be read; else what the module itself throws
 */
export async function importTypeScript(file: string): Promise<Record<string, unknown>> {
  const text = await bundle(file);
  // As a data: URL it would stand whole in every line of a stack.
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-module-"));
  const remove = () => rmSync(folder, {recursive: true, force: true});
  process.once("exit", remove);
  try {
    const module = join(folder, `${basename(file)}.mjs`);
    await writeFile(module, text, {mode: 0o600});
    return (await import(pathToFileURL(module).href)) as Record<string, unknown>;
  } finally {
    process.off("exit", remove);
    remove();
  }
}
