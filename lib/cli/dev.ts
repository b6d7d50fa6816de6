// `ikigai-kit dev`: Framework's live preview behind the gateway, on the account that is configured or, without one, on the
// local platform.
import {quickRetry} from "../client/quick-client.js";
import {hasCredentials, loadConfig} from "../config/index.js";
import {freePort, type Gateway} from "../gateway/index.js";
import {liveData, openPreview} from "../publishing/index.js";
import {projectGateway} from "./gateway.js";
import {interrupted} from "./interruption.js";
import {onKeys} from "./keys.js";
import {environment, startLocal} from "./local.js";
import {lines} from "./reporters.js";

export interface DevOptions {
  port: number;
  data: string;
  signal: AbortSignal;
}

/** Prints the preview's address to standard output and previews until `signal` aborts. */
export async function dev({port, data, signal}: DevOptions): Promise<void> {
  const root = process.cwd();
  // A mistake there is told at once rather than after the platform has been seeded.
  await loadConfig(root);
  const hasAccount = await hasCredentials(root);
  if (!hasAccount)
    process.stderr.write(
      "… no account is set (IKIGAI_USER_EMAIL, IKIGAI_API_KEY): this is the local platform's data\n"
    );
  const platform = hasAccount ? undefined : await startLocal({data, signal});
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const reporter = lines();
  try {
    const env = platform && environment(platform);
    const {url: upstream, ended, problems} = await startPreview(root, env, either);
    let gateway: Gateway | undefined;
    const log = (line: string) => void process.stderr.write(`  ${line}\n`);
    const show = (files: Record<string, string>) => gateway?.published(files);
    const live = liveData({root, env, signal: either, reporter, problems, show, log});
    const keys = onKeys({r: () => void live.refresh()});
    try {
      gateway = await projectGateway({
        ...{root, env},
        preview: {upstream, problems: live.problems},
        refresh: live.refresh,
        data: platform && data,
        port: await freePort(port)
      });
      const keyHelp = keys ? "r pulls what has changed, " : "";
      process.stdout.write(`\n  The preview:  ${gateway.url}/\n\n  ${keyHelp}Ctrl-C ends it.\n`);
      await Promise.race([ended, interrupted(signal)]);
    } finally {
      keys?.close();
      live.close();
      await gateway?.close();
      ending.abort();
      await ended.catch((error: unknown) => {
        // Ctrl-C is how a preview ends.
        if (!either.aborted) throw error;
      });
    }
  } finally {
    await platform?.close();
  }
}

interface Preview {
  url: string;
  /** Resolves or rejects when it has ended, which it does by itself only for a fault. */
  ended: Promise<void>;
  /** What is wrong with the data, a sentence each. */
  problems: string[];
}

/** Pulls the data and starts Framework's preview at any free port; resolves once it listens. */
async function startPreview(
  root: string,
  env: Record<string, string> | undefined,
  signal: AbortSignal
): Promise<Preview> {
  let printed = "";
  let onOutput = (text: string) => void (printed += text);
  const {open, release, problems} = await openPreview(
    {root, env, signal, calls: {retry: quickRetry}, reporter: lines()},
    (text) => onOutput(text)
  );
  // Framework ends with a stack trace when the port that it is given is taken.
  const port = String(await freePort(0));
  const url = `http://127.0.0.1:${port}`;
  let listens!: () => void;
  const listening = new Promise<void>((resolve) => (listens = resolve));
  onOutput = (text) => {
    printed += text;
    // It tells its own address, which nobody should go to: its pages there have no gateway.
    if (!printed.includes(`${url}/`)) return;
    onOutput = (text) => void process.stderr.write(text);
    listens();
  };
  const args = ["preview", "--host", "127.0.0.1", "--port", port, "--no-open"];
  const ended = open.run({args}).finally(release);
  try {
    await Promise.race([listening, ended]);
  } catch (error) {
    if (!signal.aborted) process.stderr.write(printed);
    throw error;
  }
  return {url, ended, problems};
}
