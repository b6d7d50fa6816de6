// `ikigai-kit publish`, `rollback` and `editions`: the site's editions.
import {publishAndTell} from "../publishing/index.js";
import {listEditions, readFolders, rollback as rollBack} from "../site/index.js";
import {bytes} from "../terminal/index.js";
import {withLocal, type LocalChoice} from "./local.js";
import {drawPictures} from "./pictures.js";
import {jsonLines, lines, printJson, quiet, seconds} from "./reporters.js";

export interface PublishCommand extends LocalChoice {
  keep?: number;
  only: string[];
  force?: boolean;
  rebuild?: boolean;
  acceptLoss?: boolean;
  compress: boolean;
  json?: boolean;
  quiet?: boolean;
  signal: AbortSignal;
}

/** Exit codes: 0 published or up to date, 3 so with stale data, 1 not published. */
export async function publish(options: PublishCommand): Promise<void> {
  const {keep, only, force, rebuild, acceptLoss, compress, json = false, signal} = options;
  const began = performance.now();
  const reporter = json ? jsonLines() : options.quiet ? quiet() : lines();
  await withLocal(options, async (env) => {
    const {edition, isNew, refreshed} = await publishAndTell({
      root: process.cwd(),
      env,
      reporter,
      signal,
      only: only.length > 0 ? new Set(only) : undefined,
      keep,
      force,
      rebuild,
      acceptLoss,
      compress,
      draw: drawPictures
    });
    const {pulled, stale} = refreshed;
    if (json) {
      const names = pulled.map(({file}) => file);
      printJson({type: "summary", edition: edition.id, isNew, pulled: names, stale, seconds: seconds(began)});
    } else if (isNew) process.stdout.write(`published ${edition.id}\n`);
    else if (!options.quiet) process.stdout.write(`up to date (${edition.id})\n`);
    if (stale.length > 0) process.exitCode = 3;
  });
}

/** Prints the editions, newest first. */
export async function editions({json = false}: {json?: boolean}): Promise<void> {
  const root = process.cwd();
  const {output: site} = await readFolders({root});
  const found = await listEditions({root, site});
  if (json) {
    for (const {id, createdAt, current, files} of found)
      printJson({id, createdAt, current, files: Object.keys(files).length, bytes: sizeOf(files)});
    return;
  }
  if (found.length === 0) process.stdout.write("There are no editions yet: ikigai-kit publish makes one.\n");
  for (const {id, createdAt, current, files} of found) {
    const when = new Date(createdAt).toLocaleString("en-GB", {timeZone: "UTC"});
    process.stdout.write(
      `${current ? "*" : " "} ${id}  ${when} UTC  ${Object.keys(files).length} files, ${bytes(sizeOf(files))}\n`
    );
  }
}

const sizeOf = (files: Record<string, {size: number}>) =>
  Object.values(files).reduce((sum, {size}) => sum + size, 0);

/** Puts an edition that is kept in place. */
export async function rollback(id: string | undefined, {signal}: {signal: AbortSignal}): Promise<void> {
  const root = process.cwd();
  const {output: site} = await readFolders({root});
  const edition = await rollBack({
    root,
    site,
    id,
    signal,
    onWait: (message) => void process.stderr.write(`… ${message}\n`)
  });
  process.stdout.write(`${site} is edition ${edition.id} again\n`);
}
