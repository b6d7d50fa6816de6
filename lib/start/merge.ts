// What a project's own files get: package.json and .gitignore keep what they have.
import {dependenciesOf, ignored, jsonText, scriptsOf, type ProjectOptions} from "./project-files.js";

/** A file of the project's with what was missing, and what that is. */
export interface Merged {
  content: string;
  /** In a few words each: "the script dev"; none where nothing was missing. */
  added: string[];
  /** What is there and is something else, which stays. */
  kept: string[];
}

interface PackageJson {
  type?: unknown;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/**
 * package.json with the type, scripts and dependencies that it lacks. Scripts of other content stay, but with `replaceScripts`.
 * @throws Error where it isn't a JSON object
 */
export function mergePackage(text: string, options: ProjectOptions, replaceScripts: boolean): Merged {
  const found = parsePackage(text);
  const {added, kept}: Pick<Merged, "added" | "kept"> = {added: [], kept: []};
  // Framework silently ignores a config in TypeScript that isn't a module.
  if (found.type !== "module")
    added.push(`"type": "module"${found.type === undefined ? "" : ` for ${JSON.stringify(found.type)}`}`);
  const scripts = {...found.scripts};
  for (const [name, script] of Object.entries(scriptsOf(options))) {
    if (scripts[name] === script) continue;
    if (scripts[name] !== undefined && !replaceScripts)
      kept.push(`the script ${name}, which is ${JSON.stringify(scripts[name])}`);
    else {
      scripts[name] = script;
      added.push(`the script ${name}`);
    }
  }
  const dependencies = {...found.dependencies};
  for (const [name, range] of Object.entries(dependenciesOf(options))) {
    if (dependencies[name] !== undefined || found.devDependencies?.[name] !== undefined) continue;
    dependencies[name] = range;
    added.push(`the dependency ${name}`);
  }
  return {content: jsonText({...found, type: "module", scripts, dependencies}), added, kept};
}

/** @throws Error where the text isn't a JSON object */
export function parsePackage(text: string): PackageJson {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(
      `package.json is not valid JSON: ${(error as Error).message}. Correct it, or remove it to get a new one`,
      {cause: error}
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Error("package.json should hold an object. Correct it, or remove it to get a new one");
}

/** .gitignore with the lines that it lacks. */
export function mergeIgnored(text: string, source: string): Merged {
  const has = new Set(text.split(/\r?\n/).map(plain));
  const added = ignored(source).filter((line) => !has.has(plain(line)));
  const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return {content: added.length > 0 ? `${before}${added.join("\n")}\n` : text, added, kept: []};
}

/** `/dist/` and `dist` ignore the same at the top of a project. */
const plain = (line: string) => line.trim().replace(/^\/|\/$/g, "");
