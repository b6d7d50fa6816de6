// `ikigai-kit platform`: the local platform by itself, for other programs to talk to.
import {resetPlatform} from "../platform/index.js";
import {interrupted} from "./interruption.js";
import {environment, startLocal} from "./local.js";

export interface PlatformOptions {
  data: string;
  port: number;
  reset?: boolean;
  quiet?: boolean;
  signal: AbortSignal;
}

/** Runs until `signal` aborts. The three lines for `.env` are all that goes to standard output. */
export async function platform({data, port, reset, quiet, signal}: PlatformOptions): Promise<void> {
  if (reset) await resetPlatform(data);
  const log = quiet ? undefined : (line: string) => process.stderr.write(line + "\n");
  const running = await startLocal({data, port, log, signal});
  for (const [name, value] of Object.entries(environment(running)))
    process.stdout.write(`${name}=${value}\n`);
  await interrupted(signal);
  await running.close();
}
