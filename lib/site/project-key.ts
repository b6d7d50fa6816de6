// Tells whether a project is as it was: one key for everything that Framework's reading of its pages, and its build, depends on, data
// apart.
import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, realpathSync, statSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {fileURLToPath} from "node:url";
import {frameworkConfigs} from "../config/framework-config.js";
import {frameworkFolder} from "../hermetic/installed.js";
import {inNodeModules} from "../hermetic/node-modules.js";
import {changed, signature} from "../hermetic/signature.js";
import {cacheFolder, type ProjectFolders, type ProjectInputs} from "./project.js";

/** What the key is made of: the project's folders, and what its last answer was made from. */
export interface KeyOf {
  folders: Pick<ProjectFolders, "root" | "source">;
  inputs: ProjectInputs;
  env: Record<string, string | undefined>;
}

/** Files that say which packages are installed, in the project's folder or one above it. */
const packageFiles = [
  "package.json",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
  "node_modules/.package-lock.json",
  "node_modules/.yarn-state.yml",
  "node_modules/.yarn-integrity",
  "node_modules/.modules.yaml"
];

/** How many milliseconds file systems' clocks may lag: a file that was written so long before a reading could be of the reading's time. */
export const clockLag = 20;

/** Variables that Framework, Node and this kit read themselves. */
const ownVariable = /^(?:OBSERVABLE_|IKIGAI_KIT_|NODE_OPTIONS$|NODE_PATH$|TZ$)/;

/**
 * The same for the same project: its pages, components, loaders and other files of the source root, which and of what size and times;
 * what its config, loaders and pages take from outside it; the installed packages, Framework, this kit and Node; and the environment
 * as far as the config reads it. What loaders have made counts only where it is a page.
 */
export function projectKey({folders, inputs, env}: KeyOf): string {
  const {root, source} = folders;
  const hash = createHash("sha256");
  const add = (...parts: string[]) => hash.update(`${JSON.stringify(parts)}\n`);
  add("1", root, source, process.version, kit(), signature(join(frameworkFolder(root), "../package.json")));
  for (const name of Object.keys(env)
    .filter((name) => isRead(name, inputs))
    .sort()) {
    add("env", name, env[name] ?? "");
  }
  for (const folder of ancestors(root)) {
    for (const name of packageFiles) addContent(join(folder, name));
  }
  for (const name of [...frameworkConfigs, "tsconfig.json"]) addContent(join(root, name));
  for (const path of inputs.files) addContent(path);
  for (const path of sourceFiles(source)) add(path, signature(join(source, path)));
  for (const path of loadedPages(folders)) add(path, signature(path));
  return hash.digest("hex");

  function addContent(path: string): void {
    const found = statSync(path, {throwIfNoEntry: false});
    if (found?.isDirectory()) add(path, ...readdirSync(path).sort());
    else if (found) add(path, createHash("sha256").update(readFileSync(path)).digest("hex"));
  }
}

/**
 * Why an answer can't be kept, where it can't: it may be another the next time, or the project was changed while it was read.
 * @param since when reading began, in milliseconds of Unix time
 */
export function whyNotKept(
  {folders: {root, source}, inputs}: Omit<KeyOf, "env">,
  since: number
): string | undefined {
  if (inputs.unsure !== undefined) return inputs.unsure;
  if (!relative(source, root).startsWith(".."))
    return `the pages lie in the project's own folder, ${source}, with everything else that is there`;
  const isFile = (path: string) => statSync(path, {throwIfNoEntry: false})?.isFile() === true;
  const packages = ancestors(root).flatMap((folder) => packageFiles.map((name) => join(folder, name)));
  const paths = [
    ...packages,
    ...inputs.files.filter(isFile),
    ...sourceFiles(source).map((path) => join(source, path))
  ];
  const late = paths.find((path) => existsSync(path) && changed(path) > since - clockLag);
  return late === undefined ? undefined : `${late} was changed while the project was read`;
}

function isRead(name: string, {env}: ProjectInputs): boolean {
  return env === undefined || env.includes(name) || ownVariable.test(name);
}

/** All files that Framework may look at, from the source root: as it walks them, through links too. */
function sourceFiles(source: string): string[] {
  const found: string[] = [];
  const visit = (folder: string, above: readonly string[]) => {
    const real = realpathSync(join(source, folder));
    if (above.includes(real)) return;
    for (const entry of readdirSync(join(source, folder), {withFileTypes: true})) {
      if (entry.name === ".observablehq") continue;
      const path = join(folder, entry.name);
      const isFolder = entry.isSymbolicLink()
        ? statSync(join(source, path), {throwIfNoEntry: false})?.isDirectory()
        : entry.isDirectory();
      if (isFolder) visit(path, [...above, real]);
      else found.push(path);
    }
  };
  if (existsSync(source)) visit("", []);
  return found.sort();
}

/** Pages that loaders have written, which lie in Framework's cache beside data. */
function loadedPages(folders: Pick<ProjectFolders, "source">): string[] {
  const cache = cacheFolder(folders);
  if (!existsSync(cache)) return [];
  const isPage = (path: string) => path.endsWith(".md") && !/^[._]/.test(path);
  return readdirSync(cache, {recursive: true, encoding: "utf8"})
    .filter(isPage)
    .map((path) => join(cache, path))
    .sort();
}

let ownKey: string | undefined;

/** This kit: its version where it is installed, the content of its files where it is being worked on. */
function kit(): string {
  return (ownKey ??= inNodeModules(own) ? version(own) : contents(own));
}

const own = dirname(dirname(fileURLToPath(import.meta.url)));

function version(folder: string): string {
  const manifest = ancestors(folder)
    .map((folder) => join(folder, "package.json"))
    .find((path) => existsSync(path))!;
  return readFileSync(manifest, "utf8");
}

function contents(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).filter((path) =>
    /\.[jt]s$/.test(path)
  );
  for (const path of files.filter((path) => !path.endsWith(".d.ts")).sort())
    hash.update(path.split(sep).join("/")).update(readFileSync(join(folder, path)));
  return hash.digest("hex");
}

/** A folder and all those above it. */
function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}
