// The record in a state folder of the platform that runs on it, by which this user's other processes find that platform.
import {readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {hasCode} from "./error.js";

const record = z.object({pid: z.int().positive(), baseUrl: z.string()});

const file = (folder: string) => join(folder, "running.json");

/** Records where this process's platform answers. If the disk is full there is no record, and other processes don't find the platform. */
export const writeRecord = (folder: string, baseUrl: string): Promise<void> =>
  writeFile(file(folder), JSON.stringify({pid: process.pid, baseUrl})).catch(() => undefined);

/** Removes the record, also one that a killed process has left. Only the process that has the lock of the folder may do so. */
export const removeRecord = (folder: string): Promise<void> => rm(file(folder), {force: true});

/** Where the platform on this folder answers; undefined if there is no record, or its process has ended. */
export async function readRecord(folder: string): Promise<z.output<typeof record> | undefined> {
  try {
    const found = record.parse(JSON.parse(await readFile(file(folder), "utf8")));
    return isAlive(found.pid) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, "EPERM"); // it is another user's
  }
}
