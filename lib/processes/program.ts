// Where the program of a process is.
import {existsSync} from "node:fs";
import {extname, relative} from "node:path";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The path of the JavaScript program `name` beside the module `url`. Run from source, as in tests, what `npm run compile` has made stands in:
 * a bare process runs no TypeScript.
 */
export function builtProgram(name: string, url: string): string {
  const path = fileURLToPath(new URL(name, url));
  const program = extname(import.meta.url) === ".ts" ? `${root}build/${relative(root, path)}` : path;
  if (existsSync(program)) return program;
  throw new Error(`${program} is missing; run npm run compile`);
}
