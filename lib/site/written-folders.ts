// The folders of a project that this kit writes into, looked at before work that would be lost.
import {dirname, join} from "node:path";
import {checkWritable} from "../disk/index.js";
import {checkOutput} from "./built-site.js";
import {ownFolder} from "./own-folder.js";
import {cacheFolder, type NamedFile, type ProjectFolders} from "./project.js";

/** A project; with its files, where they are known. */
type Written = ProjectFolders & {files?: readonly Pick<NamedFile, "path">[]};

/** Throws an Error with the fix where data that is pulled couldn't be kept. */
export async function checkDataFolders(project: Written): Promise<void> {
  for (const name of ["locks", "history"] as const) await checkWritable(ownFolder(project.root, name));
  const cache = cacheFolder(project);
  const ofFiles = (project.files ?? []).map(({path}) => dirname(join(cache, path)));
  for (const folder of new Set([cache, ...ofFiles])) await checkWritable(folder);
}

/** Throws an Error with the fix where a site that is built couldn't be put in place. */
export async function checkSiteFolders(project: ProjectFolders): Promise<void> {
  for (const name of ["build", "editions"] as const) await checkWritable(ownFolder(project.root, name));
  await checkOutput(project);
}
