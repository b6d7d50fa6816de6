// Gives a CommonJS module the named exports of an ES module, read from its source without running it.
import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {transform} from "esbuild";

/** The export under which a bundled CommonJS module also gives its `module.exports` whole; Node's own name for it. */
export const wholeExport = "module.exports";

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
 * What a CommonJS module sets on its exports, as far as its source shows, re-exports included. The patterns are those of
 * Node's cjs-module-lexer; a name too many is only an export that is undefined, so they needn't be strict.
 */
async function exportNames(file: string, seen: Set<string>): Promise<Set<string>> {
  const names = new Set<string>();
  if (seen.has(file) || !/\.c?js$/.test(file)) return names;
  seen.add(file);
  // esbuild's output has one style of quotes, spaces and indentation, and no comments.
  const {code} = await transform(await readFile(file, "utf8"), {loader: "js", logLevel: "silent"});
  const found = [
    ...code.matchAll(/\bexports\d*\.([A-Za-z_$][\w$]*) = /g),
    ...code.matchAll(/Object\.defineProperty\((?:module\.)?exports, "([A-Za-z_$][\w$]*)"/g)
  ].map((match) => match[1]!);
  const literal = /^( *)(?:.*\b)?(?:module\.exports = |__export\(\w+, )\{(?: (.*?) \}|\n([^]*?)\n\1\})/gm;
  for (const [, indent = "", line, lines = ""] of code.matchAll(literal)) {
    const properties =
      line?.split(", ") ?? lines.split("\n").filter((text) => text.search(/\S/) === indent.length + 2);
    for (const text of properties) {
      const [, name] = /^ *(?:get |async )?"?([A-Za-z_$][\w$]*)"?(?=[,:(]|$)/.exec(text) ?? [];
      if (name) found.push(name);
    }
  }
  const {resolve} = createRequire(file);
  const reexports = /(?:module\.exports = |__(?:exportStar|reExport)\((?:\w+, )?)require\("([^"]+)"\)/g;
  for (const [, specifier] of code.matchAll(reexports)) {
    try {
      found.push(...(await exportNames(resolve(specifier!), seen)));
    } catch {
      continue; // not installed: the bundler will say so, if it is ever needed
    }
  }
  for (const name of found) if (name !== "default" && name !== "__esModule") names.add(name);
  return names;
}
