// `ikigai-kit demo`: from nothing to a dashboard, and back to nothing at Ctrl-C.
import {freePort} from "../gateway/index.js";
import {publishAndTell} from "../publishing/index.js";
import {checkProject, checkWrites} from "./check-project.js";
import {checkState, projectGateway} from "./gateway.js";
import {interrupted} from "./interruption.js";
import {environment} from "./local.js";
import {drawPictures} from "./pictures.js";
import {lines} from "./reporters.js";
import {useLocal} from "./shared-local.js";

export interface DemoOptions {
  port: number;
  data: string;
  signal: AbortSignal;
}

/** Prints the site's address to standard output and serves it until `signal` aborts. */
export async function demo({port, data, signal}: DemoOptions): Promise<void> {
  const root = process.cwd();
  await checkProject(root);
  const state = {root, data, command: "demo" as const};
  await checkState(state);
  await checkWrites(root, {local: true, isForSite: true});
  const platform = await useLocal({data, signal});
  try {
    const env = environment(platform);
    await publishAndTell({root, env, signal, reporter: lines(signal), draw: drawPictures});
    const gateway = await projectGateway({...state, env, port: await freePort(port)});
    process.stdout.write(`\n  The dashboard:  ${gateway.url}\n\n  Ctrl-C ends it.\n`);
    await interrupted(signal);
    await gateway.close();
  } finally {
    await platform.close();
  }
}
