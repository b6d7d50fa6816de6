// Files that a project's own loaders make, in whatever language: run where what they have made is missing or too old.
import {stat} from "node:fs/promises";
import {join} from "node:path";
import type {Refreshed, RefreshedFile, StaleFile} from "../../data-loaders/refresh.js";
import {cacheFolder, loaderFiles, type OpenProject, type SiteProject} from "../site/index.js";

export interface OwnOptions {
  root: string;
  project: SiteProject;
  /** Gives Framework, which runs them. */
  open: () => Promise<OpenProject>;
  /** Whether all are run. */
  force?: boolean | undefined;
  /** Whether none is run: those that would be are told. */
  dryRun?: boolean | undefined;
  /** Whether the last good data is kept of a loader that fails, rather than an error. */
  keepStale?: boolean | undefined;
  onPlan: (count: number) => void;
  onDone: (file: string) => void;
}

type OwnFiles = Pick<Refreshed, "pulled" | "unchanged" | "stale">;

/**
 * Brings these files up to date.
 * @throws Error telling of each loader that has failed, where nothing is kept of it or none may be
 */
export async function refreshOwnFiles(options: OwnOptions): Promise<OwnFiles> {
  const {project, open, dryRun, keepStale, onPlan, onDone} = options;
  const cache = cacheFolder(project);
  const files = await Promise.all(
    loaderFiles(project).map(async ({path, loader}) => {
      const made = await changedAt(join(cache, path));
      return {path, made, why: await whyRun(options, {made, ...loader})};
    })
  );
  const due = files.filter((file): file is typeof file & {why: string} => file.why !== undefined);
  const unchanged = files.filter(({why}) => why === undefined).map(({path}) => path);
  onPlan(due.length);
  const failed = new Map<string, string>();
  if (!dryRun && due.length > 0)
    await (
      await open()
    ).load(
      due.map(({path}) => path),
      ({path, error}) => {
        if (error !== undefined) failed.set(path, error);
        onDone(path);
      }
    );
  const lost = due.filter(({path, made}) => failed.has(path) && (made === undefined || !keepStale));
  if (lost.length > 0)
    throw new Error(
      [...new Set(lost.map(({path}) => `${path} can't be made: ${failed.get(path)}`))].join("\n")
    );
  const stale = due.flatMap(({path, made}): StaleFile[] => {
    const message = failed.get(path);
    return message === undefined ? [] : [{file: path, message, since: new Date(made!).toISOString()}];
  });
  const pulled = due
    .filter(({path}) => !failed.has(path))
    .map(async ({path: file, why}): Promise<RefreshedFile> => {
      const path = join(cache, file);
      const bytes = dryRun ? 0 : (await stat(path)).size;
      return {file, path, bytes, why, isNew: true};
    });
  return {pulled: await Promise.all(pulled), unchanged, stale};
}

/** In milliseconds of Unix time; undefined where there is no such file. */
const changedAt = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({mtimeMs}) => mtimeMs,
    () => undefined
  );

interface Made {
  kind: string;
  /** The loader, from the project's folder. */
  path: string;
  maxAge?: number | undefined;
  made: number | undefined;
}

/** Why a loader has to run; undefined where it needn't. */
async function whyRun(
  {root, force}: OwnOptions,
  {kind, path, maxAge, made}: Made
): Promise<string | undefined> {
  if (made === undefined) return "it is new";
  if (((await changedAt(join(root, path))) ?? 0) > made) return "its loader has changed";
  if (kind !== "other") return "its loader asks Ikigai by itself";
  const age = Date.now() - made;
  if (maxAge !== undefined && age >= maxAge) return `it was made ${duration(age)} ago`;
  return force ? "it was asked for" : undefined;
}

/** `90 s`, `12 min`, `5 h`, `3 days`. */
function duration(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 2) return `${Math.round(minutes * 60)} s`;
  if (minutes < 120) return `${Math.round(minutes)} min`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}
