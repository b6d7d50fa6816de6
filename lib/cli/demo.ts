// `ikigai-kit demo`: from nothing to a dashboard, and back to nothing at Ctrl-C.
import {serveSite} from "../gateway/index.js";
import {interrupted} from "./interruption.js";
import {environment, startLocal} from "./local.js";
import {buildSite, siteFolder} from "./site.js";

export interface DemoOptions {
  port: number;
  data: string;
  signal: AbortSignal;
}

/** Prints the site's address to standard output and serves it until `signal` aborts. */
export async function demo({port, data, signal}: DemoOptions): Promise<void> {
  const platform = await startLocal({data, signal});
  try {
    const root = process.cwd();
    await buildSite({root, env: environment(platform), signal});
    const site = await serveSite({folder: siteFolder(root), port});
    process.stdout.write(`\n  The dashboard:  ${site.url}\n\n  Ctrl-C ends it.\n`);
    await interrupted(signal);
    await site.close();
  } finally {
    await platform.close();
  }
}
