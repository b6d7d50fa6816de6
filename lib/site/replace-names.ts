// Rewrites what a built page or module names of other files, where those have got new names.
import {dirname, join} from "node:path/posix";
import type {FileState} from "./build-plan.js";

/** A file that pages attach, before and after. */
export interface NewFile {
  /** From the site's folder: `_file/data/x.3ae5f1c2.csv`. */
  from: string;
  to: string;
  before: FileState & {size: number};
  after: FileState & {size: number};
}

/** Something stands in a page or module otherwise than Framework writes it. */
export class UnknownText extends Error {}

/** Names that are written alike in JavaScript and HTML, except for what encodeURI does. */
export const isPlainName = (name: string): boolean => !/["'`&<>\\\p{Cc}\u2028\u2029]/u.test(name);

/**
 * Makes a function that rewrites the text of a page or module and tells which files it has rewritten, by their old names. It throws
 * an UnknownText where an old name stands in a way that isn't known.
 * @param modules the new names of modules by their old ones: `_import/x.3ae5f1c2.js`
 */
export function renamer(files: readonly NewFile[], modules: ReadonlyMap<string, string>) {
  const byName = new Map<string, NewFile>();
  for (const file of files) for (const form of forms(file.from)) byName.set(form, file);
  const imported = new Map<string, string>();
  for (const [from, to] of modules) {
    const [fromForms, toForms] = [forms(from), forms(to)];
    fromForms.forEach((form, i) => imported.set(form, toForms[i]!));
  }
  const attached = byName.size > 0 && new RegExp(`/(${alternatives(byName.keys())})${registered}`, "g");
  const left = [...byName].filter(([, {from, to}]) => from !== to).map(([form]) => form);
  // A module may be named from its own folder.
  const gone = new Set([...left, ...Array.from(imported.keys(), base)]);
  const isLeft = gone.size > 0 && new RegExp(alternatives(gone));

  /** @param name of the page or module in the site: what it names is relative to it */
  return (name: string, text: string): {text: string; files: Set<string>} => {
    const found = new Set<string>();
    let renamed = text;
    if (attached) {
      renamed = renamed.replace(
        attached,
        (_, form: string, between?: string, lastModified?: string, size?: string) => {
          const file = byName.get(form)!;
          found.add(file.from);
          const to = `/${form === file.from ? file.to : encodeURI(file.to)}`;
          if (between === undefined) return to;
          const {before, after} = file;
          if (lastModified !== String(before.mtimeMs) || size !== String(before.size)) {
            throw new UnknownText(
              `${name} has ${file.from} with size ${size} and time ${lastModified}, not ${before.size} and ${before.mtimeMs}`
            );
          }
          return `${to}${between}"lastModified":${after.mtimeMs},"size":${after.size}`;
        }
      );
    }
    if (imported.size > 0) {
      renamed = renamed.replace(importing, (whole: string, quote: string, path: string) => {
        const target = join(dirname(name), path);
        const to = imported.get(target);
        // Only the hash differs, so the way to it is the same.
        return to === undefined ? whole : `${quote}${path.slice(0, -base(target).length)}${base(to)}`;
      });
    }
    const rest = isLeft && isLeft.exec(renamed);
    if (rest) throw new UnknownText(`${name} has ${rest[0]} where it isn't expected`);
    return {text: renamed, files: found};
  };
}

/** What follows a name where Framework registers a file with its time and size. */
const registered = String.raw`(?:("(?:/\* observablehq-file \*/)?,)"lastModified":(\d+),"size":(\d+))?`;
/** A relative path to a module, in JavaScript and in attributes. */
const importing = /(["'])(\.{1,2}\/[^"'\\\n]*\.[0-9a-f]{8}\.js)(?=["'])/g;

/** As it stands in JavaScript, and in attributes. */
const forms = (name: string): string[] => [name, encodeURI(name)];

const base = (name: string) => name.slice(name.lastIndexOf("/") + 1);

const alternatives = (texts: Iterable<string>) =>
  [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("|");
