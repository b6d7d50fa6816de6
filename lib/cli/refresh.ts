// `ikigai-kit refresh`: pulls what has changed on the platform, and nothing else.
import {refreshProject} from "../publishing/refresh.js";
import {explain} from "./explain.js";
import {withLocal, type LocalChoice} from "./local.js";
import {jsonLines, lines, printJson, quiet, seconds} from "./reporters.js";

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
  const {only, force, dryRun, json = false, signal} = options;
  const began = performance.now();
  const reporter = json ? jsonLines() : options.quiet ? quiet() : lines();
  try {
    await withLocal(options, async (env) => {
      const {refreshed} = await refreshProject({
        root: process.cwd(),
        env,
        reporter,
        signal,
        only: only.length > 0 ? new Set(only) : undefined,
        force,
        dryRun,
        keepStale: true
      });
      const {pulled, unchanged, stale} = refreshed;
      if (json) {
        for (const {file, why, rows, bytes} of pulled)
          printJson(dryRun ? {type: "would pull", file, why} : {type: "pulled", file, why, rows, bytes});
        const failed = stale.map(({file, message, since}) => ({file, message, since}));
        const names = pulled.map(({file}) => file);
        printJson({type: "summary", pulled: names, unchanged, failed, seconds: seconds(began)});
      } else if (dryRun) {
        for (const {file, why} of pulled) process.stdout.write(`${file}  would be pulled: ${why}\n`);
        for (const file of unchanged) process.stdout.write(`${file}  is up to date\n`);
      } else if (pulled.length > 0) {
        for (const {file, why} of pulled) process.stderr.write(`  ${file}: ${why}\n`);
      }
      if (stale.length > 0) process.exitCode = 3;
    });
  } catch (error) {
    if (json && !signal.aborted) {
      const message = error instanceof Error ? error.message : String(error);
      printJson({type: "summary", pulled: [], unchanged: [], failed: [{message}], seconds: seconds(began)});
      process.stderr.write(explain(error));
      process.exitCode = 1;
      return;
    }
    throw error;
  }
}
