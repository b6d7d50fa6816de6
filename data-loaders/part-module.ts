// The module that names the parts of an entry, for pages: Framework copies only files that it finds named.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {partList} from "../lib/config/index.js";
import {LoadError} from "./error.js";

/** By its first line a module is known to be the kit's. */
const mark = "// Made by ikigai-kit";

export const isPartModule = (text: string): boolean => text.startsWith(mark);

/** The module's text. Its default export is what `database({demand})` takes. */
export function partModule(key: string, parts: readonly string[]): string {
  const file = (part: string, format: string) =>
    `FileAttachment(${JSON.stringify(`./${key}.${part}.${format}`)})`;
  return [
    `${mark} of the entry "${key}" of ikigai.config.ts, and made again when its parts change.`,
    'import {FileAttachment} from "observablehq:stdlib";',
    "",
    "/** The parts of one table. */",
    `export default [${parts.map((part) => `\n  ${file(part, "parquet")}`).join(",")}${parts.length > 0 ? "\n" : ""}];`,
    "",
    "/** Which parts there are, with the rows of each. */",
    `export const list = ${file(partList, "json")};`,
    ""
  ].join("\n");
}

const list = z.array(z.object({part: z.string()}));

/** The names of the parts in a list that was pulled. */
export const partsInList = (json: string): string[] => list.parse(JSON.parse(json)).map(({part}) => part);

/**
 * Where Framework runs its loaders by itself, nobody makes the module again.
 * @param file what was loaded: where it is a list of parts, the module in the same folder has to name the same
 * @throws LoadError where it doesn't, as a page would have some rows only
 */
export async function checkPartModule(file: string, loaded: string, folder: string): Promise<void> {
  const ending = `.${partList}.json`;
  if (!file.endsWith(ending)) return;
  const key = file.slice(0, -ending.length);
  const module = await readFile(join(folder, `${key}.js`), "utf8").catch(() => undefined);
  if (module === undefined || !isPartModule(module)) return;
  if (module !== partModule(key, partsInList(await readFile(loaded, "utf8"))))
    throw new LoadError(
      `datasets.${key}: its parts are others than ${key}.js names; run ikigai-kit build or refresh, which makes that file again`
    );
}
