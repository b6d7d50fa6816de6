// Brings the files of a site into Framework's cache, and sees to it that nothing of this kit's is there besides.
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {basename} from "node:path/posix";
import type {FileSource} from "../lib/config/index.js";
import {LoadError} from "./error.js";
import {fileRequest} from "./file-request.js";
import {accountOf, isKnown, manifestFile, readManifest, type Manifest} from "./manifest.js";
import {pullWith, type PulledFile, type PullOptions} from "./pull.js";

export interface FillOptions extends Omit<PullOptions, "files" | "into"> {
  /** Framework's cache. */
  cache: string;
  /** The files that the site needs, by their paths there, and the pages that name each. */
  files: readonly {path: string; pages: readonly string[]}[];
  /** The files there that loaders of this kit have made, whoever asked for them. */
  present: readonly string[];
  /** Names without extension of the files to pull; those besides are left as they are known to be. All are pulled if left out. */
  only?: ReadonlySet<string>;
  /** Whether files that the config doesn't give are warned of and left out, rather than an error. */
  isLenient?: boolean;
}

export interface FilledCache {
  pulled: PulledFile[];
  /** Paths of the files that were left out. */
  skipped: string[];
}

/**
 * Pulls what the site needs. Afterwards the cache has each of its files, pulled just now or known to be this account's and
 * as the config says, and no other file of this kit's. After an error it is as it was.
 */
export async function fillCache(options: FillOptions): Promise<FilledCache> {
  const {cache, client, present, only, isLenient, onWarning} = options;
  const account = accountOf(client);
  const {files: known} = await readManifest(cache, account);
  const {sources, faults} = findSources(options);
  if (faults.length > 0 && !isLenient) throw new LoadError(faults.join("\n"));
  faults.forEach((fault) => onWarning?.(fault));
  const kept: Manifest["files"] = {};
  for (const [path, source] of sources) {
    if (only && !only.has(nameOf(path)) && (await isKnown(cache, path, known[path], source)))
      kept[path] = known[path]!;
  }
  const pulled = await pullWith(
    {...options, files: [...sources.keys()].filter((path) => !kept[path]), into: cache},
    async (delivery, staged) => {
      const pulledAt = new Date().toISOString();
      const files = {...kept};
      for (const {file, rows, bytes, writtenAt} of staged)
        files[file] = {source: {...sources.get(file)!}, rows, bytes, writtenAt, pulledAt};
      const manifest: Manifest = {account, files};
      await delivery.write(manifestFile, JSON.stringify(manifest, null, 2));
    }
  );
  for (const path of new Set([...present, ...Object.keys(known)]))
    if (!sources.has(path)) await rm(join(cache, path), {force: true});
  return {pulled, skipped: options.files.map(({path}) => path).filter((path) => !sources.has(path))};
}

const nameOf = (path: string) => basename(path).replace(/\.\w+$/, "");

/** The entry of the config that each file is made from, and a sentence for each file that has none. */
function findSources({files, config}: FillOptions): {sources: Map<string, FileSource>; faults: string[]} {
  const sources = new Map<string, FileSource>();
  const faults: string[] = [];
  for (const {path, pages} of files) {
    try {
      const {file: _file, name: _name, format: _format, ...source} = fileRequest(basename(path), config);
      sources.set(path, source);
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      faults.push(`${pages[0]}: ${error.message}`);
    }
  }
  return {sources, faults};
}
