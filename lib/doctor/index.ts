/** Looks for what is wrong with a project's set-up: the machine, its packages, the account, its configs and its pages. */
import {credentialsCheck, platform, secret} from "./account.js";
import {broken, type Check, type Finding, type Surroundings} from "./check.js";
import {browser, cache, disk, node, port} from "./machine.js";
import {copies, installed, packageFile, packageManager} from "./packages.js";
import {config, framework, pages, sources} from "./project.js";
import {python} from "./python.js";

export type {Finding, Surroundings} from "./check.js";
export {readPackage} from "./package-json.js";

/** In this order: what comes first may be why what comes later fails. */
const checks: Check[] = [
  node,
  packageFile,
  packageManager,
  installed,
  copies,
  credentialsCheck,
  secret,
  platform,
  config,
  framework,
  sources,
  pages,
  cache,
  disk,
  port,
  browser,
  python
];

/** A check, and what it found; or why it wasn't made. */
export interface Examined {
  name: string;
  findings: Finding[];
  skipped?: string;
}

/** Makes each check in turn, or only those of these names. A check that fails is a finding. */
export async function* examine(
  surroundings: Surroundings,
  only?: readonly string[]
): AsyncGenerator<Examined, void, undefined> {
  for (const {name, run} of checks) {
    if (only && !only.includes(name)) continue;
    surroundings.signal.throwIfAborted();
    const result = await run(surroundings).catch((error: unknown) => {
      surroundings.signal.throwIfAborted();
      return [
        broken(surroundings.root, (error as Error).message, "correct what it names, and run this again")
      ];
    });
    yield "skipped" in result ? {name, findings: [], ...result} : {name, findings: result};
  }
}
