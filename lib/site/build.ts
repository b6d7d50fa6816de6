// Lets Framework build the site aside, and puts the finished one in its place.
import {rm} from "node:fs/promises";
import {runFramework} from "../hermetic/index.js";
import {buildFolder, putInPlace, siteFolder} from "./built-site.js";

export interface BuildOptions {
  /** The project's folder. */
  root: string;
  /** Variables for Framework and its loaders beside this process's own. */
  env?: Record<string, string>;
  signal?: AbortSignal;
  /** Gets what Framework prints. */
  onOutput: (text: string) => void;
}

/** Builds the site from the data that lies in Framework's cache, and returns its folder. After an error the site is as it was. */
export async function buildSite({root, env, signal, onOutput}: BuildOptions): Promise<string> {
  const output = await buildFolder(root);
  try {
    await runFramework("build", {root, output, env, signal, onOutput});
    await putInPlace(root, output);
  } finally {
    await rm(output, {recursive: true, force: true});
  }
  return siteFolder(root);
}
