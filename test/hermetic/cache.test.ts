// Framework's cache, kept true: what changed is dropped, and nothing else.
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it, vi} from "vitest";
import {NpmCache} from "../../lib/hermetic/cache.js";
import {PackageError} from "../../lib/hermetic/package-error.js";
import {NodeModules} from "../../lib/hermetic/node-modules.js";
import {parseSpecifier} from "../../lib/hermetic/specifier.js";
import {project, write} from "./project.js";

const old = new Date("2020-01-01");

/** A site with package `a` installed, as if long ago, and the module of it that a build has cached. */
function site() {
  const root = project({
    "node_modules/a/package.json": {name: "a", version: "1.0.0"},
    "node_modules/a/index.js": "export const a = 1;",
    "node_modules/b/package.json": {name: "b", version: "1.0.0"},
    "node_modules/b/index.js": "export const b = 1;"
  });
  const modules = new NodeModules(join(root, "src"));
  const folder = join(root, "src/.observablehq/cache");
  const open = () => NpmCache.open(folder, modules);
  const cached = (name: string, version = "1.0.0") => join(folder, `_npm/${name}@${version}/_esm.js`);
  /** What the hook and then Framework do for one import. */
  const make = (cache: NpmCache, name: string, inputs = [`node_modules/${name}/index.js`]) => {
    const files = [...inputs, `node_modules/${name}/package.json`].map((path) => join(root, path));
    cache.note(parseSpecifier(`${name}@1.0.0/+esm`), files, Date.now() + 1000);
    write(folder, `_npm/${name}@1.0.0/_esm.js`, "cached");
  };
  return {root, folder, open, cached, make};
}

