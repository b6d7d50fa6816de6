// What a project is called, by which its flows on the platform are told from those of others.
import {readFile} from "node:fs/promises";
import {basename, join, resolve} from "node:path";

/** The name of a project: that of its package, else of its folder. */
export async function projectName(folder: string): Promise<string> {
  try {
    const {name} = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {name?: unknown};
    if (typeof name === "string" && name) return name;
  } catch {
    // It has none that can be read, which is somebody else's to say.
  }
  return basename(resolve(folder));
}
