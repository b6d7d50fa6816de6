// `ikigai-kit dev`: Framework's live preview behind the gateway, on the account that is configured or, without one, on the
// local platform.
import {hasCredentials} from "../config/index.js";
import {freePort} from "../gateway/index.js";
import {openPreview} from "../publishing/index.js";
import {projectGateway} from "./gateway.js";
import {interrupted} from "./interruption.js";
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
  const platform = (await hasCredentials(root)) ? undefined : await startLocal({data, signal});
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  try {
    const env = platform && environment(platform);
    const {url: preview, ended} = await startPreview(root, env, either);
    try {
      const gateway = await projectGateway({
        root,
        env,
        preview,
        data: platform && data,
        port: await freePort(port)
      });
      try {
        process.stdout.write(`\n  The preview:  ${gateway.url}/\n\n  Ctrl-C ends it.\n`);
        await Promise.race([ended, interrupted(signal)]);
      } finally {
        await gateway.close();
      }
    } finally {
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
}

/** Pulls the data and starts Framework's preview at any free port; resolves once it listens. */
async function startPreview(
  root: string,
  env: Record<string, string> | undefined,
  signal: AbortSignal
): Promise<Preview> {
  let printed = "";
  let onOutput = (text: string) => void (printed += text);
  const {open, release} = await openPreview({root, env, signal, reporter: lines()}, (text) => onOutput(text));
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
  return {url, ended};
}
