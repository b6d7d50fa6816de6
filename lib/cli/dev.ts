// `ikigai-kit dev`: Framework's live preview on the account that is configured or, without one, on the local platform.
import {hasCredentials} from "../config/index.js";
import {freePort} from "../gateway/index.js";
import {runFramework} from "../hermetic/index.js";
import {environment, startLocal} from "./local.js";
import {pullData} from "./site.js";

export interface DevOptions {
  port: number;
  data: string;
  signal: AbortSignal;
}

/** Previews until `signal` aborts. */
export async function dev({port, data, signal}: DevOptions): Promise<void> {
  const root = process.cwd();
  const platform = (await hasCredentials(root)) ? undefined : await startLocal({data, signal});
  try {
    const env = platform && environment(platform);
    await pullData({root, env, signal});
    // Framework ends with a stack trace when the port that it is given is taken.
    const args = ["--host", "127.0.0.1", "--port", String(await freePort(port)), "--no-open"];
    await runFramework("preview", {root, env, signal, args});
  } catch (error) {
    // Ctrl-C is how a preview ends.
    if (!signal.aborted) throw error;
  } finally {
    await platform?.close();
  }
}
