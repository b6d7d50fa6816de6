// The project's package.json, as the checks read it.
import {join} from "node:path";
import {textOf} from "../start/index.js";

export interface PackageJson {
  name?: string;
  type?: string;
  packageManager?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Undefined where there is none, or none that can be read. */
export async function readPackage(root: string): Promise<PackageJson | undefined> {
  try {
    const value: unknown = JSON.parse((await textOf(join(root, "package.json"))) ?? "");
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
