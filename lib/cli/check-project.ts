// The checks of a command before it starts a platform, because starting one writes files.
import {checkNames} from "../../data-loaders/refresh-plan.js";
import {loadConfig} from "../config/index.js";
import {hasConfig} from "../config/load.js";
import {isFrameworkProject} from "../start/existing.js";

/** Throws an Error where the folder has no project at all. A config that is wrong keeps nobody from the editions of its site. */
export async function checkFolder(root: string): Promise<void> {
  if (!isFrameworkProject(root) && !(await hasConfig(root))) await loadConfig(root);
}

/**
 * Throws an Error where the folder has no project, where its config is wrong, and where it has no entry of these names. A project of
 * Framework's needs no config.
 */
export async function checkProject(root: string, only: readonly string[] = []): Promise<void> {
  if (isFrameworkProject(root) && !(await hasConfig(root))) {
    const [name] = only;
    if (name === undefined) return;
    throw new Error(
      `--only ${name}: there is no ikigai.config.ts in ${root}, so it has no entries. Leave out --only to run the loaders that are due`
    );
  }
  checkNames({config: await loadConfig(root), only: new Set(only)});
}

/**
 * Throws an Error where data, or a site, couldn't be kept. Where the work would be for an account nothing is started for it, and it finds
 * this by itself.
 */
export async function checkWrites(
  root: string,
  {local = false, isForSite = false}: {local?: boolean | undefined; isForSite?: boolean}
): Promise<void> {
  if (!local || !(await hasConfig(root))) return;
  const {checkDataFolders, checkSiteFolders, readFolders} = await import("../site/index.js");
  const folders = await readFolders({root});
  await checkDataFolders(folders);
  if (isForSite) await checkSiteFolders(folders);
}
