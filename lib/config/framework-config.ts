// Where a project has its config of Observable Framework.
import {existsSync} from "node:fs";
import {join} from "node:path";

/** The names that Framework looks for, in its order. */
export const frameworkConfigs = ["observablehq.config.js", "observablehq.config.ts"] as const;

/** The name of the config that Framework takes; undefined where the folder has none. */
export const frameworkConfig = (root: string): string | undefined =>
  frameworkConfigs.find((name) => existsSync(join(root, name)));
