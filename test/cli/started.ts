// For a folder in which `ikigai-kit init` starts a project: packages as an install would have put them.
import {mkdir, readdir, symlink} from "node:fs/promises";
import {join} from "node:path";
import {repository} from "./project.js";

/** Links each package of this repository, and it itself, into the folder's node_modules. */
export async function install(root: string): Promise<void> {
  const from = join(repository, "node_modules");
  await mkdir(join(root, "node_modules"));
  for (const name of await readdir(from))
    if (!name.startsWith(".vite")) await symlink(join(from, name), join(root, "node_modules", name));
  await symlink(repository, join(root, "node_modules/ikigai-kit"));
}
