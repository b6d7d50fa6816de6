// A data file that is replaced by its new edition as soon as one is published, so that cells that use it run again.
import type {Publication} from "../gateway-api/index.js";
import {listen} from "./events.js";
import {latest} from "./latest.js";
import {followHere, newerEdition, noteSwapped} from "./published.js";

/** What this needs of Framework's `FileAttachment`. */
export interface FreshFile {
  /** Where the file is. */
  readonly href: string;
}

/**
 * A file now, and a new edition of it whenever one is published: a generator, which as a cell's value runs the cells that use
 * it again.
 *
 * ```js
 * const latest = trigger.fresh(FileAttachment("data/employment-latest.arrow"));
 * ```
 *
 * In another cell `latest.arrow()` is the newest data. Without a gateway it is the file that the site was built with.
 */
export function fresh<File extends FreshFile>(file: File): AsyncGenerator<File, void, undefined> {
  return latest(({next}) => {
    let shown = file;
    const swap = (publication: Publication) => {
      const href = newerEdition(shown.href, publication);
      if (href === undefined) return;
      next((shown = edition(file, href, publication.at)));
    };
    next(file);
    followHere();
    const forget = noteSwapped(file.href);
    const stop = listen({hello: ({publication}) => publication && swap(publication), publication: swap});
    return () => {
      stop();
      forget();
    };
  });
}

/** The same attachment at another URL: Framework gives no way to make one, and knows each name once. */
const edition = <File extends FreshFile>(file: File, href: string, at: string): File =>
  Object.create(file, {
    href: {value: href},
    lastModified: {value: Date.parse(at), enumerable: true}
  }) as File;
