// What a folder has already: a Framework project, and where its pages are.
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {frameworkConfig} from "../config/framework-config.js";
import {reasonOf} from "../disk/index.js";

/**
 * Whether there is a config of Framework, and whether it is spread `hermeticConfig`; undefined where there is none.
 * Throws an Error with the fix where it can't be read.
 */
export function isFrameworkProject(root: string): {config: string; isHermetic: boolean} | undefined {
  const config = frameworkConfig(root);
  return config === undefined
    ? undefined
    : {config, isHermetic: textOf(join(root, config)).includes("hermeticConfig")};
}

/**
 * The folder of its pages: what the config says as text, or else Framework's own default. The config can't be run before its packages
 * are installed.
 */
export function sourceOf(root: string): string {
  const config = frameworkConfig(root);
  if (config === undefined) return "src";
  const [, found] = /^\s*["']?root["']?\s*:\s*["'`]([\w./-]+)["'`]/m.exec(textOf(join(root, config))) ?? [];
  if (found !== undefined) return found.replace(/^\.\/|\/$/g, "");
  return existsSync(join(root, "docs")) ? "docs" : "src";
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`can't read ${file}: ${reasonOf(error, file)}`, {cause: error});
  }
}
