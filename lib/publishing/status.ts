// How the last publication of a project ended, for the server of its site and for notifications of failures.
import {mkdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import * as z from "zod";
import type {Manifest} from "../../data-loaders/manifest.js";

const status = z.object({
  at: z.iso.datetime(),
  /** All is new, or the same still; some sources failed, and their last good data is shown; or nothing was published. */
  outcome: z.enum(["fresh", "stale", "failed"]),
  /** Why it isn't fresh: a sentence for each source or problem. */
  problems: z.array(z.string()),
  /** When the oldest of the data was last known to be what the platform has. */
  dataAt: z.iso.datetime().nullable(),
  /** When the newest refresh of the schedule was due that has been started. */
  scheduledAt: z.iso.datetime().nullable()
});
export type PublicationStatus = z.infer<typeof status>;

const fileIn = (root: string) => join(root, ".ikigai", "publication.json");

/** Undefined where nothing was published yet, and where it can't be read. */
export async function readStatus(root: string): Promise<PublicationStatus | undefined> {
  try {
    return status.parse(JSON.parse(await readFile(fileIn(root), "utf8")));
  } catch {
    return undefined;
  }
}

/** Changes what is known; what isn't given stays. */
export async function writeStatus(
  root: string,
  change: Partial<PublicationStatus>
): Promise<PublicationStatus> {
  const file = fileIn(root);
  const nothing = {at: new Date(0).toISOString(), outcome: "fresh" as const, problems: []};
  const told = {...nothing, dataAt: null, scheduledAt: null, ...(await readStatus(root)), ...change};
  await mkdir(dirname(file), {recursive: true});
  const aside = `${file}.${process.pid}`;
  try {
    await writeFile(aside, JSON.stringify(told, null, 1));
    await rename(aside, file);
  } catch (error) {
    await rm(aside, {force: true});
    throw error;
  }
  return told;
}

/** When the oldest data of a manifest was last known to be what the platform has; null where there is none. */
export function dataTime({checkedAt, files}: Manifest): string | null {
  const times = Object.values(files).map(({stale, pulledAt}) => stale?.since ?? checkedAt ?? pulledAt);
  return times.length > 0 ? times.reduce((a, b) => (a < b ? a : b)) : null;
}
