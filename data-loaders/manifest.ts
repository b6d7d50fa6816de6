// Remembers of each pulled file in a cache whose it is, what it was made from, and what the platform said of that.
import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {readFile, rename, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {pipeline} from "node:stream/promises";
import {z} from "zod";
import type {Ikigai} from "../lib/client/index.js";
import type {FileSource} from "../lib/config/index.js";

const file = z.object({
  /** The entry of the config, with its app. */
  source: z.record(z.string(), z.unknown()),
  /** The version of this kit that made it. */
  kit: z.string(),
  /** SHA-256 of its loader's code, where there is a loader. */
  loader: z.string().optional(),
  /** What the platform said of the source when the file was pulled. */
  state: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  rows: z.int(),
  /** Each column's type in DuckDB; nothing for JSON that is no table. */
  columns: z.record(z.string(), z.string()),
  bytes: z.int(),
  sha256: z.hex().length(64),
  /** When it was written, in milliseconds of Unix time: with the size it tells whether it is still that file. */
  writtenAt: z.number(),
  pulledAt: z.iso.datetime(),
  /** When new data from the platform last made it another file, and how many rows it had before; nothing as long as it is the first. */
  changed: z.object({at: z.iso.datetime(), rowsBefore: z.int()}).optional(),
  /** Since when its source can't be pulled, so that this is the last good data; and why. */
  stale: z.object({since: z.iso.datetime(), message: z.string()}).optional(),
  /** Whether it wasn't fit to be published: then it is pulled again, since it may not be what the platform has. */
  refused: z.literal(true).optional()
});

const manifest = z.object({
  account: z.object({baseUrl: z.string(), userEmail: z.string()}),
  /** When the platform was last asked about all of them. */
  checkedAt: z.iso.datetime().optional(),
  files: z.record(z.string(), file),
  /** Of entries that no page needs, but the catalog lists: what was last known, and since when they can't be asked. */
  others: z.record(z.string(), z.object({state: file.shape.state, stale: file.shape.stale})).optional()
});

/** Whose files a cache holds, and each file by its path there. */
export type Manifest = z.infer<typeof manifest>;
export type ManifestFile = z.infer<typeof file>;

/** The account that a client asks with, as a manifest has it; the key is no part of it. */
export const accountOf = ({baseUrl, userEmail}: Ikigai): Manifest["account"] => ({baseUrl, userEmail});

/** How an account is called where people read it, and to tell it from others. */
export const accountName = ({baseUrl, userEmail}: Manifest["account"]): string =>
  `${userEmail} at ${baseUrl}`;

/** Where a cache keeps it: a name that Framework never asks for. */
export const manifestFile = "_ikigai.json";

/**
 * The manifest of a cache for an account. It has no files where there is none yet, where it can't be read, and where it is another
 * account's, whose files are not to be used.
 */
export async function readManifest(cache: string, account: Manifest["account"]): Promise<Manifest> {
  const found = await anyManifest(cache);
  return found && isSame(found.account, account) ? found : {account, files: {}};
}

/** The manifest of a cache, whosever it is; undefined where there is none that can be read: what it doesn't have is pulled again. */
export async function anyManifest(cache: string): Promise<Manifest | undefined> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(cache, manifestFile), "utf8")));
  } catch {
    return undefined;
  }
}

/** Notes of files in a cache that they weren't fit to be published. */
export async function refuseFiles(cache: string, paths: readonly string[]): Promise<void> {
  const found = await anyManifest(cache);
  const known = paths.flatMap((path) => found?.files[path] ?? []);
  if (!found || known.length === 0) return;
  for (const file of known) file.refused = true;
  const aside = join(cache, `${manifestFile}.${process.pid}`);
  await writeFile(aside, manifestText(found));
  await rename(aside, join(cache, manifestFile));
}

export const manifestText = (manifest: Manifest): string => JSON.stringify(manifest, null, 1);

/** Whether a file of a cache is the one that the manifest knows. One with another time, as after a copy, is read to find out. */
export async function isIntact(cache: string, path: string, known: ManifestFile): Promise<boolean> {
  const place = join(cache, path);
  const found = await stat(place).catch(() => undefined);
  if (!found?.isFile() || found.size !== known.bytes) return false;
  return found.mtimeMs === known.writtenAt || (await sha256Of(place)) === known.sha256;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Whether two entries of a config, or two states of a source, are the same, in whatever order their keys stand. */
export const isSame = (a: FileSource | object, b: FileSource | object): boolean => sorted(a) === sorted(b);

const sorted = (object: object) =>
  JSON.stringify(
    Object.entries(object)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
  );
