// Keeps a second gateway out of a state folder, where both would start what is queued.
import {existsSync, readFileSync, realpathSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import * as z from "zod";
import {reasonOf} from "../../disk/index.js";

/** The operating system's lock keeps other processes out, but not a second gateway in this one. */
const held = new Set<string>();

/** Who has the lock, for the error of those who want it too. */
const holder = z.object({pid: z.int(), command: z.string().optional(), url: z.string().optional()});
type Holder = Omit<z.output<typeof holder>, "pid">;

const holderFile = (folder: string) => join(folder, "lock.json");

/** Records who has the lock of a folder. If the disk is full, the error of others doesn't name it. */
export function recordHolder(folder: string, told: Holder): void {
  try {
    writeFileSync(holderFile(folder), JSON.stringify({pid: process.pid, ...told}));
  } catch {
    // It is for messages alone.
  }
}

/**
 * Locks an existing folder, given by its real path, and returns what unlocks it. DuckDB locks a file of its own there, which the
 * operating system unlocks when the process ends, however it ends, so that no stale lock can block a start.
 */
export async function lock(folder: string, command?: string): Promise<() => void> {
  if (held.has(folder)) throw inUse(folder);
  held.add(folder);
  try {
    // Loading it takes longer than all else that a command needs which locks nothing.
    const {DuckDBInstance} = await import("@duckdb/node-api");
    const file = await DuckDBInstance.create(join(folder, "lock"), {memory_limit: "16MB", threads: "1"});
    recordHolder(folder, {command});
    return () => {
      rmSync(holderFile(folder), {force: true});
      file.closeSync();
      held.delete(folder);
    };
  } catch (error) {
    held.delete(folder);
    const {message} = error as Error;
    throw /set lock/i.test(message)
      ? inUse(folder)
      : new Error(`The state folder ${folder} can't be used: ${reasonOf(error)}`);
  }
}

/** Throws an Error that names the gateway that uses a state folder, if one does; the folder needn't exist. */
export async function checkUnlocked(folder: string): Promise<void> {
  if (!existsSync(join(folder, "lock"))) return;
  const unlock = await lock(realpathSync(folder));
  unlock();
}

function inUse(folder: string): Error {
  const {pid, command, url} = readHolder(folder);
  const about = [...(pid === undefined ? [] : [`process ${pid}`]), ...(url === undefined ? [] : [url])];
  const who = `${command ?? "another gateway"}${about.length > 0 ? ` (${about.join(", ")})` : ""}`;
  const end = `end it with Ctrl-C in its terminal${pid === undefined ? "" : `, or with kill ${pid}`}`;
  const fix = url === undefined ? `To start this one, ${end}` : `Open its address, or ${end}`;
  return new Error(`The state folder ${folder} is in use by ${who}. ${fix}.`);
}

function readHolder(folder: string): Partial<z.output<typeof holder>> {
  try {
    return holder.parse(JSON.parse(readFileSync(holderFile(folder), "utf8")));
  } catch {
    return {}; // it has just got the lock
  }
}
