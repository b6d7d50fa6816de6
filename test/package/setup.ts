// Before the tests of the package: packs it, from what `npm run compile` has made, and brings the package managers and a browser.
import {execFile} from "node:child_process";
import {mkdtemp, realpath, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {promisify} from "node:util";
import type {TestProject} from "vitest/node";
import {installBrowsers} from "../browser/install.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** The package as it would be published. */
    tarball: string;
    /** A folder with the package managers and other versions of Node in its node_modules. */
    tools: string;
  }
}

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, "../..");

/** npm's names of what is tried, each under a name of its own. Node's oldest is the one that package.json promises. */
const tools = [
  "pnpm@npm:pnpm@12",
  "yarn-classic@npm:yarn@1",
  "yarn-modern@npm:@yarnpkg/cli-dist@4",
  `node-oldest@npm:node-${process.platform}-${process.arch}@20.19.0`,
  `node-newest@npm:node-${process.platform}-${process.arch}@26`
];

/** Vitest's global setup. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  installBrowsers();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "ikigai-kit-package-")));
  await writeFile(join(folder, "package.json"), '{"private": true}');
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [{stdout}] = await Promise.all([
    run("npm", args, {cwd: repository, maxBuffer: 2 ** 26}),
    run("npm", ["install", "--no-save", "--no-audit", "--no-fund", ...tools], {cwd: folder})
  ]);
  const [packed] = JSON.parse(stdout) as [{filename: string}];
  project.provide("tarball", join(folder, packed.filename));
  project.provide("tools", join(folder, "node_modules"));
  return () => rm(folder, {recursive: true, force: true});
}
