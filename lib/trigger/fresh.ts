// A data file that is replaced by its new edition as soon as one is published, so that cells that use it run again.
import type {Publication} from "../gateway-api/index.js";
import {listen} from "./events.js";
import {latest} from "./latest.js";
import {followHere, newerEdition, newerEditions, noteSwapped, plainPath} from "./published.js";

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
export function fresh<File extends FreshFile>(file: File): AsyncGenerator<File, void, undefined>;
/**
 * The files of one table, such as the parts of an entry, and all of the new ones together whenever some are published. Of parts these are
 * all that the entry then has, in the order of their names: a new year is among them, and one that has gone isn't.
 */
export function fresh<File extends FreshFile>(
  files: readonly File[]
): AsyncGenerator<File[], void, undefined>;
export function fresh(
  given: FreshFile | readonly FreshFile[]
): AsyncGenerator<FreshFile | FreshFile[], void, undefined> {
  if ("href" in given)
    return following(
      [given],
      ([file]) => file!,
      ([href], publication) => {
        const newest = newerEdition(href!, publication);
        return newest === undefined ? undefined : [newest];
      }
    );
  return following(given, (files) => [...files], newerEditions);
}

/** @param find gives where the newest editions are, if that is elsewhere */
function following<File extends FreshFile, Value>(
  files: readonly File[],
  valueOf: (files: readonly File[]) => Value,
  find: (hrefs: readonly string[], publication: Publication) => string[] | undefined
): AsyncGenerator<Value, void, undefined> {
  return latest(({next}) => {
    let shown = files;
    const swap = (publication: Publication) => {
      const hrefs = find(
        shown.map(({href}) => href),
        publication
      );
      if (!hrefs) return;
      shown = hrefs.map((href) => edition(files, href, publication.at));
      next(valueOf(shown));
    };
    next(valueOf(files));
    followHere();
    const forget = noteSwapped(files.map(({href}) => href));
    const stop = listen({hello: ({publication}) => publication && swap(publication), publication: swap});
    return () => {
      stop();
      forget();
    };
  });
}

/** An attachment at another URL: Framework gives no way to make one, and knows each name once. */
function edition<File extends FreshFile>(files: readonly File[], href: string, at: string): File {
  const name = plainPath(href).split("/").at(-1);
  const same = files.find((file) => plainPath(file.href).endsWith(`/${name}`));
  return Object.create(same ?? files[0]!, {
    ...(!same && {name: {value: name, enumerable: true}}),
    href: {value: href},
    lastModified: {value: Date.parse(at), enumerable: true}
  }) as File;
}
