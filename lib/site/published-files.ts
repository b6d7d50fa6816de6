// Where pages find the data files of a built site, and of a preview.
import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {cacheFolder, type ProjectFolders} from "./project.js";
import {attachedFiles} from "./served.js";

/** URL paths by the files' paths from the source root. */
export type PublishedFiles = Record<string, string>;

/** Those of a built site, where Framework has put a hash into their names, or copied them as they are. */
export async function builtFiles(site: string, paths: readonly string[]): Promise<PublishedFiles> {
  const attached = await attachedFiles(site);
  return Object.fromEntries(
    paths.flatMap((path) => {
      const url = attached[path] ?? (existsSync(join(site, path)) ? urlPath(path) : undefined);
      return url === undefined ? [] : [[path, url]];
    })
  );
}

/** Those of a preview, which serves what lies in Framework's cache. */
export async function previewFiles(
  project: ProjectFolders,
  paths: readonly string[]
): Promise<PublishedFiles> {
  const entries = paths.map(async (path) => {
    const content = await readFile(join(cacheFolder(project), path));
    const sha = createHash("sha256").update(content).digest("hex");
    return [path, `${urlPath(`_file/${path}`)}?sha=${sha}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const urlPath = (path: string) => `/${path.split("/").map(encodeURIComponent).join("/")}`;
