// The local platform of a command of its own: started with the demo's data, told in one line.
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {freePort} from "../gateway/listen.js";
import type {PlatformOptions, RunningPlatform} from "../platform/index.js";
import {step, type Step} from "../terminal/index.js";
import {stopped} from "./interruption.js";

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

/**
 * Starts the local platform, seeding it with the demo's apps when its folder is new.
 * @throws FolderInUseError where another one runs on the folder
 */
export const startLocal = (options: LocalOptions): Promise<RunningPlatform> =>
  onLine(options, async (line) => {
    const {platform, isSeeded} = await openLocal(options, line);
    return [platform, platform.baseUrl + (isSeeded ? ", seeded with the demo's data" : "")];
  });

/** Does the work as the line `platform`, which ends with what it says; without a line where that should be quiet. */
export async function onLine<T>(
  {signal, quiet = false}: {signal?: AbortSignal | undefined; quiet?: boolean | undefined},
  work: (line: Step) => Promise<[T, string]>
): Promise<T> {
  const line = step("platform", quiet ? {isTTY: false, write: () => true} : process.stderr);
  try {
    const [value, result] = await work(line);
    line.done(result);
    return value;
  } catch (error) {
    line.fail(signal?.aborted ? stopped : undefined);
    throw error;
  }
}

/** Starts it, without a line of its own. */
export async function openLocal(
  {data, port, signal, ...options}: LocalOptions,
  line?: Step
): Promise<{platform: RunningPlatform; isSeeded: boolean}> {
  // Of no use with an account.
  const {startPlatform} = await import("../platform/index.js");
  const {demoApps} = await import("../platform/seed/index.js");
  let isSeeded = false;
  const seed = () => {
    isSeeded = true;
    return demoApps((done, total, label) => {
      signal?.throwIfAborted();
      line?.progress(label, done, total);
    });
  };
  const platform = await startPlatform({data, port: port ?? (await lastPort(data)), seed, ...options});
  await writeFile(portFile(data), new URL(platform.baseUrl).port);
  return {platform, isSeeded};
}

const portFile = (data: string) => join(data, "port");

/** What was pulled from a platform is known by its address: with the same one it needn't be pulled again. */
async function lastPort(data: string): Promise<number> {
  const port = Number(await readFile(portFile(data), "utf8").catch(() => "0"));
  if (!Number.isInteger(port) || port < 1024 || port > 65535) return 0;
  return (await freePort(port).catch(() => 0)) === port ? port : 0;
}

/** The variables under which loaders look for their credentials. */
export const environment = ({
  baseUrl,
  userEmail,
  apiKey
}: Pick<RunningPlatform, "baseUrl" | "userEmail" | "apiKey">): Record<string, string> => ({
  IKIGAI_BASE_URL: baseUrl,
  IKIGAI_USER_EMAIL: userEmail,
  IKIGAI_API_KEY: apiKey
});
