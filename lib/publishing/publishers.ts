// Publishes for the gateway, after a run of a flow: into the finished site, or into the cache that a preview reads.
import {basename, extname} from "node:path/posix";
import type {Refreshed} from "../../data-loaders/refresh.js";
import {oneAtATime, previewFiles, type Publish} from "../site/index.js";
import {alone, type ProjectOptions} from "./alone.js";
import {readAndRefresh} from "./project-data.js";
import {publishProject} from "./publish.js";

/** The file that says when each other one was pulled. */
const catalog = "catalog";

// Either reports every data file, changed or not: a page that missed a publication catches up with the next. Either rejects where what the
// run has written can't be pulled, though the site goes on with its last good data: the user who started the run is told.

/**
 * Publishes into the finished site.
 * @param show lets the gateway know of a new site; it serves the one before until then
 */
export const publisher = (project: ProjectOptions, show: (folder: string) => Promise<void>): Publish =>
  oneAtATime(async (names, signal) => {
    const only = new Set([...names, catalog]);
    const {folder, files, refreshed} = await publishProject({...project, signal, only, force: true});
    await show(folder);
    requirePulled(refreshed, names);
    return files;
  });

/** Publishes for Framework's preview, which serves what lies in its cache. */
export const previewPublisher = (project: ProjectOptions): Publish =>
  oneAtATime((names, signal) =>
    alone({...project, signal}, async (ahead) => {
      const only = new Set([...names, catalog]);
      const options = {...project, ahead, signal, only, force: true, keepStale: true};
      const {read, close, files, refreshed} = await readAndRefresh("preview", options, () => {});
      await close();
      requirePulled(refreshed, names);
      return previewFiles(read.project, files);
    })
  );

/** Throws an Error that lists the files of these names that couldn't be pulled. */
function requirePulled({stale, skipped}: Refreshed, names: readonly string[]): void {
  const failed = [...stale, ...skipped].filter(({file}) => names.includes(basename(file, extname(file))));
  if (failed.length > 0) throw new Error([...new Set(failed.map(({message}) => message))].join("\n"));
}
