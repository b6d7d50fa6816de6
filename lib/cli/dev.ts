// `ikigai-kit dev`: Framework's live preview behind the gateway, on the account that is configured or, without one, on the
// local platform.
import {randomBytes} from "node:crypto";
import {isDeepStrictEqual} from "node:util";
import {quickRetry} from "../client/quick-client.js";
import {hasCredentials, loadConfig, type CheckedConfig} from "../config/index.js";
import {hasConfig} from "../config/load.js";
import {freePort, type Gateway, type PreviewSite} from "../gateway/index.js";
import {listed} from "../names/index.js";
import {liveData, openPreview} from "../publishing/index.js";
import {checkWrites} from "./check-project.js";
import {checkState, projectGateway} from "./gateway.js";
import {interrupted} from "./interruption.js";
import {onKeys} from "./keys.js";
import {environment} from "./local.js";
import {isFrameworkProject} from "../start/existing.js";
import {lines} from "./reporters.js";
import {useLocal} from "./shared-local.js";

export interface DevOptions {
  port: number;
  data: string;
  signal: AbortSignal;
}

/** Prints the preview's address to standard output and previews until `signal` aborts. */
export async function dev({port, data, signal}: DevOptions): Promise<void> {
  const root = process.cwd();
  if (isFrameworkProject(root) && !(await hasConfig(root)))
    throw new Error(
      `there is no ikigai.config.ts in ${root}, so this has no data from Ikigai to preview. ` +
        "Preview it as a Framework project: npx observable preview; or add Ikigai to it: npx ikigai-kit init"
    );
  // A mistake there is told at once rather than after the platform has been seeded.
  const config = await loadConfig(root);
  const {flows, allowDefinitions} = config;
  const hasAccount = await hasCredentials(root);
  const state = {root, data: hasAccount ? undefined : data, command: "dev" as const};
  await checkState(state);
  await checkWrites(root, {local: !hasAccount});
  if (!hasAccount)
    process.stderr.write(
      "… no account is set (IKIGAI_USER_EMAIL, IKIGAI_API_KEY): this is the local platform's data\n"
    );
  const platform = hasAccount ? undefined : await useLocal({data, signal});
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const reporter = lines(signal);
  try {
    const env = platform && environment(platform);
    const preview = await preparePreview(root, env, either);
    let gateway: Gateway | undefined;
    const log = (line: string) => void process.stderr.write(`  ${line}\n`);
    const show = (files: Record<string, string>) => gateway?.published(files);
    const {problems} = preview;
    const onConfig = staleConfig(config, log);
    const live = liveData({root, env, signal: either, reporter, problems, show, onConfig, log});
    const keys = onKeys({r: () => void live.refresh()});
    try {
      // It goes first: the preview tells its address to those who open the port that isn't for them.
      gateway = await projectGateway({
        ...state,
        env,
        preview: {...preview.site, problems: live.problems},
        refresh: live.refresh,
        port: await freePort(port)
      });
      const {listening, ended} = preview.run(`${gateway.url}/`);
      await Promise.race([listening, ended]);
      const keyHelp = keys ? "r pulls what has changed, " : "";
      const canRun = Object.keys(flows).length > 0 || allowDefinitions.length > 0;
      const runHelp = canRun
        ? "  The list of a flow's runs has those that were started in this preview. ikigai-kit serve has a list of its own.\n"
        : "";
      process.stdout.write(`\n  The preview:  ${gateway.url}/\n\n${runHelp}  ${keyHelp}Ctrl-C ends it.\n`);
      await Promise.race([ended, interrupted(signal)]);
    } finally {
      keys?.close();
      live.close();
      await gateway?.close();
      ending.abort();
      await preview.close();
    }
  } finally {
    await platform?.close();
  }
}

/** Says what has changed of the part of the config that the gateway reads only once; again after it was as before. */
function staleConfig(used: CheckedConfig, log: (line: string) => void): (now: CheckedConfig) => void {
  const partOf = ({flows, allowDefinitions, gateway: {query}}: CheckedConfig) =>
    Object.entries({flows, allowDefinitions, "gateway.query": query});
  let told = "";
  return (now) => {
    const before = new Map<string, unknown>(partOf(used));
    const changed = partOf(now).flatMap(([key, value]) =>
      isDeepStrictEqual(value, before.get(key)) ? [] : [key]
    );
    const names = listed(changed);
    if (names !== told && names !== "")
      log(`${names} of ikigai.config.ts changed: end dev and start it again to use this`);
    told = names;
  };
}

interface Preview {
  /** What is wrong with the data, a sentence each. */
  problems: string[];
  /** Where it will listen, and what it will know the gateway by. */
  site: Pick<PreviewSite, "upstream" | "secret">;
  /** Starts it. It refuses all but the gateway, and names the address to open. */
  run: (address: string) => {
    listening: Promise<void>;
    /** Resolves or rejects when it has ended, which it does by itself only for a fault. */
    ended: Promise<void>;
  };
  /** Waits until it has ended, after the signal, and lets builds with another account's data in again. */
  close: () => Promise<void>;
}

/** Pulls the data, and opens the project for Framework's preview at any free port. */
async function preparePreview(
  root: string,
  env: Record<string, string> | undefined,
  signal: AbortSignal
): Promise<Preview> {
  let printed = "";
  let onOutput = (text: string) => void (printed += text);
  const {open, release, problems} = await openPreview(
    {root, env, signal, calls: {retry: quickRetry}, reporter: lines(signal)},
    (text) => onOutput(text)
  );
  // Framework ends with a stack trace when the port that it is given is taken.
  const port = await freePort(0);
  const upstream = `http://127.0.0.1:${port}`;
  const secret = randomBytes(32).toString("base64url");
  let running: Promise<void> | undefined;
  const run = (address: string) => {
    const listening = new Promise<void>((resolve) => {
      onOutput = (text) => {
        printed += text;
        // It tells its own address, which nobody should go to.
        if (!printed.includes(`${upstream}/`)) return;
        onOutput = (text) => void process.stderr.write(text);
        printed = "";
        resolve();
      };
    });
    const args = ["preview", "--host", "127.0.0.1", "--port", String(port), "--no-open"];
    const ended = (running = open
      .run({args, gatewayOnly: {port, secret, address}})
      .catch((error: unknown) => {
        if (!signal.aborted) process.stderr.write(printed);
        throw error;
      }));
    return {listening, ended};
  };
  const close = async () => {
    // What has gone wrong was thrown to those who wait for its end, and Ctrl-C is how a preview ends.
    await (running?.catch(() => undefined) ?? open.close());
    await release();
  };
  return {problems, site: {upstream, secret}, run, close};
}
