// What Framework finds in a package's script when it parses the imports alone is what it finds in the whole.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {init} from "es-module-lexer";
import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import {bundleModule} from "../../lib/hermetic/bundle.js";
import {frameworkFolder} from "../../lib/hermetic/installed.js";
import {NodeModules} from "../../lib/hermetic/node-modules.js";
import {banner, importsAlone, parseQuickly} from "../../lib/hermetic/quick-parse.js";
import {repository} from "./project.js";

interface Framework {
  parseProgram(input: string): object;
  findImports(body: object, path: string, input: string): object[];
  rewriteNpmImports(input: string, resolve: (specifier: string) => string | undefined): string;
}

let framework: Framework;

beforeAll(async () => {
  await init;
  const modules = ["javascript/parse", "javascript/imports", "npm"].map(
    (name) => import(pathToFileURL(join(frameworkFolder(repository), `${name}.js`)).href) as Promise<object>
  );
  framework = Object.assign({}, ...(await Promise.all(modules))) as Framework;
});

/** All that Framework asks of a script: what it imports, and the script with other names in place of these. */
function asked(script: string, parsed = script) {
  const body = framework.parseProgram(parsed);
  return framework.findImports(body, "/_npm/a@1.0.0/_esm.js", script);
}

describe.each([
  ["@observablehq/plot", ""],
  ["apache-arrow", ""],
  ["@duckdb/duckdb-wasm", ""],
  ["parquet-wasm", "esm"],
  ["ikigai-kit", "page"]
])("%s %s", (name, path) => {
  it("has the same imports", async () => {
    const modules = new NodeModules(join(repository, "src"));
    const {code} = await bundleModule(modules.copy(name)!, path, modules);
    const alone = importsAlone(code);
    expect(alone).toHaveLength(code.length);
    expect(alone.replace(/\n/g, "").length).toBeLessThan(5000);
    expect(asked(code, alone)).toEqual(asked(code));
  });
});

it("a worker's script, which is no module, has the same imports", async () => {
  const path = "node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js";
  const code = await readFile(join(repository, path), "utf8");
  expect(asked(code, importsAlone(code))).toEqual(asked(code));
});

const names = fc.stringMatching(/^[a-z@/.é -]{1,12}$/).map((name) => `/npm/${name}`);
const quoted = fc.tuple(names, fc.constantFrom('"', "'")).map(([name, quote]) => quote + name + quote);
const statements = fc.oneof(
  quoted.map((name) => `import a from ${name};`),
  quoted.map((name) => `import{b as c}from${name}`),
  quoted.map((name) => `import * as all from ${name}`),
  quoted.map((name) => `import ${name}`),
  quoted.map((name) => `export {d as e} from ${name};`),
  quoted.map((name) => `export*from${name};`),
  quoted.map((name) => `const f=async()=>(await import(${name})).default;`),
  quoted.map((name) => `const g = [import(${name}), import(${name})].map((x) => x)`),
  quoted.map((name) => `h(import.meta.resolve(${name}),import.meta.url)`),
  quoted.map((name) => `i(import.meta.resolve( ${name} ))`),
  quoted.map((name) => `j(import.meta.resolve(\`${name.slice(1, -1)}\`))`),
  quoted.map((name) => `k(import(\`${name.slice(1, -1)}\`))`),
  quoted.map((name) => `l(import(m + ${name}))`),
  quoted.map((name) => `const text = ${JSON.stringify(`import(${name})`)};`),
  quoted.map((name) => `/* import a from ${name} */ // import(${name})`),
  fc.constantFrom("export const n = 1;", "export {o}; var o", 'const p = /import\\("q"\\)/.test(`${r}`);')
);

it("any script has the same imports, in their order and places", () => {
  fc.assert(
    fc.property(fc.array(statements, {maxLength: 8}), (parts) => {
      const script = parts
        .map((part, i) => part.replace(/\b([a-p]|all|text)\b(?=[ =]| from)/, `$1${i}`))
        .join("\n");
      fc.pre(isModule(script));
      expect(asked(script, importsAlone(script))).toEqual(asked(script));
    })
  );
});

function isModule(script: string): boolean {
  try {
    framework.parseProgram(script);
    return true;
  } catch {
    return false;
  }
}

it("Framework parses scripts of packages so, and rewrites them in place; others it parses whole", async () => {
  await parseQuickly(frameworkFolder(repository));
  const script = `import{a}from"/npm/a@1";export const b=()=>import("/npm/b@1").then(()=>a+import.meta.resolve("/npm/c@1"));`;
  const rewritten = framework.rewriteNpmImports(`${banner}\n${script}`, (name) =>
    name.replace("npm", "_npm")
  );
  expect(rewritten).toBe(`${banner}\n${script.replaceAll("/npm/", "/_npm/")}`);
  const size = (text: string) => JSON.stringify(framework.parseProgram(text)).length;
  expect(size(`${banner}\n${script}`)).toBeLessThan(size(script));
  // What isn't a package's must be right as a whole.
  expect(() => framework.parseProgram("const = 1")).toThrow(SyntaxError);
});
