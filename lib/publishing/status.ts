// What became of the last refresh of a project, for whoever serves its site and for whoever is told of failures.
import {mkdir, readFile, rename, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import * as z from "zod";

const status = z.object({
  at: z.iso.datetime(),
  /** All is new, or the same still; some sources failed, and their last good data is shown; or nothing was published. */
  outcome: z.enum(["fresh", "stale", "failed"]),
  /** Why it isn't fresh: a sentence for each source or problem. */
  problems: z.array(z.string()),
  /** When the oldest data was known to be what the platform has. */
  dataAt: z.iso.datetime().nullable(),
  /** The id of the edition that was published last by a refresh. */
  edition: z.string().nullable(),
  /** When the last refresh of the schedule was due that has been started. */
  scheduledAt: z.iso.datetime().nullable()
});
export type RefreshStatus = z.infer<typeof status>;

const fileIn = (root: string) => join(root, ".ikigai", "refresh.json");

/** The last refresh's status; undefined where there was none, or where it can't be read. */
export async function readStatus(root: string): Promise<RefreshStatus | undefined> {
  try {
    return status.parse(JSON.parse(await readFile(fileIn(root), "utf8")));
  } catch {
    return undefined;
  }
}

export async function writeStatus(root: string, told: RefreshStatus): Promise<void> {
  const file = fileIn(root);
  await mkdir(dirname(file), {recursive: true});
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, JSON.stringify(told));
  await rename(aside, file);
}
