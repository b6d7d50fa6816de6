// What a flow has written, published: pulled again, built into a site aside, and that put in the place of the one before.
import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Publish} from "../gateway/index.js";
import {builtFiles, cacheFolder, filesIn, siteFolder} from "../site/index.js";
import {buildSite, pullData, type SiteOptions} from "./site.js";

/** The file that tells when each other one was pulled. */
const catalog = "catalog";

// Either tells of every data file, changed or not: a page that missed a publication catches up with the next.

/**
 * Publishes into the finished site.
 * @param show lets the gateway know of a new site; it serves the one before until then
 */
export const publisher = (site: SiteOptions, show: (folder: string) => Promise<void>): Publish =>
  oneAtATime(async (files, signal) => {
    await pullData({...site, signal, only: new Set([...files, catalog])});
    await buildSite({...site, signal});
    const folder = siteFolder(site.root);
    await show(folder);
    return builtFiles(folder);
  });

/** Publishes for Framework's preview, which serves what lies in its cache. */
export const previewPublisher = (site: SiteOptions): Publish =>
  oneAtATime(async (files, signal) => {
    await pullData({...site, signal, only: new Set([...files, catalog])});
    const names = await filesIn(cacheFolder(site.root));
    const entries = names.map(async (file) => {
      const content = await readFile(join(cacheFolder(site.root), file));
      const hash = createHash("sha256").update(content).digest("hex");
      return [`data/${file}`, `/_file/data/${encodeURIComponent(file)}?sha=${hash}`] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  });

/** Publishes once at a time. What is asked for meanwhile is published together, next. */
export function oneAtATime(publish: Publish): Publish {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: {files: Set<string>; signals: AbortSignal[]; result: ReturnType<Publish>} | undefined;
  return (files, signal) => {
    if (!waiting) {
      const batch = {files: new Set<string>(), signals: [] as AbortSignal[]};
      const result = last.then(() => {
        waiting = undefined;
        return publish([...batch.files], abortedAll(batch.signals));
      });
      last = result.catch(() => undefined); // whoever asked is told
      waiting = {...batch, result};
    }
    for (const file of files) waiting.files.add(file);
    waiting.signals.push(signal);
    return waiting.result;
  };
}

/** A signal that aborts when the last of these has. */
function abortedAll(signals: AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  const look = () => {
    if (signals.every(({aborted}) => aborted)) controller.abort(signals.at(-1)!.reason);
  };
  for (const signal of signals) signal.addEventListener("abort", look, {once: true});
  look();
  return controller.signal;
}
