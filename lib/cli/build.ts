// `ikigai-kit build`: the finished site, from the account that is configured or from the local platform.
import {quickRetry} from "../client/quick-client.js";
import {buildProject} from "../publishing/index.js";
import {lines} from "./reporters.js";
import {withLocal, type LocalChoice} from "./shared-local.js";

export interface BuildOptions extends LocalChoice {
  /** In bytes. */
  maxFileSize?: number;
  signal: AbortSignal;
}

/** Builds into `dist`. A site for others never takes the local platform's data unasked, so `local` has to say so. */
export const build = (options: BuildOptions): Promise<void> =>
  withLocal(options, async (env) => {
    const {maxFileSize, signal} = options;
    await buildProject({
      root: process.cwd(),
      env,
      reporter: lines(signal),
      calls: {retry: quickRetry},
      signal,
      maxFileSize
    });
  });
