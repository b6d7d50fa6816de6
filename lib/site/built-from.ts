// What a built site was made of: the project's key, and each data file as it was. It is recorded with an edition.
import {existsSync, statSync} from "node:fs";
import {join} from "node:path";
import * as z from "zod";
import {signature} from "../hermetic/signature.js";
import {attachedName, moduleNames, plannedFiles, type BuildPlan} from "./build-plan.js";
import {cacheFolder, type ProjectOptions} from "./project.js";
import {currentKey, type ReadProject} from "./read-project.js";
import {checksum, forEach} from "./site-files.js";

const fileMade = z.object({
  /** Size in bytes; SHA-256 in hexadecimal; when it was modified, in whole milliseconds of Unix time, as pages tell it. */
  size: z.int().min(0),
  sha256: z.hex().length(64),
  mtimeMs: z.int(),
  /** Tells without reading it whether it is the same file, untouched. */
  signature: z.string()
});
/** A file that pages attach, as it was when the site was built. */
export interface FileMade extends z.output<typeof fileMade> {}

const builtFrom = z.object({
  /** The project's, from `readProject`. */
  key: z.string(),
  /** By their paths from the source root. */
  files: z.record(z.string(), fileMade)
});
export interface BuiltFrom extends z.output<typeof builtFrom> {}

/** What an edition's `about` says under `builtFrom`; undefined where that is nothing, or nothing that can be read. */
export const builtFromOf = (about: Record<string, unknown>): BuiltFrom | undefined =>
  builtFrom.safeParse(about.builtFrom).data;

/**
 * Records what Framework has just built a site from; or says why that can't be told, so that the next change has to be built by
 * Framework again. The project must be as it was when it was read, and the names that Framework gave those that would be given here.
 * @param site the folder of the finished build
 */
export async function recordBuild(
  read: ReadProject,
  site: string,
  options: Pick<ProjectOptions, "env"> = {}
): Promise<{builtFrom: BuiltFrom} | {unknown: string}> {
  const {key, noKey} = read;
  const {plan, source} = read.project;
  if (key === undefined) return {unknown: noKey!};
  const files: BuiltFrom["files"] = {};
  await forEach([...plannedFiles(plan)].sort(), async (path) => {
    const made = await fileState(source, path);
    if (made) files[path] = made;
  });
  const wrong = builtNames(plan, files).find(({name}) => !existsSync(join(site, name)));
  if (wrong) return {unknown: `Framework has put ${wrong.path} elsewhere than at ${wrong.name}`};
  if (currentKey(read, options) !== key) return {unknown: "the project was changed while it was built"};
  return {builtFrom: {key, files}};
}

/** Where Framework puts modules and attached files. */
function builtNames(plan: BuildPlan, files: BuiltFrom["files"]): {path: string; name: string}[] {
  const attached = new Set(plan.outputs.flatMap(({files}) => files));
  const names = [...attached].flatMap((path) => {
    const made = files[path];
    return made ? [{path, name: attachedName(path, made)}] : [];
  });
  // A module that attaches a file of which nothing is known: then its name isn't known, either.
  const nothing = {sha256: "", mtimeMs: 0};
  const modules = moduleNames(plan, (path) => files[path] ?? nothing);
  return [...names, ...Array.from(modules, ([path, name]) => ({path, name}))];
}

/** Where a file is that a build would take: among the sources, or in Framework's cache. */
export const fileOf = (source: string, path: string): string =>
  existsSync(join(source, path)) ? join(source, path) : join(cacheFolder({source}), path);

/**
 * A file as it is now; undefined where it isn't there.
 * @param before what was known of it; where it is untouched since then, it isn't read
 */
export async function fileState(
  source: string,
  path: string,
  before?: FileMade
): Promise<FileMade | undefined> {
  const file = fileOf(source, path);
  const now = signature(file);
  if (now === "" || now === before?.signature) return before && now !== "" ? before : undefined;
  const {mtimeMs} = statSync(file);
  return {...(await checksum(file)), mtimeMs: Math.floor(mtimeMs), signature: now};
}
