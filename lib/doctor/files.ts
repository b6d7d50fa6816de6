// The files that the kit reads and the folders that it writes into: each can be of the wrong kind, a broken link, or another user's.
import {join} from "node:path";
import {manifestFile} from "../../data-loaders/manifest.js";
import {frameworkConfig, frameworkConfigs} from "../config/framework-config.js";
import {checkReadable, checkWritable, diskFault} from "../disk/index.js";
import {cacheFolder, checkOutput, ownFolder, ownNames, readFolders} from "../site/index.js";
import {sourceOf} from "../start/index.js";
import {diskFinding, type Check, type Finding} from "./check.js";

const read = ["package.json", "tsconfig.json", ".gitignore", ".env", "ikigai.config.ts", ...frameworkConfigs];

/** What the kit writes itself in `.ikigai`, and can't where it is a folder. */
const kept = ["built.json", "project.json", "publication.json"];

export const files: Check = {
  name: "files",
  run: ({root}) => faultsOf(read.map((name) => () => checkReadable(join(root, name))))
};

export const folders: Check = {
  name: "folders",
  async run({root, signal}) {
    // Without a config Framework would make its folders. With one, a fault may keep it from reading the project.
    const known =
      frameworkConfig(root) === undefined
        ? undefined
        : await readFolders({root, signal}).catch(() => undefined);
    signal.throwIfAborted();
    const project = known ?? {root, source: join(root, sourceOf(root)), output: join(root, "dist")};
    const cache = cacheFolder(project);
    const rewritten = [...kept.map((name) => join(root, ".ikigai", name)), join(cache, manifestFile)];
    const written = [...ownNames.map((name) => ownFolder(root, name)), cache, join(cache, "data")];
    return faultsOf([
      ...written.map((folder) => () => checkWritable(folder)),
      ...rewritten.map((file) => () => checkReadable(file)),
      () => checkOutput(project)
    ]);
  }
};

/** What these find, each once: one folder that is wrong is so for all that are in it. */
async function faultsOf(looks: readonly (() => Promise<void>)[]): Promise<Finding[]> {
  const found = new Map<string, Finding>();
  for (const look of looks)
    try {
      await look();
    } catch (error) {
      const fault = diskFault(error);
      if (!fault) throw error;
      if (!found.has(fault.what)) found.set(fault.what, diskFinding(fault));
    }
  return [...found.values()];
}
