// What an edition is on the disk: a folder with a whole built site and `edition.json`, which describes it.
import {readFile, readdir, rename, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import * as z from "zod";
import {ownFolder} from "./own-folder.js";

/** A built site that was published, and is kept. */
const edition = z.object({
  /** When it was published, in UTC to the second, such as `20260801T060000Z`. Later editions have greater ids, whatever the clock says. */
  id: z.string().regex(/^\d{8}T\d{6}Z$/),
  createdAt: z.iso.datetime(),
  /** What the publisher says about it, such as the age of its data. */
  about: z.record(z.string(), z.unknown()),
  /**
   * The files that were built for it and their compressed siblings, by name relative to the site, with slashes. Files of editions
   * before, which lie in its folder for pages that are still open, aren't among them.
   */
  files: z.record(z.string(), z.object({size: z.int().min(0), sha256: z.hex().length(64)}))
});
export interface Edition extends z.output<typeof edition> {}

/** Which site's editions. */
export interface EditionsOf {
  /** The project's folder; editions lie in its `.ikigai/editions`. */
  root: string;
  /** Where the finished site is; `dist` in the project if left out. */
  site?: string | undefined;
}

export const siteOf = ({root, site}: EditionsOf): string => site ?? join(root, "dist");
export const editionsFolder = ({root}: EditionsOf): string => ownFolder(root, "editions");
/** Where an edition's site is. */
export const editionSite = (of: EditionsOf, id: string): string => join(editionsFolder(of), id, "site");

/** All editions whose `edition.json` can be read, newest first. */
export async function readEditions(of: EditionsOf): Promise<Edition[]> {
  const folder = editionsFolder(of);
  const entries = await readdir(folder, {withFileTypes: true}).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  });
  const ids = entries.filter((entry) => entry.isDirectory() && isId(entry.name)).map(({name}) => name);
  const read = await Promise.allSettled(
    ids
      .sort()
      .reverse()
      .map((id) => readEdition(join(folder, id, "edition.json")))
  );
  return read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** Sets aside the editions that can't be read, except the one in place, and returns a sentence for each. */
export async function setBrokenAside(of: EditionsOf, inPlace: string | undefined): Promise<string[]> {
  const folder = editionsFolder(of);
  const readable = new Set((await readEditions(of)).map(({id}) => id));
  const broken = (await readdir(folder)).filter(
    (name) => isId(name) && !readable.has(name) && name !== inPlace
  );
  for (const id of broken) await rename(join(folder, id), join(folder, `broken-${id}`));
  return broken.map(
    (id) => `the edition ${id} can't be read; it is set aside as ${join(folder, `broken-${id}`)}`
  );
}

/** Throws an Error that names the file and what to do. */
export async function readEdition(file: string): Promise<Edition> {
  try {
    return edition.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Error(
      `${file} can't be read: ${why}. Remove the folder ${dirname(file)}: its site may be incomplete.`,
      {cause: error}
    );
  }
}

/** Writes `edition.json` into a folder. */
export const writeEdition = (folder: string, told: Edition): Promise<void> =>
  writeFile(join(folder, "edition.json"), `${JSON.stringify(told, null, 1)}\n`);

/** An id for now, after all that there are: where the clock was set back or the second is taken, a second after the newest. */
export function nextId(editions: readonly Pick<Edition, "id">[], now = new Date()): string {
  const newest = editions.map(({id}) => timeOf(id)).reduce((a, b) => Math.max(a, b), -Infinity);
  const time = Math.max(Math.floor(now.getTime() / 1000) * 1000, newest + 1000);
  if (time > Date.UTC(9999, 11, 31, 23, 59, 59))
    throw new Error("there is an edition of the year 9999, and no later id is possible: remove it");
  return new Date(time).toISOString().replace(/\.\d+|[-:]/g, "");
}

export const isId = (name: string): boolean => edition.shape.id.safeParse(name).success;

const timeOf = (id: string) => Date.parse(id.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
