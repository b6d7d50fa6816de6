// Framework parses each module of a package several times in a build, with all that is in it, only to find what it imports.
import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {init, parse as findImports} from "es-module-lexer";

/** The first line of every script of a package: in one that starts so, Framework looks for imports alone. */
export const banner = "/* From node_modules. */";

/** What this needs of Acorn. */
interface Acorn {
  Parser: {parse: (this: unknown, input: string, options: object) => unknown};
}

/**
 * Makes Framework's parser quick for scripts of packages. It takes Framework's own copy of Acorn; where that isn't found,
 * everything works as before, more slowly.
 */
export async function parseQuickly(frameworkFolder: string): Promise<void> {
  const acorn = await acornOf(frameworkFolder).catch(() => undefined);
  if (!acorn) return;
  await init;
  const {Parser} = acorn;
  const stock = Parser.parse;
  Parser.parse = function (input, options) {
    return stock.call(this, input.startsWith(banner) ? importsAlone(input) : input, options);
  };
}

/** As an import in one of Framework's modules finds it: `require` would be given another file. */
async function acornOf(folder: string): Promise<Acorn> {
  const manifest = createRequire(join(folder, "config.js")).resolve("acorn/package.json");
  const {module} = JSON.parse(await readFile(manifest, "utf8")) as {module: string};
  return (await import(pathToFileURL(join(dirname(manifest), module)).href)) as Acorn;
}

const resolving = /^\.resolve\(\s*(?:"[^"\\\n]*"|'[^'\\\n]*')\s*\)/;

/**
 * A script with line ends in place of everything but its imports, `export … from` and `import.meta.resolve("…")`, each of which stays
 * where it is. The script itself if one of its imports isn't a plain text. es-module-lexer has to be initialized.
 */
export function importsAlone(source: string): string {
  const kept: string[] = [];
  let end = 0;
  for (const {d, n, s, ss, se} of findImports(source)[0]) {
    let stop = se;
    if (d === -2) {
      if (!source.startsWith(".resolve", se)) continue;
      const [call] = resolving.exec(source.slice(se, se + 500)) ?? [];
      if (!call) return source;
      stop += call.length;
    } else if (n === undefined) {
      if (source[s] === "`") return source;
      continue;
    }
    if (ss < end) return source; // one in another's options
    kept.push("\n".repeat(ss - end), source.slice(ss, stop));
    end = stop;
  }
  return kept.join("") + "\n".repeat(source.length - end);
}
