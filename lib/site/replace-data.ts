// Makes of a finished site another one with newer data, which is what Framework's build would have made, without Framework: unchanged
// files are linked, data files get the names of their new content, and the pages and modules that name them are rewritten.
import {constants} from "node:fs";
import {copyFile, mkdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {attachedName, moduleNames, plannedFiles, type Output} from "./build-plan.js";
import {builtFromOf, fileOf, fileState, type BuiltFrom, type FileMade} from "./built-from.js";
import {editionSite, type Edition, type EditionsOf} from "./edition.js";
import type {SiteProject} from "./project.js";
import {isPlainName, renamer, UnknownText, type NewFile} from "./replace-names.js";
import {checksum, forEach, isUntouched, linkOrCopy} from "./site-files.js";

/** Why Framework must build the site. */
export interface Refused {
  refused: string;
}

/** Which data files are others than those that an edition was built from. */
export interface ChangedData {
  /** Their paths from the source root. */
  changed: string[];
  /** What a site of the files as they are now is built from, for its `about`. */
  builtFrom: BuiltFrom;
}

type Project = Pick<SiteProject, "source" | "plan">;

/**
 * Looks whether nothing but data has changed since an edition was built: then its changed files can be replaced, or, where there are
 * none, the edition is what a build would make now. Files that are untouched since then aren't read.
 * @param key the project's, from `readProject`
 */
export async function changedData(
  {about}: Pick<Edition, "about">,
  {source, plan}: Project,
  key: string | undefined
): Promise<ChangedData | Refused> {
  const before = builtFromOf(about);
  if (!before) return {refused: "the edition doesn't say what it was built from"};
  if (key === undefined || key !== before.key) {
    return {
      refused:
        "pages, config, packages or something else than data may have changed since the edition was built"
    };
  }
  if (plan.unsure !== undefined) return {refused: plan.unsure};
  const now: BuiltFrom["files"] = {};
  const changed: string[] = [];
  const gone: string[] = [];
  await forEach([...plannedFiles(plan)].sort(), async (path) => {
    const known = before.files[path];
    const made = await fileState(source, path, known);
    if (made) now[path] = made;
    if (!made !== !known) gone.push(path);
    else if (made && known && !isSame(made, known)) changed.push(path);
  });
  if (gone.length > 0)
    return {
      refused: `${gone.sort()[0]} is there now and wasn't when the edition was built, or the other way`
    };
  return {changed: changed.sort(), builtFrom: {key, files: now}};
}

const isSame = (one: FileMade, other: FileMade) =>
  one.sha256 === other.sha256 && one.size === other.size && one.mtimeMs === other.mtimeMs;

export interface ReplaceOptions {
  of: EditionsOf;
  /** The edition that is built on. */
  edition: Edition;
  project: Project;
  /** The project's, from `readProject`. */
  key: string | undefined;
  /** The folder to make, which isn't there. */
  into: string;
}

/**
 * Makes a site of an edition's and of the data files that have changed since, and says which. It is what Framework's build would make,
 * byte for byte, and has no compressed siblings. Where it isn't certain of that, it makes nothing and says why.
 */
export async function replaceData(options: ReplaceOptions): Promise<ChangedData | Refused> {
  const {of, edition, project, key, into} = options;
  const data = await changedData(edition, project, key);
  if ("refused" in data) return data;
  await mkdir(dirname(into), {recursive: true});
  await mkdir(into);
  try {
    const site = new NewSite(editionSite(of, edition.id), edition, project, data);
    await site.writeTo(into);
    return data;
  } catch (error) {
    await rm(into, {recursive: true, force: true});
    if (error instanceof UnknownText) return {refused: error.message};
    throw error;
  }
}

class NewSite {
  readonly #before: BuiltFrom["files"];
  readonly #after: BuiltFrom["files"];
  /** By their names before. */
  readonly #attached = new Map<string, NewFile & {path: string}>();
  readonly #copied: ReadonlySet<string>;
  readonly #modules = new Map<string, string>();

  constructor(
    private readonly from: string,
    private readonly edition: Edition,
    private readonly project: Project,
    {changed, builtFrom}: ChangedData
  ) {
    const {plan} = project;
    this.#before = builtFromOf(edition.about)!.files;
    this.#after = builtFrom.files;
    const copies = new Set(plan.outputs.filter(({kind}) => kind === "file").map(({name}) => name));
    this.#copied = new Set(changed.filter((path) => copies.has(path)));
    const attached = new Set(plan.outputs.flatMap(({files}) => files));
    for (const path of changed.filter((path) => attached.has(path))) {
      const [before, after] = [this.#before[path]!, this.#after[path]!];
      const from = attachedName(path, before);
      this.#attached.set(from, {path, from, to: attachedName(path, after), before, after});
    }
    const nothing = {sha256: "", mtimeMs: 0};
    const after = moduleNames(plan, (path) => this.#after[path] ?? nothing);
    for (const [path, from] of moduleNames(plan, (path) => this.#before[path] ?? nothing)) {
      this.#expect(from);
      if (after.get(path) !== from) this.#modules.set(from, after.get(path)!);
    }
    for (const {from, path, before} of this.#attached.values()) {
      this.#expect(from);
      if (edition.files[from]!.sha256 !== before.sha256)
        throw new UnknownText(`${from} isn't ${path} as it was`);
    }
    const odd = [...this.#attached.keys(), ...this.#modules.keys()].find((name) => !isPlainName(name));
    if (odd !== undefined) throw new UnknownText(`the name ${odd} is written in several ways`);
  }

  async writeTo(into: string): Promise<void> {
    const {plan, source} = this.project;
    const pages = new Map(plan.outputs.filter(({kind}) => kind !== "file").map((page) => [page.name, page]));
    const rename = renamer([...this.#attached.values()], this.#modules);
    const now = plan.dated ? new Date() : undefined;
    await forEach(this.#names(), async (name) => {
      const path = join(this.from, name);
      if (!(await isUntouched(path, this.edition.files[name]!, new Date(this.edition.createdAt))))
        throw new UnknownText(`${name} of the edition ${this.edition.id} was changed after it was published`);
      if (this.#copied.has(name)) return copyAs(fileOf(source, name), join(into, name), this.#after[name]!);
      const file = this.#attached.get(name);
      if (file && file.to !== name) return copyAs(fileOf(source, file.path), join(into, file.to), file.after);
      if (!mayName(name) && !pages.has(name)) return linkOrCopy(path, join(into, name));
      const text = await readFile(path, "utf8");
      const renamed = rename(name, text);
      const page = pages.get(name);
      if (page) this.#checkPage(page, renamed.files);
      const result = page && now ? redated(renamed.text, now) : renamed.text;
      const to = this.#modules.get(name) ?? name;
      if (result === text && to === name) return linkOrCopy(path, join(into, name));
      // A file that is named by its content keeps both or neither.
      if (!page && to === name) throw new UnknownText(`${name} names changed data and isn't expected to`);
      await mkdir(dirname(join(into, to)), {recursive: true});
      await writeFile(join(into, to), result);
    });
    for (const name of pages.keys()) this.#expect(name);
  }

  /** What Framework has built for the edition: its files without their compressed siblings. */
  #names(): string[] {
    const {files} = this.edition;
    const own = new Set(this.project.plan.outputs.map(({name}) => name));
    return Object.keys(files).filter((name) => {
      const isSibling = /\.(?:br|gz)$/.test(name) && Object.hasOwn(files, name.replace(/\.\w+$/, ""));
      return own.has(name) || !isSibling;
    });
  }

  #expect(name: string): void {
    if (!Object.hasOwn(this.edition.files, name))
      throw new UnknownText(`${name} isn't among the files of the edition ${this.edition.id}`);
  }

  /** A page has each file that Framework found in it. */
  #checkPage({name, kind, files}: Output, found: ReadonlySet<string>): void {
    if (kind !== "page") return;
    const missing = [...this.#attached.values()].find(
      ({path, from}) => files.includes(path) && !found.has(from)
    );
    if (missing) throw new UnknownText(`${name} doesn't name ${missing.from}, which it should`);
  }
}

/** Files of Framework's that may name others; what packages and data are made of may not. */
const mayName = (name: string) =>
  /^_(?:import|observablehq)\//.test(name) && /\.(?:js|css|json|html)$/.test(name);

/** Copies a file that another process may replace meanwhile: it must be the one that was looked at. */
async function copyAs(from: string, to: string, {size, sha256: expected}: NewFile["after"]): Promise<void> {
  const aside = `${to}.part`;
  await mkdir(dirname(to), {recursive: true});
  await copyFile(from, aside, constants.COPYFILE_FICLONE);
  const sum = await checksum(aside);
  if (sum.size !== size || sum.sha256 !== expected) throw new UnknownText(`${from} was changed meanwhile`);
  await rename(aside, to);
}

const footer = /(Built with <a [^>]*>Observable<\/a> on <a title=")[^"]*(">)[^<]*(?=<\/a>\.)/g;

/** Framework's own footer has the time of the build. */
function redated(text: string, now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  const day = now.toLocaleDateString("en-US", {month: "short", day: "numeric", year: "numeric"});
  return text.replace(footer, (_, before: string, between: string) => `${before}${local}${between}${day}`);
}
