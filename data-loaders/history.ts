// The contents that a dataset's entry has had: a folder with a Parquet file for each, and an index that says which of them count.
import {constants} from "node:fs";
import {copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {withContext} from "./error.js";
import {haveSameRows, rowsIn} from "./kept-rows.js";
import {sha256Of} from "./manifest.js";

const edition = z.object({
  /** The file's name without extension: a number that goes up, and when it was pulled. */
  id: z.string().regex(/^\d{6,}-[\dTZ.-]+$/),
  pulledAt: z.iso.datetime(),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.hex().length(64),
  /** What it was pulled from: the entry's app, dataset and sql. */
  source: z.record(z.string(), z.unknown())
});
const index = z.object({version: z.literal(1), editions: z.array(edition)});

/** A content that is kept. */
export interface Edition extends z.infer<typeof edition> {
  path: string;
}

export interface EditionOptions {
  /** The folder of an account's histories. */
  folder: string;
  /** The entry. */
  key: string;
  /** How many contents are kept. */
  keep: number;
  /** The new content, a file somewhere else. */
  parquet: string;
  pulledAt: Date;
  source: Record<string, unknown>;
}

export interface Kept {
  /** All that are kept, oldest first. */
  editions: Edition[];
  /** Whether the content is another than the newest was. */
  isNew: boolean;
  /** A sentence for each file that was broken and is set aside. */
  warnings: string[];
}

/**
 * Adds a content, unless the newest that is kept has the same rows, in whatever order, and the same columns. It counts once the index
 * says so, and only then the oldest beyond `keep` are removed: a kill in between leaves the contents before, or those after.
 * @throws LoadError naming the folder when it can't be read or written
 */
export function addEdition(options: EditionOptions): Promise<Kept> {
  const {folder, key, keep, parquet, pulledAt, source} = options;
  const place = join(folder, key);
  return withContext(`can't keep the content in ${place}`, async () => {
    await mkdir(place, {recursive: true});
    const {editions, warnings, isWhole} = await readHistory(place);
    const newest = editions.at(-1);
    const isNew = !newest || !(await isSameContent(newest, parquet));
    if (isNew) editions.push(await store(place, parquet, {pulledAt, source, after: newest}));
    const kept = editions.slice(-keep);
    if (isNew || !isWhole || kept.length < editions.length) await writeIndex(place, kept);
    await removeOthers(place, kept);
    return {editions: kept, isNew, warnings};
  });
}

/** What is kept with a new content, as the history would be once it is added; and what adds it. */
export interface PlannedContent {
  /** Oldest first; the newest may still be the file that was given. */
  contents: Pick<Edition, "path" | "pulledAt">[];
  /** A sentence for each file that was broken and is set aside. */
  warnings: string[];
  add: () => Promise<void>;
}

/** Looks what a content would make of the history, and adds nothing: the caller may still drop it. */
export function planContent(options: EditionOptions): Promise<PlannedContent> {
  const {folder, key, keep, parquet, pulledAt} = options;
  const place = join(folder, key);
  return withContext(`can't keep the content in ${place}`, async () => {
    await mkdir(place, {recursive: true});
    const {editions, warnings} = await readHistory(place);
    const newest = editions.at(-1);
    const isNew = !newest || !(await isSameContent(newest, parquet));
    const all = [...editions, ...(isNew ? [{path: parquet, pulledAt: pulledAt.toISOString()}] : [])];
    return {
      contents: all.slice(-keep),
      warnings,
      add: async () => void (await addEdition(options))
    };
  });
}

interface History {
  editions: Edition[];
  warnings: string[];
  /** Whether the index says what is there. */
  isWhole: boolean;
}

const indexFile = "index.json";
const broken = ".broken";

/** What a history's folder has. What is broken is set aside; without an index that can be read the files speak for themselves. */
async function readHistory(place: string): Promise<History> {
  const warnings: string[] = [];
  const setAside = async (name: string, why: string) => {
    const path = join(place, name);
    await rename(path, `${path}${broken}`).catch(() => {});
    warnings.push(`${path} ${why}; it is set aside as ${name}${broken}, and the others are used`);
  };
  const listed = await readIndex(place).catch(async (error: unknown) => {
    await setAside(indexFile, `can't be read (${(error as Error).message.split("\n")[0]})`);
    return undefined;
  });
  const editions: Edition[] = [];
  for (const one of listed ?? (await found(place))) {
    const path = join(place, `${one.id}.parquet`);
    const isSound = await check(path, one).catch(() => undefined);
    if (isSound) editions.push({...isSound, path});
    else await setAside(`${one.id}.parquet`, "is broken or missing");
  }
  return {editions, warnings, isWhole: listed !== undefined && editions.length === listed.length};
}

/** What the index says; undefined where there is none yet. */
async function readIndex(place: string): Promise<z.infer<typeof edition>[] | undefined> {
  let text: string;
  try {
    text = await readFile(join(place, indexFile), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return index.parse(JSON.parse(text)).editions;
}

type Named = Pick<Edition, "id" | "pulledAt"> & Partial<Edition>;

/** The contents whose files are there, as far as their names say. */
async function found(place: string): Promise<Named[]> {
  const names = (await readdir(place)).sort();
  return names.flatMap((name) => {
    const [, id, day, time] = /^(\d{6,}-(\d{4}-\d\d-\d\d)T([\d-]+\.\d{3}Z))\.parquet$/.exec(name) ?? [];
    return id ? [{id, pulledAt: `${day}T${time!.replaceAll("-", ":")}`}] : [];
  });
}

/** What is known of a content whose file is as it should be; undefined where it isn't. */
async function check(path: string, known: Named): Promise<Omit<Edition, "path"> | undefined> {
  const {size: bytes} = await stat(path);
  if (known.bytes !== undefined && known.bytes !== bytes) return undefined;
  const sha256 = await sha256Of(path);
  if (known.sha256 !== undefined && known.sha256 !== sha256) return undefined;
  const rows = known.rows ?? (await rowsIn(path));
  return {id: known.id, pulledAt: known.pulledAt, rows, bytes, sha256, source: known.source ?? {}};
}

/** The same file has the same rows; another one may, too, as DuckDB need not write the same rows as the same bytes. */
async function isSameContent(newest: Edition, parquet: string): Promise<boolean> {
  return newest.sha256 === (await sha256Of(parquet)) || (await haveSameRows(newest.path, parquet));
}

/** Copies a content into its place, whole or not at all. */
async function store(
  place: string,
  parquet: string,
  {pulledAt, source, after}: Pick<EditionOptions, "pulledAt" | "source"> & {after: Edition | undefined}
): Promise<Edition> {
  // The order is that of the numbers: a clock may be set back.
  const number = Number(after?.id.split("-")[0] ?? 0) + 1;
  const time = pulledAt.toISOString();
  const id = `${String(number).padStart(6, "0")}-${time.replaceAll(":", "-")}`;
  const path = join(place, `${id}.parquet`);
  await placeWhole(path, (part) => copyFile(parquet, part, constants.COPYFILE_FICLONE));
  const {size: bytes} = await stat(path);
  return {id, path, pulledAt: time, rows: await rowsIn(path), bytes, sha256: await sha256Of(path), source};
}

const writeIndex = (place: string, editions: readonly Edition[]) =>
  placeWhole(join(place, indexFile), (part) => {
    const listed: z.infer<typeof index> = {
      version: 1,
      editions: editions.map(({path: _path, ...one}) => one)
    };
    return writeFile(part, JSON.stringify(listed, null, 1));
  });

const unfinished = ".part";

/** Writes a file beside its place, and moves it there once it is on the disk. */
async function placeWhole(path: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}${unfinished}`;
  try {
    await write(part);
    await sync(part);
    await rename(part, path);
    // Windows can't open a folder, and keeps names by itself.
    if (process.platform !== "win32") await sync(join(path, ".."));
  } catch (error) {
    await rm(part, {force: true});
    throw error;
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes the contents that no longer count, and what a kill left of those that never did. */
async function removeOthers(place: string, kept: readonly Edition[]): Promise<void> {
  const names = new Set(kept.map(({id}) => `${id}.parquet`));
  for (const name of await readdir(place)) {
    const isOther = name.endsWith(".parquet") && !names.has(name);
    if (isOther || name.endsWith(unfinished)) await rm(join(place, name), {force: true});
  }
}
