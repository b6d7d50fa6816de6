// Gives a CommonJS module the named exports of an ES module, read from its source without running it.
import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {build, transform, type PluginBuild} from "esbuild";

/** The export under which a bundled CommonJS module also has its whole `module.exports`; Node uses the same name. */
export const wholeExport = "module.exports";

/** Whether a file is CommonJS rather than an ES module, by its source. */
export async function isCommonJs(file: string): Promise<boolean> {
  const setup = (build: PluginBuild) =>
    build.onResolve({filter: /^/}, ({kind, path}) =>
      kind === "entry-point" ? undefined : {path, external: true}
    );
  const {metafile} = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    logLevel: "silent",
    plugins: [{name: "format", setup}]
  });
  return Object.values(metafile.inputs)[0]?.format === "cjs";
}

/**
 * An ES module around the CommonJS module in `file`: its properties as named exports, itself as the default export (or its
 * own `default`, if it was compiled from an ES module), as jsDelivr has them.
 */
export async function wrapCommonJs(file: string): Promise<{code: string; sources: string[]}> {
  const sources = new Set<string>();
  const names = await exportNames(file, sources);
  const lines = [
    `const whole = require(${JSON.stringify(file)});`,
    `export {whole as ${JSON.stringify(wholeExport)}};`,
    `export default whole?.__esModule && "default" in whole ? whole.default : whole;`
  ];
  [...names].forEach((name, i) => lines.push(`const $${i} = whole?.${name}; export {$${i} as ${name}};`));
  return {code: lines.join("\n"), sources: [...sources]};
}

/**
 * What a CommonJS module sets on its exports, as far as its source shows, re-exports included. These are the patterns of
 * Node's cjs-module-lexer and more: that one stops at the first property of `module.exports = {…}` that has a value, which
 * CDNs don't. An extra name is only an export that is undefined, so the patterns needn't be strict.
 */
async function exportNames(file: string, seen: Set<string>): Promise<Set<string>> {
  const names = new Set<string>();
  if (seen.has(file) || !/\.c?js$/.test(file)) return names;
  seen.add(file);
  // One style of quotes and no spaces or comments to look past.
  const {code} = await transform(await readFile(file, "utf8"), {minifyWhitespace: true, logLevel: "silent"});
  const add = (name: string) => name !== "default" && name !== "__esModule" && names.add(name);
  for (const [, name] of code.matchAll(/\bexports\d*\.([A-Za-z_$][\w$]*)=(?!=)/g)) add(name!);
  for (const [, name] of code.matchAll(
    /Object\.defineProperty\((?:module\.)?exports\d*,"([A-Za-z_$][\w$]*)"/g
  ))
    add(name!);
  for (const {index, 0: start} of code.matchAll(/(?:\bmodule\.exports=|\b__export\(\w+,)(?=\{)/g)) {
    propertyNames(code, index + start.length).forEach(add);
  }
  const {resolve} = createRequire(file);
  const reexports = /(?:\bmodule\.exports=|\b__(?:exportStar|reExport)\((?:\w+,)?)require\("([^"]+)"\)/g;
  for (const [, specifier] of code.matchAll(reexports)) {
    try {
      (await exportNames(resolve(specifier!), seen)).forEach(add);
    } catch {
      continue; // not installed: the bundler will say so, if it is ever needed
    }
  }
  return names;
}

/** The property names of the object literal that begins at `start`. */
function propertyNames(code: string, start: number): string[] {
  const names: string[] = [];
  const property = /(?:get |async )?"?([A-Za-z_$][\w$]*)"?(?=[,:(}])/y;
  let depth = 0;
  for (const {index, 0: token} of code.slice(start).matchAll(/(["'`])(?:\\.|(?!\1).)*\1|[{[(,}\])]/gs)) {
    if ("{[(".includes(token)) depth++;
    if ("}])".includes(token) && --depth === 0) break;
    if (depth !== 1 || !"{,".includes(token)) continue;
    property.lastIndex = start + index + 1;
    const [, name] = property.exec(code) ?? [];
    if (name) names.push(name);
  }
  return names;
}