describe("NpmCache", () => {
  it("says which path the disk refuses, and the fix, without a stack", () => {
    const {root, folder, open, make} = site();
    make(open(), "a");
    renameSync(folder, `${folder}-aside`);
    write(root, "src/.observablehq/cache", "a file");
    const refused = () => open();
    expect(refused).toThrow(
      `Framework's cache ${folder} can't be used: ${folder} is a file, and should be a folder. Move it away (`
    );
    expect(refused).toThrow(PackageError); // which has no stack
  });

  it("keeps what still holds", () => {
    const {open, cached, make} = site();
    make(open(), "a");
    open();
    expect(existsSync(cached("a"))).toBe(true);
  });

  it("drops what was made from a file that changed, though npm sets its time back", () => {
    const {root, open, cached, make} = site();
    const file = join(root, "node_modules/a/index.js");
    utimesSync(file, old, old);
    const cache = open();
    make(cache, "a");
    make(cache, "b");
    write(root, "node_modules/a/index.js", "export const a = 2;"); // of the same length
    utimesSync(file, old, old);
    open();
    expect(existsSync(cached("a"))).toBe(false);
    expect(existsSync(cached("b"))).toBe(true);
  });

  it("drops what was made from a file that is gone, or beside one that is new", () => {
    const {root, open, cached, make} = site();
    const cache = open();
    make(cache, "a");
    make(cache, "b");
    rmSync(join(root, "node_modules/a/index.js"));
    write(root, "node_modules/b/index.mjs", "");
    open();
    expect([existsSync(cached("a")), existsSync(cached("b"))]).toEqual([false, false]);
  });

  it("drops what imports a package that was upgraded", () => {
    const {root, open, cached, make} = site();
    make(open(), "a", ["node_modules/a/index.js", "node_modules/b/package.json"]);
    write(root, "node_modules/b/package.json", {name: "b", version: "1.0.1"});
    open();
    expect(existsSync(cached("a"))).toBe(false);
  });

  it("drops versions that are no longer installed, which Framework would prefer", () => {
    const {root, open, folder, make} = site();
    make(open(), "a");
    write(root, "node_modules/a/package.json", {name: "a", version: "0.9.0"});
    open();
    expect(existsSync(join(folder, "_npm/a@1.0.0"))).toBe(false);
  });

  it("drops what a CDN gave", () => {
    const {folder, open, cached, make} = site();
    make(open(), "a");
    write(folder, "_npm/a@1.0.0/other._esm.js", "from a CDN");
    write(folder, "_npm/b@1.0.0/_esm.js", "from a CDN");
    write(folder, "_jsr/@x/y@1.0.0/mod.js", "from a CDN");
    open();
    expect(existsSync(cached("a"))).toBe(true);
    expect(existsSync(join(folder, "_npm/a@1.0.0/other._esm.js"))).toBe(false);
    expect(existsSync(cached("b"))).toBe(false);
    expect(existsSync(join(folder, "_jsr"))).toBe(false);
  });

  it("gives way to a CDN whole, and leaves what that gave alone", () => {
    const {folder, open, make} = site();
    make(open(), "a");
    NpmCache.clear(folder);
    expect(existsSync(join(folder, "_npm"))).toBe(false);
    write(folder, "_npm/b@1.0.0/_esm.js", "from a CDN");
    NpmCache.clear(folder);
    expect(existsSync(join(folder, "_npm/b@1.0.0/_esm.js"))).toBe(true);
  });

  it("doesn't trust what changed while it was read", () => {
    const {root, open, cached, folder} = site();
    const since = Date.now();
    write(root, "node_modules/a/index.js", "export const a = 2;");
    open().note(parseSpecifier("a@1.0.0/+esm"), [join(root, "node_modules/a/index.js")], since);
    write(folder, "_npm/a@1.0.0/_esm.js", "made of the old or of the new file");
    open();
    expect(existsSync(cached("a"))).toBe(false);
  });

  it("starts again if its notes are cut short", () => {
    const {folder, open, cached, make} = site();
    make(open(), "a");
    const notes = join(folder, "_hermetic.json");
    write(folder, "_hermetic.json", readFileSync(notes, "utf8").slice(0, 40));
    open();
    expect(existsSync(cached("a"))).toBe(false);
  });

  it("survives the move of a project by starting again", () => {
    const {root, open, make} = site();
    make(open(), "a");
    const moved = project({});
    renameSync(root, join(moved, "project"));
    const folder = join(moved, "project/src/.observablehq/cache");
    NpmCache.open(folder, new NodeModules(join(moved, "project/src")));
    expect(existsSync(join(folder, "_npm/a@1.0.0/_esm.js"))).toBe(false);
  });

  it("drops what Framework bundled for bare imports once a package changes", async () => {
    const {root, folder, open} = site();
    write(folder, "_node/a@1.0.0/index.js", "");
    write(folder, "_node/b@1.0.0/index.js", "");
    open();
    expect(existsSync(join(folder, "_node/a@1.0.0/index.js"))).toBe(true);
    mkdirSync(join(root, "node_modules/a/lib"));
    // The file system's clock moves in steps of some milliseconds.
    await vi.waitFor(() => {
      write(root, "node_modules/a/lib/new.js", "");
      const times = [join(root, "node_modules/a/lib/new.js"), join(folder, "_node/b@1.0.0/index.js")];
      const [changed, made] = times.map((path) => statSync(path).ctimeMs);
      expect(changed).toBeGreaterThan(made!);
    }, 40_000);
    open();
    expect(existsSync(join(folder, "_node"))).toBe(false);
  });

  it("drops what a local package made as soon as it is built again", async () => {
    const {root, open, cached, make} = site();
    write(root, "build/own.js", "export const own = 1;");
    const cache = open();
    cache.watchLocal();
    make(cache, "a", ["build/own.js"]);
    make(cache, "b");
    write(root, "build/own.js", "export const own = 2;");
    await vi.waitFor(() => expect(existsSync(cached("a"))).toBe(false), 40_000);
    expect(existsSync(cached("b"))).toBe(true);
  });
});
