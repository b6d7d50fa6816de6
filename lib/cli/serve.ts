// `ikigai-kit serve`: the finished site with its gateway, for others too.
import {loadConfig} from "../config/index.js";
import {accessRule} from "../gateway/access.js";
import {checkListen} from "../gateway/listen.js";
import {checkWrites} from "./check-project.js";
import {interrupted} from "./interruption.js";
import {environment} from "./local.js";
import {checkState, finishedSite, projectGateway} from "./gateway.js";
import {startSchedule} from "./schedule.js";
import {useLocal} from "./shared-local.js";

export interface ServeOptions {
  host: string;
  port: number;
  local?: boolean;
  data: string;
  signal: AbortSignal;
}

/** Prints the site's address to standard output and serves it until `signal` aborts. */
export async function serve({host, port, local, data, signal}: ServeOptions): Promise<void> {
  const root = process.cwd();
  // Set to nothing is not set: so do shells and process managers clear a variable.
  const token = process.env.IKIGAI_GATEWAY_TOKEN || undefined;
  const {gateway: rules} = await loadConfig(root);
  accessRule({host, token, gateway: rules}); // what is wrong with it is told before a platform is started
  const state = {root, data: local ? data : undefined, command: "serve" as const};
  await checkState(state);
  const folder = await finishedSite(root, local);
  // It publishes, too: after runs, and on the config's schedule.
  await checkWrites(root, {local, isForSite: true});
  if (local) await checkListen(host, port);
  const platform = local ? await useLocal({data, signal}) : undefined;
  try {
    const env = platform && environment(platform);
    const gateway = await projectGateway({...state, env, port, folder, open: {host, token}});
    const {base} = gateway;
    process.stdout.write(
      `\n  The dashboard:  ${gateway.url}${base === "/" ? "" : base}\n\n  Ctrl-C ends it.\n`
    );
    const schedule = startSchedule({root, env, signal, show: (folder) => gateway.swap(folder)});
    await interrupted(signal);
    await schedule;
    await gateway.close();
  } finally {
    await platform?.close();
  }
}
