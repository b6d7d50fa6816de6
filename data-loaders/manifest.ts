// Remembers of each pulled file in a cache whose it is and what it was made from.
import {readFile, stat} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import type {Ikigai} from "../lib/client/index.js";
import type {FileSource} from "../lib/config/index.js";

const file = z.object({
  /** The entry of the config, with its app. */
  source: z.record(z.string(), z.unknown()),
  rows: z.int(),
  bytes: z.int(),
  /** When it was written, in milliseconds of Unix time: with the size it tells whether it is still that file. */
  writtenAt: z.number(),
  pulledAt: z.string()
});

const manifest = z.object({
  account: z.object({baseUrl: z.string(), userEmail: z.string()}),
  files: z.record(z.string(), file)
});

/** Whose files a cache holds, and each file by its path there. */
export type Manifest = z.infer<typeof manifest>;
export type ManifestFile = z.infer<typeof file>;

/** The account that a client asks with, as a manifest has it; the key is no part of it. */
export const accountOf = ({baseUrl, userEmail}: Ikigai): Manifest["account"] => ({baseUrl, userEmail});

/** Where a cache keeps it: a name that Framework never asks for. */
export const manifestFile = "_ikigai.json";

/**
 * The manifest of a cache for an account. It has no files where there is none yet, where it can't be read, and where it is another
 * account's, whose files are not to be used.
 */
export async function readManifest(cache: string, account: Manifest["account"]): Promise<Manifest> {
  const nothing = {account, files: {}};
  try {
    const found = manifest.parse(JSON.parse(await readFile(join(cache, manifestFile), "utf8")));
    return isSame(found.account, account) ? found : nothing;
  } catch {
    return nothing; // whatever it can't vouch for is pulled again
  }
}

/** Whether a file of a cache is the one that the manifest knows, made from what the config says now. */
export async function isKnown(
  cache: string,
  path: string,
  known: ManifestFile | undefined,
  source: FileSource
): Promise<boolean> {
  if (!known || !isSame(known.source, source)) return false;
  const found = await stat(join(cache, path)).catch(() => undefined);
  return found?.size === known.bytes && found.mtimeMs === known.writtenAt;
}

/** Whether two plain objects are the same, in whatever order their keys stand. */
const isSame = (a: object, b: object) => sorted(a) === sorted(b);

const sorted = (object: object) =>
  JSON.stringify(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
