// Lets one process at a time change a project's editions.
import {constants, existsSync} from "node:fs";
import {copyFile, link, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import type {DuckDBInstance} from "@duckdb/node-api";
import * as z from "zod";
import {reasonOf} from "../disk/index.js";

/** Milliseconds between two looks whether the lock is free. */
const interval = 200;

export interface LockOptions {
  /** Whether to wait until another process is done, which is the default, or to throw at once. */
  wait?: boolean | undefined;
  /** Called once when there is something to wait for. */
  onWait?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** The operating system's lock keeps other processes out; within this one they queue here. */
const turns = new Map<string, Promise<unknown>>();

/** Who has the lock: for messages alone. */
const holder = z.object({pid: z.int(), since: z.iso.datetime()});

/**
 * Does the work while nobody else does any in this folder, which exists. DuckDB locks a file of its own there in a way that ends
 * with the process, however it dies: no lock is ever left behind, and none is broken because a process number is used again.
 * Throws an Error that names the other process where it may not wait.
 */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  {wait = true, onWait, signal}: LockOptions = {}
): Promise<T> {
  const before = turns.get(folder);
  if (before && !wait) throw new Error(await inUse(folder));
  if (before) onWait?.(await inUse(folder));
  const turn = (async () => {
    await before;
    const file = await take(folder, {wait, onWait: before ? undefined : onWait, signal});
    try {
      await writeFile(
        holderFile(folder),
        JSON.stringify({pid: process.pid, since: new Date().toISOString()})
      );
      return await work();
    } finally {
      await rm(holderFile(folder), {force: true});
      file.closeSync();
    }
  })();
  const settled = turn.then(
    () => undefined,
    () => undefined // the caller gets the error
  );
  turns.set(folder, settled);
  void settled.then(() => turns.get(folder) === settled && turns.delete(folder));
  return turn;
}

async function take(folder: string, {wait, onWait, signal}: LockOptions): Promise<DuckDBInstance> {
  const file = join(folder, "lock");
  await makeLock(file);
  for (let told = false; ; await sleep(interval, undefined, {signal})) {
    signal?.throwIfAborted();
    try {
      return await open(file);
    } catch (error) {
      const {message} = error as Error;
      if (!/set lock/i.test(message))
        throw new Error(`${folder} can't be used: ${reasonOf(error)}`, {cause: error});
      if (!wait) throw new Error(await inUse(folder), {cause: error});
      if (!told) onWait?.(await inUse(folder));
      told = true;
    }
  }
}

/** Makes the file that is locked, unless there is one: aside, since half of one that a kill has left would block every later start. */
async function makeLock(file: string): Promise<void> {
  if (existsSync(file)) return;
  const aside = `${file}.${process.pid}`;
  await rm(aside, {force: true});
  (await open(aside)).closeSync();
  const isThere = (error: unknown) => (error as NodeJS.ErrnoException).code === "EEXIST";
  await link(aside, file).catch(async (error: unknown) => {
    if (!isThere(error)) await copyFile(aside, file, constants.COPYFILE_EXCL);
  });
  await rm(aside, {force: true});
}

async function open(file: string): Promise<DuckDBInstance> {
  // Loading it takes longer than all else that a command needs which locks nothing.
  const {DuckDBInstance} = await import("@duckdb/node-api");
  return DuckDBInstance.create(file, {memory_limit: "16MB", threads: "1"});
}

const holderFile = (folder: string) => join(folder, "lock.json");

async function inUse(folder: string): Promise<string> {
  const text = await readFile(holderFile(folder), "utf8").catch(() => "");
  let who = "";
  try {
    const {pid, since} = holder.parse(JSON.parse(text));
    who = ` (process ${pid}, since ${since})`;
  } catch {
    // It has the lock and hasn't said yet who it is.
  }
  return `Another publish or rollback is under way${who}. Wait until it is done, and try again.`;
}
