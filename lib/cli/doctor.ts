// `ikigai-kit doctor`: what is wrong with the project's set-up, each with its fix.
import {lstat} from "node:fs/promises";
import {join} from "node:path";
import {hasCredentials} from "../config/index.js";
import {frameworkConfig} from "../config/framework-config.js";
import {hasConfig} from "../config/load.js";
import {examine, readPackage, type Examined, type Surroundings} from "../doctor/index.js";
import {printJson} from "./reporters.js";
import {withLocal, type LocalChoice} from "./shared-local.js";

export interface DoctorOptions extends LocalChoice {
  port: number;
  json?: boolean;
}

/** Exit codes: 0 nothing is broken, 1 something is. */
export async function doctor({port, json, ...choice}: DoctorOptions): Promise<void> {
  const {signal} = choice;
  const root = process.cwd();
  const look = async (ofPlatform: Record<string, string> | undefined) => {
    const env = {...process.env, ...ofPlatform};
    const source = await sourceFor(root, env);
    const all: Examined[] = [];
    for await (const examined of examine({root, env, node: process.versions.node, port, source, signal})) {
      all.push(examined);
      if (json) printAsJson(examined);
      else process.stdout.write(linesOf(examined));
    }
    if (!json) process.stdout.write(`\n${summaryOf(all)}\n`);
    if (count(all, "broken") > 0) process.exitCode = 1;
  };
  await withLocal(choice, look, () => Promise.resolve());
}

/** Where the project's data comes from: what is set counts, also where package.json says otherwise. */
async function sourceFor(root: string, env: Surroundings["env"]): Promise<Surroundings["source"]> {
  if (!(await hasConfig(root)) && frameworkConfig(root) !== undefined) return "nothing";
  // A .env that can't be read is found by the check of the account.
  if (await hasCredentials(root, env).catch(() => true)) return "account";
  const manifest = await readPackage(root);
  if (!manifest && (await isThere(join(root, "package.json")))) return "unknown";
  return usesLocal(manifest) ? "local" : "account";
}

/** Also a link that leads nowhere. */
const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false
  );

/** Commands that use the account, unless they are given `--local`. */
const needsAccount = /\bikigai-kit (?:add|build|publish|refresh|run|serve|types)\b[^&|;]*/g;

/** Whether the project's scripts take the local platform, each that would need an account otherwise. */
function usesLocal(manifest: Awaited<ReturnType<typeof readPackage>>): boolean {
  const scripts = Object.values(manifest?.scripts ?? {});
  const needing = scripts.flatMap((script) => script.match(needsAccount) ?? []);
  return needing.length > 0 && needing.every((command) => command.includes("--local"));
}

const marks = {broken: "✗", warning: "!"};

function printAsJson({name: check, findings, skipped}: Examined): void {
  if (skipped !== undefined) printJson({check, level: "skipped", what: skipped});
  for (const finding of findings) printJson({check, ...finding});
}

function linesOf({name, findings, skipped}: Examined): string {
  if (skipped !== undefined) return `- ${name}: not looked at: ${skipped}\n`;
  if (findings.length === 0) return `✓ ${name}\n`;
  return findings
    .map(
      ({level, where, what, fix}) =>
        `${marks[level]} ${name}: ${where}\n    ${what.replaceAll("\n", "\n    ")}\n    fix: ${fix}\n`
    )
    .join("");
}

const count = (all: readonly Examined[], wanted: "broken" | "warning") =>
  all.flatMap(({findings}) => findings).filter(({level}) => level === wanted).length;

function summaryOf(all: readonly Examined[]): string {
  const [broken, warning] = [count(all, "broken"), count(all, "warning")];
  const skipped = all.filter((examined) => examined.skipped !== undefined).length;
  const where = skipped > 0 ? ` in what was looked at; ${skipped} of ${all.length} checks weren't made` : "";
  if (broken + warning === 0) return `Nothing is wrong${where}.`;
  const warnings = `${warning} ${warning === 1 ? "warning" : "warnings"}`;
  return broken === 0 ? `Nothing is broken${where}; ${warnings}.` : `${broken} broken, ${warnings}.`;
}
