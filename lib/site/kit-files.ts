// Which of a project's files come from Ikigai.
import {basename, extname} from "node:path/posix";
import type {NamedFile, Origin, SiteProject} from "./project.js";

/** The files that pages need and that can be pulled in the place of their loaders. */
export const kitFiles = ({files}: SiteProject): NamedFile[] =>
  files.filter(({path, loader}) => loader !== undefined && isPulled(path, loader)).sort(byPath);

/** The files that pages need and that only their own loaders can make. */
export const loaderFiles = ({files}: SiteProject): (NamedFile & {loader: Origin})[] =>
  files
    .filter((file): file is NamedFile & {loader: Origin} => file.loader !== undefined)
    .filter(({path, loader}) => !isPulled(path, loader))
    .sort(byPath);

/** The files in Framework's cache that hold data of Ikigai's, from the cache folder: a build may use none that isn't renewed. */
export const cachedKitFiles = ({cached}: SiteProject): string[] =>
  cached.filter(({loader}) => loader !== undefined && loader.kind !== "other").map(({path}) => path);

/** A loader that is nothing but `load("csv")`, where it would write what the path says. */
const isPulled = (path: string, loader: Origin): boolean =>
  loader.kind === "kit" &&
  extname(path) === `.${loader.format}` &&
  basename(path) === `${loader.params.name}.${loader.format}`;

const byPath = (a: NamedFile, b: NamedFile) => (a.path < b.path ? -1 : 1);
