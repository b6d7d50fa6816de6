/** Looks for what is wrong with a project's set-up: the machine, its packages, the account, its configs and its pages. */
import {credentialsCheck, platform, secret} from "./account.js";
import {relative, sep} from "node:path";
import {diskFault} from "../disk/index.js";
import {broken, diskFinding, type Check, type Finding, type Surroundings} from "./check.js";
import {files, folders} from "./files.js";
import {browser, disk, node, port} from "./machine.js";
import {copies, installed, packageFile, packageManager} from "./packages.js";
import {config, framework, pages, sources} from "./project.js";
import {python} from "./python.js";

export type {Finding, Surroundings} from "./check.js";
export {readPackage} from "./package-json.js";

/** In this order: what comes first may be why what comes later fails. */
const checks: Check[] = [
  node,
  files,
  packageFile,
  packageManager,
  installed,
  copies,
  credentialsCheck,
  secret,
  platform,
  config,
  folders,
  framework,
  sources,
  pages,
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

/**
 * Makes each check in turn, or only those of these names. A check that fails is a finding. What is wrong with a file or a folder is told
 * once: a later check that fails by it isn't made.
 */
export async function* examine(
  surroundings: Surroundings,
  only?: readonly string[]
): AsyncGenerator<Examined, void, undefined> {
  const {root, signal} = surroundings;
  /** What is wrong with files and folders, and by which words a later fault is the same. */
  const told: {finding: Finding; words: string}[] = [];
  for (const {name, run} of checks) {
    if (only && !only.includes(name)) continue;
    signal.throwIfAborted();
    const result = await run(surroundings).catch((error: unknown) => {
      signal.throwIfAborted();
      return [failure(error, root)];
    });
    if ("skipped" in result) {
      yield {name, findings: [], ...result};
      continue;
    }
    const causeOf = ({what}: Finding) => told.find(({words}) => what.includes(words))?.finding;
    const [cause] = result.map(causeOf).filter((finding) => finding !== undefined);
    const findings = result.filter((finding) => !causeOf(finding));
    if (cause && findings.length === 0) yield {name, findings, skipped: `it needs ${placeOf(cause, root)}`};
    else yield {name, findings: findings.map((finding) => ({...finding, where: placeOf(finding, root)}))};
    // A fault that names a file is by that file. Much names a folder, such as that of the project.
    if (name === files.name) told.push(...findings.map((finding) => ({finding, words: finding.where})));
    if (name === folders.name) told.push(...findings.map((finding) => ({finding, words: finding.what})));
  }
}

function failure(error: unknown, root: string): Finding {
  const fault = diskFault(error);
  return fault
    ? diskFinding(fault)
    : broken(root, (error as Error).message, "correct what it names, and run this again");
}

/** As the user would name it: a path in the project from its folder. */
const placeOf = ({where}: Finding, root: string): string =>
  where.startsWith(`${root}${sep}`) ? relative(root, where) : where;
