// Publishes for the gateway, after a run of a flow: into the finished site, or into the cache that a preview reads.
import {oneAtATime, previewFiles, type Publish} from "../site/index.js";
import {alone, type ProjectOptions} from "./alone.js";
import {readAndRefresh} from "./project-data.js";
import {publishProject} from "./publish.js";

/** The file that says when each other one was pulled. */
const catalog = "catalog";

// Either tells of every data file, changed or not: a page that missed a publication catches up with the next.

/**
 * Publishes into the finished site.
 * @param show lets the gateway know of a new site; it serves the one before until then
 */
export const publisher = (project: ProjectOptions, show: (folder: string) => Promise<void>): Publish =>
  oneAtATime(async (names, signal) => {
    const only = new Set([...names, catalog]);
    const {folder, files} = await publishProject({...project, signal, only, force: true});
    await show(folder);
    return files;
  });

/** Publishes for Framework's preview, which serves what lies in its cache. */
export const previewPublisher = (project: ProjectOptions): Publish =>
  oneAtATime((names, signal) =>
    alone({...project, signal}, async (ahead) => {
      const options = {...project, ahead, signal, only: new Set([...names, catalog]), force: true};
      const {read, close, files} = await readAndRefresh("preview", options, () => {});
      await close();
      return previewFiles(read.project, files);
    })
  );
