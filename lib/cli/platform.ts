// `ikigai-kit platform`: the local platform by itself, for other programs to talk to.
import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {z} from "zod";
import {reasonOf} from "../disk/index.js";
import {resetPlatform, type FaultPlan} from "../platform/index.js";
import {checkStart} from "../platform/start.js";
import {interrupted} from "./interruption.js";
import {environment, startLocal} from "./local.js";

export interface PlatformOptions {
  data: string;
  port: number;
  reset?: boolean;
  quiet?: boolean;
  allowPython?: boolean;
  /** Megabytes, and seconds, that a run of a flow may take. */
  memory?: number;
  timeLimit?: number;
  timeZone?: string;
  /** A file with a plan of faults, or true for none yet. */
  faults?: string | true;
  signal: AbortSignal;
}

/** Runs until `signal` aborts. The three lines for `.env` are all that goes to standard output. */
export async function platform(options: PlatformOptions): Promise<void> {
  const {data, port, reset, quiet, allowPython, memory, timeLimit, timeZone, signal} = options;
  const faults = options.faults === undefined ? undefined : await readFaults(options.faults);
  const log = quiet ? undefined : (line: string) => process.stderr.write(line + "\n");
  const settings = {allowPython, memory, timeLimit, timeZone};
  // Nothing is deleted for a platform that couldn't start, nor is a new one seeded.
  if (reset || !existsSync(data)) await checkStart({port, faults, ...settings}).catch(explainFaults);
  if (reset) await resetPlatform(data);
  const running = await startLocal({data, port, log, faults, signal, ...settings}).catch(explainFaults);
  log?.("It runs until you press Ctrl-C. A project's .env needs these lines to use it:");
  for (const [name, value] of Object.entries(environment(running)))
    process.stdout.write(`${name}=${value}\n`);
  await interrupted(signal);
  await running.close();
}

async function readFaults(file: string | true): Promise<FaultPlan> {
  if (file === true) return {};
  try {
    return JSON.parse(await readFile(file, "utf8")) as FaultPlan;
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : reasonOf(error);
    throw new Error(`--faults ${file} can't be read: ${why}. It should be JSON: {"seed": 1, "rules": […]}`, {
      cause: error
    });
  }
}

/** Rethrows what the platform finds wrong with the faults as something a person can read. */
function explainFaults(error: unknown): never {
  if (error instanceof z.ZodError) throw new Error(`--faults: ${z.prettifyError(error)}`);
  throw error;
}
