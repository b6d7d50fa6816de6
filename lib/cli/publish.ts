// `ikigai-kit publish`, `rollback` and `editions`: the site's editions.
import {publishAndTell, type PublishedProject} from "../publishing/index.js";
import {listEditions, readFolders, rollback as rollBack} from "../site/index.js";
import {bytes} from "../terminal/index.js";
import {checkFolder, checkProject, checkWrites} from "./check-project.js";
import {drawPictures} from "./pictures.js";
import {jsonLines, lines, printJson, quiet, summarized} from "./reporters.js";
import {withLocal, type LocalChoice} from "./shared-local.js";

export interface PublishCommand extends LocalChoice {
  keep?: number;
  only: string[];
  force?: boolean;
  rebuild?: boolean;
  acceptLoss?: boolean;
  compress: boolean;
  /** In bytes. */
  maxFileSize?: number;
  json?: boolean;
  quiet?: boolean;
  signal: AbortSignal;
}

/** Exit codes: 0 published or up to date, 3 so with stale data, 1 not published. */
export async function publish(options: PublishCommand): Promise<void> {
  const {
    local,
    keep,
    only,
    force,
    rebuild,
    acceptLoss,
    compress,
    maxFileSize,
    json = false,
    signal
  } = options;
  const reporter = json ? jsonLines() : options.quiet ? quiet() : lines(signal);
  const work = async () => {
    let published!: PublishedProject;
    const root = process.cwd();
    const pullAndPublish = async (env: Record<string, string> | undefined) => {
      const project = {root, env, reporter, signal};
      const which = {only: only.length > 0 ? new Set(only) : undefined, force};
      const how = {keep, rebuild, acceptLoss, compress, maxFileSize, draw: drawPictures};
      published = await publishAndTell({...project, ...which, ...how});
    };
    await withLocal(options, pullAndPublish, async () => {
      await checkProject(root, only);
      await checkWrites(root, {local, isForSite: true});
    });
    if (published.refreshed.stale.length > 0) process.exitCode = 3;
    return published;
  };
  if (json) {
    const asJson = async () => {
      const {edition, isNew, refreshed} = await work();
      return {refreshed, rest: {edition: edition.id, isNew}};
    };
    return summarized(signal, asJson, {edition: null, isNew: false});
  }
  const {edition, isNew} = await work();
  if (isNew) process.stdout.write(`published ${edition.id}\n`);
  else if (!options.quiet) process.stdout.write(`up to date (${edition.id})\n`);
}

/** Prints the editions, newest first. */
export async function editions({json = false}: {json?: boolean}): Promise<void> {
  const root = process.cwd();
  await checkFolder(root);
  const {output: site} = await readFolders({root});
  const found = await listEditions({root, site});
  if (json) {
    for (const {id, createdAt, current, files} of found)
      printJson({id, createdAt, current, files: Object.keys(files).length, bytes: sizeOf(files)});
    return;
  }
  if (found.length === 0) process.stdout.write("There are no editions yet: ikigai-kit publish makes one.\n");
  for (const {id, createdAt, current, files} of found) {
    const when = new Date(createdAt).toISOString().replace("T", " ").slice(0, 19);
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
  await checkFolder(root);
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
