// Brings the files of a site into Framework's cache, and sees to it that nothing of this kit's is there besides.
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {basename} from "node:path/posix";
import {fileRequest} from "./file-request.js";
import {accountOf, isKnown, manifestFile, readManifest, type Manifest} from "./manifest.js";
import {pullWith, type PulledFile, type PullOptions} from "./pull.js";

export interface FillOptions extends Omit<PullOptions, "files" | "into"> {
  /** Framework's cache. */
  cache: string;
  /** The files that the site needs, by their paths there. */
  files: readonly string[];
  /** The files there that loaders of this kit have made, whoever asked for them. */
  present: readonly string[];
  /** Names without extension of the files to pull; those besides are left as they are known to be. All are pulled if left out. */
  only?: ReadonlySet<string>;
}

/**
 * Pulls what the site needs. Afterwards the cache has each of its files, pulled just now or known to be this account's and
 * as the config says, and no other file of this kit's. After an error it is as it was.
 */
export async function fillCache(options: FillOptions): Promise<PulledFile[]> {
  const {cache, config, client, files, present, only} = options;
  const account = accountOf(client);
  const {files: known} = await readManifest(cache, account);
  const sources = new Map(files.map((path) => [path, sourceOf(path, config)]));
  const kept: Manifest["files"] = {};
  for (const [path, source] of sources) {
    if (only && !only.has(nameOf(path)) && (await isKnown(cache, path, known[path], source)))
      kept[path] = known[path]!;
  }
  const pulled = await pullWith(
    {...options, files: files.filter((path) => !kept[path]), into: cache},
    async (delivery, staged) => {
      const pulledAt = new Date().toISOString();
      const files = {...kept};
      for (const {file, rows, bytes, writtenAt} of staged)
        files[file] = {source: sources.get(file)!, rows, bytes, writtenAt, pulledAt};
      const manifest: Manifest = {account, files};
      await delivery.write(manifestFile, JSON.stringify(manifest, null, 2));
    }
  );
  const needed = new Set(files);
  for (const path of new Set([...present, ...Object.keys(known)]))
    if (!needed.has(path)) await rm(join(cache, path), {force: true});
  return pulled;
}

const nameOf = (path: string) => basename(path).replace(/\.\w+$/, "");

/** The entry of the config that a file is made from, without what belongs to the file alone. */
function sourceOf(path: string, config: FillOptions["config"]) {
  const {file: _file, name: _name, format: _format, ...source} = fileRequest(basename(path), config);
  return source;
}
