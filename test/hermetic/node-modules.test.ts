// Which copy of a package an import means.
import {mkdirSync, realpathSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {NodeModules} from "../../lib/hermetic/node-modules.js";
import {project, repository} from "./project.js";

const pkg = (name: string, version: string) => ({name, version});

describe("NodeModules", () => {
  it("finds what is installed above the site, as Node does", () => {
    const root = project({"node_modules/@a/b/package.json": pkg("@a/b", "1.2.3")});
    expect(new NodeModules(join(root, "src")).find("@a/b")).toMatchObject({
      version: "1.2.3",
      folder: join(root, "node_modules/@a/b"),
      local: false
    });
  });

  it("gives a package its own copy of another", () => {
    const root = project({
      "node_modules/a/package.json": pkg("a", "2.0.0"),
      "node_modules/b/package.json": pkg("b", "1.0.0"),
      "node_modules/b/node_modules/a/package.json": pkg("a", "1.0.0")
    });
    const modules = new NodeModules(join(root, "src"));
    expect(modules.find("a")?.version).toBe("2.0.0");
    expect(modules.find("a", join(root, "node_modules/b/lib"))?.version).toBe("1.0.0");
    expect(modules.copy("a", "1.0.0")?.folder).toBe(join(root, "node_modules/b/node_modules/a"));
    expect(modules.copy("a", "3.0.0")).toBeUndefined();
  });

  it("finds what pnpm keeps out of sight", () => {
    const root = project({"node_modules/.pnpm/a@1.0.0/node_modules/a/package.json": pkg("a", "1.0.0")});
    const modules = new NodeModules(join(root, "src"));
    expect(modules.find("a")).toBeUndefined();
    expect(modules.copy("a")?.version).toBe("1.0.0");
  });

  it("falls back on what came with this package, for a site that sees nothing else", () => {
    const own = new NodeModules(repository).find("apache-arrow");
    expect(new NodeModules(project({})).copy("apache-arrow")).toEqual(own);
  });

  it("finds the real Arrow that DuckDB brings beside the site's", () => {
    const modules = new NodeModules(join(repository, "src"));
    const nested = modules.find("apache-arrow", modules.find("@duckdb/duckdb-wasm")!.folder)!;
    expect(nested.version).not.toBe(modules.find("apache-arrow")!.version);
    expect(modules.copy("apache-arrow", nested.version)?.folder).toBe(nested.folder);
  });

  it("takes the project's own package for its name", () => {
    const root = project({"package.json": pkg("mine", "0.1.0")});
    expect(new NodeModules(join(root, "src")).find("mine")).toMatchObject({folder: root, local: true});
  });

  it("follows a link to a package that is worked on elsewhere", () => {
    const elsewhere = project({"package.json": pkg("linked", "0.1.0")});
    const root = project({});
    mkdirSync(join(root, "node_modules"));
    symlinkSync(elsewhere, join(root, "node_modules/linked"));
    expect(new NodeModules(root).find("linked")).toMatchObject({
      folder: realpathSync(elsewhere),
      local: true
    });
  });

  it("uses the name that package.json gives an alias", () => {
    const root = project({"node_modules/alias/package.json": pkg("original", "1.0.0")});
    expect(new NodeModules(root).find("alias")).toMatchObject({name: "alias", version: "1.0.0"});
  });

  it("refuses a package that package-lock.json has at another version", () => {
    const root = project({
      "package-lock.json": {packages: {"node_modules/a": {version: "1.0.0"}}},
      "node_modules/a/package.json": pkg("a", "1.0.1")
    });
    expect(() => new NodeModules(root).find("a")).toThrow(
      /package-lock\.json has 1\.0\.0, but 1\.0\.1 is in .*node_modules.a\n {2}npm ci/
    );
  });

  it("names a package.json that can't be read", () => {
    const root = project({"node_modules/a/package.json": "{"});
    expect(() => new NodeModules(root).find("a")).toThrow(/node_modules.a.package\.json is not JSON/);
  });
});
