// Modules bundled from packages as they are installed, and from small ones with every habit that packages have.
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {describe, expect, it} from "vitest";
import {bundleModule} from "../../lib/hermetic/bundle.js";
import {NodeModules} from "../../lib/hermetic/node-modules.js";
import {parseSpecifier, splitImport} from "../../lib/hermetic/specifier.js";
import {project, repository, write} from "./project.js";

type Exports = Record<string, unknown>;

/** Bundles a module and all that it imports, and lets Node link and run them. */
async function load(root: string, specifier: string): Promise<Exports> {
  const modules = new NodeModules(join(root, "src"));
  const output = project({"package.json": {type: "module"}});
  const file = (name: string) => `${name.replace(/[^\w.-]/g, "_")}.js`;
  const {name, path} = splitImport(specifier);
  const queue = [`${name}@${modules.find(name)!.version}/${path ? path + "/" : ""}+esm`];
  for (const text of queue) {
    const {name, version, path} = parseSpecifier(text);
    const {code} = await bundleModule(modules.copy(name, version)!, path, modules);
    const linked = code.replace(/"\/npm\/([^"]+\/\+esm)"/g, (_, other: string) => {
      if (!queue.includes(other)) queue.push(other);
      return `"./${file(other)}"`;
    });
    write(output, file(text), linked);
  }
  const module = (await import(
    /* @vite-ignore */ pathToFileURL(join(output, file(queue[0]!))).href
  )) as Exports;
  return {...module};
}

/** A project with these packages, each of version 1.0.0 unless it says another. */
function installed(packages: Record<string, Record<string, string | object>>): string {
  const root = project({});
  for (const [folder, files] of Object.entries(packages)) {
    const {"package.json": manifest, ...others} = files;
    const name = folder.split("node_modules/").at(-1)!;
    write(root, `node_modules/${folder}/package.json`, {name, version: "1.0.0", ...(manifest as object)});
    for (const [path, content] of Object.entries(others))
      write(root, `node_modules/${folder}/${path}`, content);
  }
  return root;
}

const bundled = (root: string, name: string, path = "") => {
  const modules = new NodeModules(join(root, "src"));
  return bundleModule(modules.find(name)!, path, modules);
};

