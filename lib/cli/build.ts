// `ikigai-kit build`: the finished site, from the account that is configured or from the local platform.
import {startLocal, environment} from "./local.js";
import {makeSite} from "./site.js";

export interface BuildOptions {
  local?: boolean;
  data: string;
  signal: AbortSignal;
}

/** Builds into `dist`. A site for others never takes the local platform's data unasked, so `local` has to say so. */
export async function build({local, data, signal}: BuildOptions): Promise<void> {
  const root = process.cwd();
  if (!local) {
    await makeSite({root, signal});
    return;
  }
  const platform = await startLocal({data, signal});
  try {
    await makeSite({root, env: environment(platform), signal});
  } finally {
    await platform.close();
  }
}
