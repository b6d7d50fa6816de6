// Puts planned files into a project's folder: what is there is never replaced.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {reasonOf, writeWhole} from "../disk/index.js";
import {mergeIgnored, mergePackage, parsePackage, type Merged} from "./merge.js";
import type {PlannedFile} from "./planned-file.js";
import {packageText, type ProjectOptions} from "./project-files.js";

/** What happens to a file: it is new, it is there already, it gets what it lacks, or it stays since it is another. */
export interface Change extends PlannedFile {
  kind: "new" | "same" | "changed" | "kept";
  /** What is added, or what stays. */
  notes: string[];
}

/** What would become of these files, and of package.json and .gitignore. */
export async function planChanges(
  root: string,
  files: readonly PlannedFile[],
  options: ProjectOptions & {replaceScripts: boolean}
): Promise<Change[]> {
  const merged = async (path: string, merge: (text: string) => Merged, fresh: string): Promise<Change> => {
    const text = await textOf(join(root, path));
    if (text === undefined) return {path, content: fresh, kind: "new", notes: []};
    const {content, added, kept} = merge(text);
    if (added.length > 0)
      return {
        path,
        content,
        kind: "changed",
        notes: [added.join(", "), ...kept.map((what) => `keeps ${what}`)]
      };
    return {path, content: text, kind: kept.length > 0 ? "kept" : "same", notes: kept};
  };
  const own = [
    await merged(
      "package.json",
      (text) => mergePackage(text, options, options.replaceScripts),
      packageText(options)
    ),
    await merged(
      ".gitignore",
      (text) => mergeIgnored(text, options.source),
      mergeIgnored("", options.source).content
    )
  ];
  return [...own, ...(await Promise.all(files.map((file) => changeOf(root, file))))];
}

/** Throws an Error where the folder's package.json can't be read, and so gets nothing. */
export async function checkPackage(root: string): Promise<void> {
  const text = await textOf(join(root, "package.json"));
  if (text !== undefined) parsePackage(text);
}

/** What would become of a file that nothing is added to. */
export async function changeOf(root: string, file: PlannedFile): Promise<Change> {
  const text = await textOf(join(root, file.path));
  const kind =
    text === undefined ? "new" : text === file.content || file.enough?.test(text) ? "same" : "kept";
  return {...file, kind, notes: []};
}

/** Writes what is new or changed. */
export async function writeChanges(root: string, changes: readonly Change[]): Promise<void> {
  for (const {path, content, kind} of changes)
    if (kind === "new" || kind === "changed") await writeWhole(join(root, path), content);
}

/** A file's text; undefined where there is none. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`can't read ${path}: ${reasonOf(error, path)}`, {cause: error});
  }
}