describe("of real packages", () => {
  const names = [
    "d3",
    "@observablehq/plot",
    "@observablehq/inputs",
    "htl",
    "apache-arrow",
    "d3-dsv",
    "isoformat"
  ];
  it.each(names)("%s exports what it exports in Node", async (name) => {
    const expected = Object.keys((await import(name)) as Exports);
    expect(Object.keys(await load(repository, name)).sort()).toEqual(expected.sort());
  });

  it.each(["d3", "@observablehq/plot"])(
    "%s is one module, with what it uses of others inside",
    async (name) => {
      expect((await bundled(repository, name)).code).not.toMatch(/\/npm\//);
    }
  );

  it("Plot has no parts of D3 inside that it doesn't use", async () => {
    const {code} = await bundled(repository, "@observablehq/plot");
    const d3 = await bundled(repository, "d3");
    expect(d3.code).toContain("zoomIdentity");
    expect(code).not.toContain("zoomIdentity");
    expect(d3.inputs.some((file) => /d3-zoom/.test(file))).toBe(true); // so that an update of it is noticed
  });

  it("Plot's interval tree, which is CommonJS, works", async () => {
    const {default: createTree} = (await load(repository, "interval-tree-1d")) as {
      default: (intervals: number[][]) => {queryPoint(x: number, visit: (i: number[]) => void): void};
    };
    const found: number[][] = [];
    createTree([
      [1, 3],
      [2, 5]
    ]).queryPoint(4, (interval) => void found.push(interval));
    expect(found).toEqual([[2, 5]]);
  });

  it("a CommonJS object gives its properties as named exports", async () => {
    const names = ["ge", "gt", "lt", "le", "eq"];
    const bounds = await load(repository, "binary-search-bounds");
    expect(Object.keys(bounds)).toEqual(expect.arrayContaining(["default", ...names]));
    expect((bounds.ge as (array: number[], x: number) => number)([1, 3, 5], 2)).toBe(1);
  });

  it("DuckDB shares the page's Arrow", async () => {
    const {code} = await bundled(repository, "@duckdb/duckdb-wasm");
    const {version} = new NodeModules(repository).find("apache-arrow")!;
    const arrows = [...code.matchAll(/\/npm\/(apache-arrow[^"]*)/g)].map(([, name]) => name);
    expect(new Set(arrows)).toEqual(new Set([`apache-arrow@${version}/+esm`]));
  });

  it("parquet-wasm finds its .wasm by a name that Framework follows", async () => {
    const {code} = await bundled(repository, "parquet-wasm");
    expect(code).toMatch(
      /new URL\(import\.meta\.resolve\("\/npm\/parquet-wasm@[\d.]+\/esm\/parquet_wasm_bg\.wasm"\)\)/
    );
  });

  it("names every file it was made from", async () => {
    const {inputs} = await bundled(repository, "@observablehq/plot");
    const folder = join(repository, "node_modules/@observablehq/plot");
    expect(inputs).toEqual(
      expect.arrayContaining([
        join(folder, "package.json"),
        join(folder, "src/index.js"),
        join(folder, "src/marks/dot.js")
      ])
    );
  });
});

describe("of CommonJS", () => {
  const source = {
    "exports.a": `exports.a = 1; module.exports.b = 2;`,
    "an object": `const c = 3; module.exports = {a: 1, b() {\n return {not: 1};\n}, "c": c, get d() { return 4; }};`,
    "a compiled module": `Object.defineProperty(exports, "__esModule", {value: true});
      Object.defineProperty(exports, "a", {enumerable: true, get: () => 1}); exports.default = 5;`,
    "a re-export": `if (process.env.NODE_ENV === "production") module.exports = require("./min.js");
      else module.exports = require("./dev.js");`,
    "a function": `module.exports = function () { return 6; }; module.exports.a = 1;`,
    UMD: `(function (g, f) { typeof exports === "object" && typeof module !== "undefined" ? f(exports) :
      f((g.umd = {})); })(this, function (exports) { exports.a = 1; });`
  };
  it.each([
    ["exports.a", {a: 1, b: 2, default: {a: 1, b: 2}}],
    ["an object", {a: 1, c: 3, d: 4}],
    ["a compiled module", {a: 1, default: 5}],
    ["a re-export", {a: "production", default: {a: "production"}}],
    ["a function", {a: 1}],
    ["UMD", {a: 1, default: {a: 1}}]
  ] as const)("%s has named exports and a default", async (name, expected) => {
    const files = {
      "index.js": source[name],
      "min.js": `exports.a = "production";`,
      "dev.js": `exports.a = 0;`
    };
    const module = await load(installed({cjs: files}), "cjs");
    expect(module).toMatchObject(expected);
    expect(module).not.toHaveProperty("not");
    expect(module.default).toBeDefined();
  });

  it("one package requires another, which stays one module", async () => {
    const root = installed({
      a: {"index.js": `const b = require("b"); exports.called = b(); exports.b = b;`},
      b: {"index.js": `module.exports = () => "called";`},
      c: {
        "package.json": {type: "module"},
        "index.js": `import {b, called} from "a"; import own from "b"; export const same = own === b; export {called};`
      }
    });
    expect((await bundled(root, "a")).code).toContain(`"/npm/b@1.0.0/+esm"`);
    expect(await load(root, "c")).toEqual({same: true, called: "called"});
  });

  it("requires an ES module as Node does", async () => {
    const root = installed({
      a: {"index.js": `const b = require("b"); exports.all = [b.x, b.default, b.__esModule];`},
      b: {"package.json": {type: "module"}, "index.js": `export const x = 1; export default 2;`}
    });
    expect(await load(root, "a")).toMatchObject({all: [1, 2, true]});
  });

  it("gets the shape that a package has for require", async () => {
    const root = installed({
      a: {"index.js": `exports.made = require("dual")();`},
      dual: {
        "package.json": {exports: {import: "./index.mjs", require: "./index.cjs"}},
        "index.mjs": `export default function () { return "import"; }`,
        "index.cjs": `module.exports = () => "require";`
      }
    });
    expect(await load(root, "a")).toMatchObject({made: "require"});
  });

  it("takes in what only require can have", async () => {
    const root = installed({
      a: {"index.js": `exports.b = require("b/only");`},
      b: {
        "package.json": {exports: {"./only": {require: "./only.cjs"}}},
        "only.cjs": `module.exports = "only";`
      }
    });
    expect(await load(root, "a")).toMatchObject({b: "only"});
  });

  it("may do without an optional package, and without Node's", async () => {
    const root = installed({
      a: {
        "index.js": `const {readFile} = require("fs"); let b; try { b = require("absent"); } catch { b = "without"; }
          exports.b = b; exports.inNode = typeof readFile === "function";`
      }
    });
    expect(await load(root, "a")).toMatchObject({b: "without", inNode: false});
  });
});

describe("of ES modules", () => {
  it("each importer gets the version that it has installed", async () => {
    const esm = (value: string) => ({"package.json": {type: "module"}, "index.js": value});
    const root = installed({
      a: esm(
        `import {v as own} from "v"; import {v as others} from "b"; export const versions = [own, others];`
      ),
      b: esm(`export {v} from "v";`),
      "b/node_modules/v": {
        "package.json": {type: "module", version: "2.0.0"},
        "index.js": `export const v = 2;`
      },
      v: esm(`export const v = 1;`)
    });
    expect(await load(root, "a")).toEqual({versions: [1, 2]});
  });

  it("follows exports, browser fields, JSON and subpaths", async () => {
    const root = installed({
      a: {
        "package.json": {
          type: "module",
          exports: {".": {node: "./node.js", browser: "./web.js"}, "./sub": "./lib/sub.js"},
          browser: {"./env.js": "./env-web.js", ws: false}
        },
        "node.js": `export const env = "node";`,
        "web.js": `export {env} from "./env.js"; import data from "./data.json"; import ws from "ws";
          export const n = data.n; export const none = ws; export {sub} from "a/sub";`,
        "env.js": `export const env = "node";`,
        "env-web.js": `export const env = "web";`,
        "data.json": {n: 7},
        "lib/sub.js": `export const sub = "sub";`,
        "lib/hidden.js": `export const hidden = 1;`
      }
    });
    expect(await load(root, "a")).toEqual({env: "web", n: 7, none: {}, sub: "sub"});
    expect(await load(root, "a/sub")).toEqual({sub: "sub"});
    expect(await load(root, "a/lib/hidden.js")).toEqual({hidden: 1}); // as jsDelivr allows
  });

  it("names files beside a module in a way that Framework follows", async () => {
    const root = installed({
      a: {
        "package.json": {type: "module"},
        "index.js": `import "./deep/x.js";
          export const urls = [import.meta.resolve("b/dist/c.wasm"), import.meta.resolve("/npm/b/d.js")];`,
        "deep/x.js": `globalThis.x = [new URL("./y.wasm", import.meta.url), new URL("gone.wasm", import.meta.url)];`,
        "deep/y.wasm": ""
      },
      b: {"dist/c.wasm": ""}
    });
    const {code, packages} = await bundled(root, "a");
    expect(code).toContain(`import.meta.resolve("/npm/a@1.0.0/deep/y.wasm")`);
    expect(code).toContain(`new URL("gone.wasm",import.meta.url)`);
    expect(code).toContain(`import.meta.resolve("/npm/b@1.0.0/dist/c.wasm")`);
    expect(code).toContain(`import.meta.resolve("/npm/b@1.0.0/d.js")`);
    expect(packages).toEqual([expect.objectContaining({name: "b"})]);
  });

  it("the kit has only what it needs at first of Flechette inside: what it imports later stays a module", async () => {
    const root = installed({
      "@uwdata/flechette": {
        "package.json": {type: "module", sideEffects: false, exports: "./index.js"},
        "index.js": `export const read = () => "reads"; export const write = () => "writes";`
      },
      "ikigai-kit": {
        "package.json": {type: "module", exports: "./index.js", dependencies: {"@uwdata/flechette": "1"}},
        "index.js": `import {read} from "@uwdata/flechette"; export {read};
export const write = async () => (await import("@uwdata/flechette")).write();`
      }
    });
    const {code} = await bundled(root, "ikigai-kit");
    expect(code).toContain("reads");
    expect(code).not.toContain("writes");
    expect(code).toContain(`import("/npm/@uwdata/flechette@1.0.0/+esm")`);
  });

  it("takes the project's own package by its exports, and leaves Plot to the page", async () => {
    const root = project({
      "package.json": {
        name: "mine",
        version: "0.1.0",
        type: "module",
        exports: {"./charts": "./build/charts.js"}
      },
      "build/charts.js": `import {dot} from "@observablehq/plot"; export const chart = () => dot([]);`,
      "node_modules/@observablehq/plot/package.json": {name: "@observablehq/plot", version: "0.6.0"},
      "node_modules/@observablehq/plot/index.js": `export const dot = 1;`
    });
    const {code} = await bundled(root, "mine", "charts");
    expect(code).toContain(`from"/npm/@observablehq/plot@0.6.0/+esm"`);
  });
});

describe("says what is wrong:", () => {
  const files = {"package.json": {type: "module", exports: {".": "./index.js", "./sub": "./sub.js"}}};

  it("a package that another needs is missing", () =>
    expect(bundled(installed({a: {...files, "index.js": `import "@not/there/x";`}}), "a")).rejects.toThrow(
      `a@1.0.0 imports "@not/there/x", but @not/there is not installed\n  npm install @not/there`
    ));

  it("a package that another depends on, but loads late", () =>
    expect(
      bundled(
        installed({
          a: {
            "package.json": {type: "module", dependencies: {late: "^1.0.0"}},
            "index.js": `export const late = () => import("late");`
          }
        }),
        "a"
      )
    ).rejects.toThrow(`a@1.0.0 imports "late", but late is not installed\n  npm install late`));

  it("a module that a package doesn't have", () =>
    expect(bundled(installed({a: {...files, "index.js": ""}}), "a", "nope")).rejects.toThrow(
      "npm:a/nope: a 1.0.0 has no such module: it exports a/sub"
    ));

  it("the project's own package isn't built yet", () => {
    const root = project({
      "package.json": {
        name: "mine",
        version: "0.1.0",
        exports: {"./charts": {types: "./build/charts.d.ts", default: "./build/charts.js"}},
        scripts: {compile: "tsc"}
      }
    });
    return expect(bundled(root, "mine", "charts")).rejects.toThrow(
      /npm:mine\/charts: package\.json exports it as "\.\/build\/charts\.js", which isn't in .*npm run compile/s
    );
  });

  it("code that can't be read", () =>
    expect(bundled(installed({a: {...files, "index.js": "export {"}}), "a")).rejects.toThrow(
      /npm:a@1\.0\.0 can't be bundled for browsers: .*index\.js:1/
    ));
});
