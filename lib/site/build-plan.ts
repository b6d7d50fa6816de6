// What a build puts where, as far as data is concerned: which of a site's files name which others, and what the names of its modules
// are made of. With it a data file can be replaced in a finished site as Framework's build would do it.
import {createHash} from "node:crypto";
import {basename, dirname, extname, join} from "node:path/posix";
import * as z from "zod";

/** A file of the built site that the config or a page's source has by its own name. */
const output = z.object({
  /** Relative to the site: `product/chair.html`. */
  name: z.string(),
  /** A page, a module that other sites may import, or a copy of a file. */
  kind: z.enum(["page", "module", "file"]),
  /** The files that it and its modules name, from the source root. */
  files: z.array(z.string())
});
export interface Output extends z.output<typeof output> {}

/** A module of the site's own. */
const localModule = z.object({
  /** Of its source as JavaScript, SHA-256 in hexadecimal. */
  source: z.string(),
  /** The modules and files that it imports, and the files that it attaches, from the source root. */
  imports: z.array(z.string()),
  files: z.array(z.string()),
  /** What Framework adds to the hash for packages and its own modules. */
  globals: z.string()
});
export interface LocalModule extends z.output<typeof localModule> {}

export const buildPlan = z.object({
  outputs: z.array(output),
  /** By their paths from the source root: those whose names depend on files, and what they import. */
  modules: z.record(z.string(), localModule),
  /** Whether pages tell when they were built, as Framework's own footer does. */
  dated: z.boolean(),
  /** Why a build may differ though nothing but data has changed, where it may. */
  unsure: z.string().optional()
});
export interface BuildPlan extends z.output<typeof buildPlan> {}

/** What Framework makes names of. */
export interface FileState {
  /** Of the content, in hexadecimal. */
  sha256: string;
  /** When it was modified, in whole milliseconds of Unix time. */
  mtimeMs: number;
}

/** All files that the site's pages and modules name, from the source root. */
export function plannedFiles({outputs, modules}: BuildPlan): Set<string> {
  const copies = outputs.filter(({kind}) => kind === "file").map(({name}) => name);
  const named = outputs.flatMap(({files}) => files);
  const ofModules = Object.values(modules).flatMap(({files, imports}) => [
    ...files,
    ...imports.filter((path) => !path.endsWith(".js"))
  ]);
  return new Set([...copies, ...named, ...ofModules]);
}

/** Where a build puts a file that pages attach. */
export const attachedName = (path: string, {sha256}: Pick<FileState, "sha256">): string =>
  hashedName(join("_file", path), sha256);

/** The built names of all modules in the plan, by their paths, where files are as they are told. */
export const moduleNames = (
  {modules}: BuildPlan,
  stateOf: (path: string) => FileState
): Map<string, string> =>
  new Map(
    Object.keys(modules).map((path) => [
      path,
      hashedName(join("_import", path), moduleHash(modules, path, stateOf))
    ])
  );

/** As Framework's getLocalModuleHash: the module's source and all that it leads to, and the packages that it imports itself. */
function moduleHash(
  modules: BuildPlan["modules"],
  path: string,
  stateOf: (path: string) => FileState
): string {
  const hash = createHash("sha256");
  const fileHash = (file: string) => {
    const {sha256, mtimeMs} = stateOf(file);
    return createHash("sha256").update(sha256).update(String(mtimeMs)).digest("hex");
  };
  const paths = new Set([path]);
  for (const other of paths) {
    if (!other.endsWith(".js")) {
      hash.update(fileHash(other));
      continue;
    }
    const module = modules[other];
    if (!module) continue;
    hash.update(module.source);
    for (const imported of module.imports) paths.add(imported);
    for (const file of module.files) hash.update(fileHash(file));
  }
  return hash.update(modules[path]!.globals).digest("hex");
}

/** As Framework's applyHash. */
function hashedName(name: string, hash: string): string {
  const extension = extname(name);
  const whole = basename(name, extension);
  const base = extension === ".js" ? whole.replace(/(^|\.)_esm$/, "") : whole;
  return join(dirname(name), `${base && `${base}.`}${hash.slice(0, 8)}${extension}`);
}
