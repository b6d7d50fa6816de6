// Keeps a second gateway out of a state folder, where both would start what is queued.
import {DuckDBInstance} from "@duckdb/node-api";
import {join} from "node:path";
import {reasonOf} from "../../disk/index.js";

/** The operating system's lock keeps other processes out, but not a second gateway in this one. */
const held = new Set<string>();

/**
 * Locks an existing folder, given by its real path, and returns what unlocks it. DuckDB locks a file of its own there, which the
 * operating system unlocks when the process ends, however it ends, so that no stale lock can block a start.
 */
export async function lock(folder: string): Promise<() => void> {
  if (held.has(folder)) throw inUse(folder);
  held.add(folder);
  try {
    const file = await DuckDBInstance.create(join(folder, "lock"), {memory_limit: "16MB", threads: "1"});
    return () => {
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

const inUse = (folder: string) =>
  new Error(
    `The state folder ${folder} is in use by another gateway. Stop that one, or give this one another folder.`
  );
