// The state folder: what lies where, who can use it, and how it is emptied.
//
//   account.json   who can call, with which key, and the secret that signs URLs (readable by the owner only)
//   journal.jsonl  everything but the datasets' bytes
//   objects/       the datasets' bytes, under generated ids
//   uploads/       parts that have arrived of uploads under way
//   runs/          what flows under way read and write
//   lock           held while a platform uses the folder
//   running.json   where that platform answers
//   scratch/       what DuckDB spills
import type {DuckDBInstance} from "@duckdb/node-api";
import {mkdir, realpath, rm} from "node:fs/promises";
import {join, resolve} from "node:path";
import {openDuckDB} from "../tabular/duckdb.js";
import {reason} from "./error.js";
import {removeRecord} from "./running.js";

/** Another platform uses the folder. */
export class FolderInUseError extends Error {
  override readonly name = "FolderInUseError";
  constructor(path: string) {
    super(
      `The state folder ${path} is in use by another platform, perhaps that of ikigai-kit serve, dev or demo. Stop that command, or use another folder, which begins with the demo's data.`
    );
  }
}

export interface Folder {
  path: string;
  account: string;
  journal: string;
  objects: string;
  uploads: string;
  runs: string;
  scratch: string;
  duckdb: DuckDBInstance;
  /** Lets others use the folder. */
  release: () => void;
}

const names = {
  account: "account.json",
  journal: "journal.jsonl",
  objects: "objects",
  uploads: "uploads",
  runs: "runs",
  scratch: "scratch"
};
const lockName = "lock";

/** The file with the users of the platform on this folder. */
export const accountFile = (data: string): string => join(data, names.account);

/** The operating system's lock keeps other processes out, but not a second platform in this one. */
const open = new Set<string>();

/**
 * Takes the folder, making it where it doesn't exist. DuckDB opens a database file there: it locks that file in a way
 * that ends with the process, however it dies, so no stale lock can ever block a start. The same instance then infers
 * column types.
 */
export async function openFolder(data: string): Promise<Folder> {
  const wanted = resolve(data);
  await mkdir(wanted, {recursive: true, mode: 0o700}).catch((error: unknown) => {
    throw new Error(`The state folder ${wanted} can't be made: ${reason(error)}`, {cause: error});
  });
  const path = await realpath(data);
  if (open.has(path)) throw new FolderInUseError(path);
  open.add(path);
  const at = (name: string) => join(path, name);
  try {
    const limits = {memory: "256MB", threads: 2, spill: at(names.scratch)};
    const duckdb = await openDuckDB(limits, at(lockName)).catch((error: unknown) => {
      if (/set lock/i.test(reason(error))) throw new FolderInUseError(path);
      throw new Error(`The state folder ${path} can't be used: ${reason(error)}`);
    });
    await removeRecord(path); // of one that was killed
    await rm(at(names.scratch), {recursive: true, force: true});
    await mkdir(at(names.objects), {recursive: true, mode: 0o700});
    await mkdir(at(names.uploads), {recursive: true, mode: 0o700});
    return {
      path,
      account: at(names.account),
      journal: at(names.journal),
      objects: at(names.objects),
      uploads: at(names.uploads),
      runs: at(names.runs),
      scratch: at(names.scratch),
      duckdb,
      release: () => {
        duckdb.closeSync();
        open.delete(path);
      }
    };
  } catch (error) {
    open.delete(path);
    throw error;
  }
}

/**
 * Forgets everything that a platform keeps in the folder: apps, datasets, users and their keys. Other files there are
 * left alone.
 */
export async function resetPlatform(data: string): Promise<void> {
  const folder = await openFolder(data);
  try {
    // The journal goes first: without it the folder counts as new, so a reset that is cut short is still one.
    for (const name of [names.journal, names.journal + ".new", ...Object.values(names)]) {
      await rm(join(folder.path, name), {recursive: true, force: true});
    }
  } finally {
    folder.release();
  }
}
