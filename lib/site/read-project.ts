// Reads a project as Framework does, and keeps the answer: what hasn't changed needn't be asked for again, which takes Framework one
// to two seconds.
import {mkdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import * as z from "zod";
import {buildPlan} from "./build-plan.js";
import {cachedPaths} from "./cache-list.js";
import {projectKey, whyNotKept} from "./project-key.js";
import {
  askFolders,
  cacheFolder,
  openProject,
  type CachedFile,
  type OpenOptions,
  type OpenProject,
  type ProjectFolders,
  type ProjectInputs,
  type ProjectOptions,
  type SiteProject
} from "./project.js";

export interface ReadProject {
  project: SiteProject;
  /** The same as long as nothing but data changes. Undefined where that can't be told. */
  key?: string;
  /** Why there is no key. */
  noKey?: string;
  /** What the key was made of, beside the source root. */
  inputs: ProjectInputs;
  /** Framework, where it had to be asked: it waits to build or preview, and has to be closed. */
  open?: OpenProject;
}

const origin = z
  .object({path: z.string(), params: z.record(z.string(), z.string()), maxAge: z.number().optional()})
  .and(
    z.discriminatedUnion("kind", [
      z.object({kind: z.literal("kit"), format: z.string()}),
      z.object({kind: z.enum(["mixed", "other"])})
    ])
  );

const keptAnswer = z.object({
  /** Where it is of another form, it isn't read. */
  version: z.literal(1),
  key: z.string(),
  source: z.string(),
  output: z.string(),
  files: z.array(
    z.object({path: z.string(), pages: z.array(z.string()), found: z.boolean(), loader: origin.optional()})
  ),
  cached: z.array(z.object({path: z.string(), loader: origin.optional()})),
  plan: buildPlan,
  inputs: z.object({files: z.array(z.string()), env: z.array(z.string()).optional()}),
  warnings: z.array(z.string())
});
type KeptAnswer = z.output<typeof keptAnswer>;

const keptFile = (root: string) => join(root, ".ikigai", "project.json");

/**
 * Gives what {@link openProject} would say of the project: from the last time, where nothing has changed since that the answer depends
 * on, or else from Framework. Warnings are told in both cases. An answer with problems isn't kept, nor one that may be another the
 * next time without a change.
 */
export async function readProject(options: OpenOptions): Promise<ReadProject> {
  const {root, onWarning} = options;
  const kept = await readKept(options);
  const cached = kept && cachedFiles(kept);
  if (cached) {
    const {key, source, output, files, plan, inputs, warnings} = kept;
    warnings.forEach(onWarning);
    return {project: {root, source, output, files, cached, problems: [], plan}, key, inputs};
  }
  const since = Date.now();
  const warnings: string[] = [];
  const open = await openProject({
    ...options,
    onWarning(warning) {
      warnings.push(warning);
      onWarning(warning);
    }
  });
  try {
    return await keepAnswer(options, open, since, warnings);
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** @param since when reading began */
async function keepAnswer(
  options: OpenOptions,
  open: OpenProject,
  since: number,
  warnings: readonly string[]
): Promise<ReadProject> {
  const {project, inputs} = open;
  const noKey =
    project.problems.length > 0 ? "it has problems" : whyNotKept({folders: project, inputs}, since);
  if (noKey !== undefined) return {project, noKey, inputs, open};
  const key = currentKey({project, inputs}, options);
  const {source, output, files, cached, plan} = project;
  const {files: paths, env} = inputs;
  await keep(options.root, {
    version: 1,
    key,
    source,
    output,
    files,
    cached,
    plan,
    inputs: {files: paths, ...(env && {env})},
    warnings: [...warnings]
  });
  return {project, key, inputs, open};
}

/** The key of a project that was read before, as it is now. */
export const currentKey = (
  {project, inputs}: Pick<ReadProject, "project" | "inputs">,
  {env}: Pick<ProjectOptions, "env"> = {}
): string => projectKey({folders: project, inputs, env: {...process.env, ...env}});

/** The project's folders: from the last time, or else asked of Framework. Throws an Error with the fix where the config can't be used. */
export async function readFolders(options: ProjectOptions): Promise<ProjectFolders> {
  const kept = await readKept(options);
  if (!kept) return askFolders(options);
  return {root: options.root, source: kept.source, output: kept.output};
}

/** The answer of the last time, where it holds now. */
async function readKept({root, env}: ProjectOptions): Promise<KeptAnswer | undefined> {
  try {
    const kept = keptAnswer.parse(JSON.parse(await readFile(keptFile(root), "utf8")));
    const {source, inputs, key} = kept;
    const now = projectKey({folders: {root, source}, inputs, env: {...process.env, ...env}});
    return now === key ? kept : undefined;
  } catch {
    return undefined; // there is none, or none that can be read: Framework is asked
  }
}

/** What is in Framework's cache now, with the loaders that were found before; undefined where one isn't known. */
function cachedFiles({source, files, cached}: KeptAnswer): CachedFile[] | undefined {
  const known = new Map<string, CachedFile>();
  for (const {path, loader} of [...files, ...cached]) known.set(path, {path, ...(loader && {loader})});
  const now = cachedPaths(cacheFolder({source})).map((path) => known.get(path));
  return now.every((file) => file !== undefined) ? now : undefined;
}

/** Written beside and renamed, so that nobody reads half of it. Where it can't be written, Framework is asked the next time, too. */
async function keep(root: string, kept: KeptAnswer): Promise<void> {
  const file = keptFile(root);
  const aside = `${file}.${process.pid}-${++written}`;
  try {
    await mkdir(dirname(file), {recursive: true});
    await writeFile(aside, JSON.stringify(kept));
    await rename(aside, file);
  } catch {
    await rm(aside, {force: true}).catch(() => undefined);
  }
}

let written = 0;
