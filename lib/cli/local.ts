// The local platform as the demo, the preview and local builds use it: started with the demo's data, told in one line.
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {freePort} from "../gateway/listen.js";
import type {PlatformOptions, RunningPlatform} from "../platform/index.js";
import {step} from "../terminal/index.js";

export interface LocalOptions extends Pick<
  PlatformOptions,
  "allowPython" | "faults" | "memory" | "timeLimit" | "timeZone"
> {
  /** The folder of its state. */
  data: string;
  /** Its port; 0 takes any free one. If left out it is that of the last time, or any free one where that is taken. */
  port?: number;
  /** Gives up the seeding, which takes seconds. */
  signal?: AbortSignal;
  /** Gets a line a call. */
  log?: (line: string) => void;
}

/** Starts the local platform, seeding it with the demo's apps when its folder is new. */
export async function startLocal({
  data,
  port,
  signal,
  log,
  ...options
}: LocalOptions): Promise<RunningPlatform> {
  const line = step("platform");
  // Of no use with an account.
  const {startPlatform} = await import("../platform/index.js");
  const {demoApps} = await import("../platform/seed/index.js");
  let seeded = "";
  const seed = () => {
    seeded = ", seeded with the demo's data";
    return demoApps((done, total, label) => {
      signal?.throwIfAborted();
      line.progress(label, done, total);
    });
  };
  try {
    const platform = await startPlatform({data, port: port ?? (await lastPort(data)), seed, log, ...options});
    await writeFile(portFile(data), new URL(platform.baseUrl).port);
    line.done(platform.baseUrl + seeded);
    return platform;
  } catch (error) {
    line.fail();
    throw error;
  }
}

const portFile = (data: string) => join(data, "port");

/** What was pulled from a platform is known by its address: with the same one it needn't be pulled again. */
async function lastPort(data: string): Promise<number> {
  const port = Number(await readFile(portFile(data), "utf8").catch(() => "0"));
  if (!Number.isInteger(port) || port < 1024 || port > 65535) return 0;
  return (await freePort(port).catch(() => 0)) === port ? port : 0;
}

/** The variables under which loaders look for their credentials. */
export const environment = ({baseUrl, userEmail, apiKey}: RunningPlatform): Record<string, string> => ({
  IKIGAI_BASE_URL: baseUrl,
  IKIGAI_USER_EMAIL: userEmail,
  IKIGAI_API_KEY: apiKey
});

/** Whether a command uses the local platform, and where that keeps its state. */
export interface LocalChoice {
  local?: boolean;
  data: string;
  signal: AbortSignal;
}

/** Does work with the account that is configured, or with the local platform's where that is chosen. */
export async function withLocal(
  {local, data, signal}: LocalChoice,
  work: (env: Record<string, string> | undefined) => Promise<void>
): Promise<void> {
  if (!local) return work(undefined);
  const platform = await startLocal({data, signal});
  try {
    await work(environment(platform));
  } finally {
    await platform.close();
  }
}
