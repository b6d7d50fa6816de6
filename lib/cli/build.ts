// `ikigai-kit build`: the finished site, from the account that is configured or from the local platform.
import {quickRetry} from "../client/quick-client.js";
import {buildProject} from "../publishing/index.js";
import {checkProject, checkWrites} from "./check-project.js";
import {lines} from "./reporters.js";
import {withLocal, type LocalChoice} from "./shared-local.js";

export interface BuildOptions extends LocalChoice {
  /** In bytes. */
  maxFileSize?: number;
  signal: AbortSignal;
}

/** Builds into `dist`. A site for others never takes the local platform's data unasked, so `local` has to say so. */
export async function build(options: BuildOptions): Promise<void> {
  const {local, maxFileSize, signal} = options;
  const root = process.cwd();
  const work = async (env: Record<string, string> | undefined) => {
    const project = {root, env, reporter: lines(signal), signal};
    await buildProject({...project, calls: {retry: quickRetry}, maxFileSize});
  };
  await withLocal(options, work, async () => {
    await checkProject(root);
    await checkWrites(root, {local, isForSite: true});
  });
}
