// The modules that name the parts of the config's entries: where there is none yet one is made without parts, so that Framework can read
// the pages that import it; and it is made again when the parts that were pulled are others.
import {readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {isPartModule, partModule, partsInList} from "../../data-loaders/part-module.js";
import {partList, type CheckedConfig} from "../config/index.js";
import {writeWhole} from "../disk/index.js";
import {cacheFolder, clockLag, type ProjectFolders} from "../site/index.js";

/** Where pages import the parts of an entry from, below the source root; its parts lie beside it. */
const folder = "data";

const keysWithParts = ({datasets}: CheckedConfig): string[] =>
  Object.keys(datasets).filter((key) => datasets[key]!.partition !== undefined);

/** Whether an entry of the config is split into parts. */
export const hasParts = (config: CheckedConfig): boolean => keysWithParts(config).length > 0;

/** Makes the modules that are missing. Throws an Error for a file in the place of one that the kit hasn't made. */
export async function addPartModules({root, source}: ProjectFolders, config: CheckedConfig): Promise<void> {
  for (const key of keysWithParts(config)) {
    const file = join(source, folder, `${key}.js`);
    const text = await existing(file);
    if (text === undefined) await writeModule(file, partModule(key, []));
    else if (!isPartModule(text))
      throw new Error(
        `${relative(root, file)} is where the parts of datasets.${key} are named, and is not a file that ikigai-kit has made, so it stays as ` +
          "it is. Rename that file, or the entry"
      );
  }
}

/** Makes the modules again whose parts are others than those in Framework's cache. Resolves to whether there are some. */
export async function renewPartModules(project: ProjectFolders, config: CheckedConfig): Promise<boolean> {
  let isNew = false;
  for (const key of keysWithParts(config)) {
    // No page imports a module whose list wasn't pulled.
    const list = await existing(join(cacheFolder(project), folder, `${key}.${partList}.json`));
    if (list === undefined) continue;
    const file = join(project.source, folder, `${key}.js`);
    const text = partModule(key, partsInList(list));
    if (text === (await existing(file))) continue;
    await writeModule(file, text);
    isNew = true;
  }
  return isNew;
}

/** The project is read right after this, and must not seem to change while it is: its build would be nothing to put new data into. */
async function writeModule(file: string, text: string): Promise<void> {
  await writeWhole(file, text);
  await sleep(2 * clockLag);
}

async function existing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
