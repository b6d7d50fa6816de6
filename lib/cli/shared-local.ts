// The local platform of a project, shared by commands that run at the same time: one of them runs it and the others call it. When that
// command ends, another one takes over, at the same address and with the same key.
import {setTimeout as sleep} from "node:timers/promises";
import {hasConfig} from "../config/load.js";
import type {RunningPlatform} from "../platform/index.js";
import {checkProject} from "./check-project.js";
import {environment, onLine, openLocal, type LocalOptions} from "./local.js";
import {printWarning} from "./print-warning.js";

/** The local platform, whichever command runs it. */
export interface SharedLocal extends Pick<RunningPlatform, "baseUrl" | "userEmail" | "apiKey" | "close"> {
  /** Whether it goes on when this command ends. */
  isOthers: () => boolean;
}

/** Milliseconds between two looks at whether a platform that another command runs is there. */
const interval = 250;

/** How long a command that has the folder may take until its platform answers: a seeding takes half a minute on a busy machine. */
const patience = 120_000;

/** The platform that another command runs on the folder, or else one that this command runs. */
export const useLocal = ({
  data,
  quiet,
  signal
}: Pick<LocalOptions, "data" | "signal"> & Pick<LocalChoice, "quiet">): Promise<SharedLocal> =>
  onLine({signal, quiet}, async (line) => {
    const {FolderInUseError} = await import("../platform/folder.js");
    const {runningPlatform} = await import("../platform/start.js");
    for (const late = performance.now() + patience; ; await sleep(interval, undefined, {signal})) {
      try {
        const {platform, isSeeded} = await openLocal({data, ...(signal && {signal})}, line);
        const result = platform.baseUrl + (isSeeded ? ", seeded with the demo's data" : "");
        return [{...platform, isOthers: () => false}, result];
      } catch (error) {
        if (!(error instanceof FolderInUseError) || performance.now() > late) throw error;
      }
      const found = await runningPlatform(data);
      if (found) return [follow(found, data), `${found.baseUrl}, which another command runs`];
      line.progress("waiting for another command, which starts it");
    }
  });

/** A platform of another command, until that ends; then one of this command's own, or of the next that takes over. */
function follow(found: Pick<RunningPlatform, "baseUrl" | "userEmail" | "apiKey">, data: string): SharedLocal {
  const ending = new AbortController();
  let own: RunningPlatform | undefined;
  const takeOver = async () => {
    const {FolderInUseError} = await import("../platform/folder.js");
    const {readRecord} = await import("../platform/running.js");
    const port = Number(new URL(found.baseUrl).port);
    while (!own && !ending.signal.aborted) {
      if (!(await readRecord(data)))
        try {
          own = (await openLocal({data, port})).platform;
          return;
        } catch (error) {
          // It still ends, or a third command was quicker.
          if (!(error instanceof FolderInUseError)) throw error;
        }
      await sleep(interval, undefined, {signal: ending.signal}).catch(() => undefined);
    }
  };
  const taken = takeOver().catch((error: Error) =>
    printWarning(`the command that ran the local platform has ended, and this one can't: ${error.message}`)
  );
  return {
    ...found,
    isOthers: () => own === undefined,
    async close() {
      ending.abort();
      await taken;
      await own?.close();
    }
  };
}

/** Whether a command uses the local platform, and where that keeps its state. */
export interface LocalChoice {
  local?: boolean;
  data: string;
  /** Whether only what goes wrong is told. */
  quiet?: boolean;
  signal: AbortSignal;
}

/**
 * Does work with the account that is configured, or with the local platform's where that is chosen.
 * @param check throws where the work can't succeed, before anything is written or a platform is started for it
 */
export async function withLocal(
  {local, data, quiet, signal}: LocalChoice,
  work: (env: Record<string, string> | undefined) => Promise<void>,
  check: () => Promise<void> = () => checkProject(process.cwd())
): Promise<void> {
  await check();
  // Without a config nothing is asked of a platform.
  if (!local || !(await hasConfig(process.cwd()))) return work(undefined);
  const platform = await useLocal({data, quiet, signal});
  try {
    await work(environment(platform));
  } finally {
    await platform.close();
  }
}
