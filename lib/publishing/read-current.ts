// Reads a project's pages, with a config that is as new as they are: reading them takes seconds, in which `ikigai-kit add` or somebody with
// an editor writes entries, and pages that name them.
import {isDeepStrictEqual} from "node:util";
import {loadConfig, type CheckedConfig} from "../config/index.js";
import {readProject, type ReadProject} from "../site/index.js";
import type {AskedAhead} from "./alone.js";
import {addPartModules, hasParts} from "./part-modules.js";

interface CurrentOptions extends Omit<Parameters<typeof readProject>[0], "onWarning"> {
  /** Gets what Framework warns of. */
  warnings: Set<string>;
  /** Whether no file of the project is written. */
  dryRun?: boolean | undefined;
}

/**
 * Reads the pages, and then the config again: an entry is written before the pages that name it, so it gives what they name. Where it has
 * changed, and that may be why the pages have a problem or lack a module of parts, they are read again, too.
 */
export async function readCurrent(
  options: CurrentOptions,
  {config: before, platform}: AskedAhead
): Promise<{read: ReadProject; config: CheckedConfig}> {
  const {root, warnings, dryRun = false} = options;
  const readPages = () => readProject({...options, onWarning: (warning) => void warnings.add(warning)});
  const read = await readPages();
  if (!platform) return {read, config: before};
  try {
    const config = await loadConfig(root);
    const {problems} = read.project;
    if (isDeepStrictEqual(config, before) || (problems.length === 0 && !hasParts(config)))
      return {read, config};
    if (!dryRun) await addPartModules(read.project, config);
    await read.open?.close();
    warnings.clear();
    return {read: await readPages(), config};
  } catch (error) {
    await read.open?.close();
    throw error;
  }
}
