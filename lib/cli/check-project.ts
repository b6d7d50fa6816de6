// The checks of a command before it starts a platform, because starting one writes files.
import {checkNames} from "../../data-loaders/refresh-plan.js";
import {loadConfig} from "../config/index.js";
import {hasConfig} from "../config/load.js";
import {isFrameworkProject} from "../start/existing.js";

/**
 * Throws an Error where the folder has no project, where its config is wrong, and where it has no entry of these names. A project of
 * Framework's needs no config.
 */
export async function checkProject(root: string, only: readonly string[] = []): Promise<void> {
  if (isFrameworkProject(root) && !(await hasConfig(root))) return;
  checkNames({config: await loadConfig(root), only: new Set(only)});
}
