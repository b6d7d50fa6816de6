// `ikigai-kit refresh`: pulls what has changed on the platform, and nothing else.
import type {Refreshed} from "../../data-loaders/refresh.js";
import {refreshProject} from "../publishing/refresh.js";
import {checkProject, checkWrites} from "./check-project.js";
import {jsonLines, lines, printJson, quiet, summarized} from "./reporters.js";
import {withLocal, type LocalChoice} from "./shared-local.js";

export interface RefreshOptions extends LocalChoice {
  only: string[];
  force?: boolean;
  dryRun?: boolean;
  json?: boolean;
  quiet?: boolean;
  signal: AbortSignal;
}

/** Exit codes: 0 all is fresh, 3 the last good data of something is kept, 1 nothing was changed. */
export async function refresh(options: RefreshOptions): Promise<void> {
  const {local, only, force, dryRun, json = false, signal} = options;
  const reporter = json ? jsonLines() : options.quiet ? quiet() : lines(signal);
  const work = async () => {
    let refreshed!: Refreshed;
    const root = process.cwd();
    const pull = async (env: Record<string, string> | undefined) => {
      const project = {root, env, reporter, signal};
      const which = {only: only.length > 0 ? new Set(only) : undefined, force, dryRun, keepStale: true};
      ({refreshed} = await refreshProject({...project, ...which}));
    };
    await withLocal(options, pull, async () => {
      await checkProject(root, only);
      if (!dryRun) await checkWrites(root, {local});
    });
    if (refreshed.stale.length > 0) process.exitCode = 3;
    return refreshed;
  };
  if (json) {
    return summarized(signal, async () => {
      const refreshed = await work();
      for (const {file, why, rows, bytes} of refreshed.pulled)
        printJson(dryRun ? {type: "would pull", file, why} : {type: "pulled", file, why, rows, bytes});
      return {refreshed};
    });
  }
  const {pulled, unchanged} = await work();
  if (!dryRun) {
    for (const {file, why} of pulled) process.stderr.write(`  ${file}: ${why}\n`);
    return;
  }
  for (const {file, why} of pulled) process.stdout.write(`${file}  would be pulled: ${why}\n`);
  for (const file of unchanged) process.stdout.write(`${file}  is up to date\n`);
}
