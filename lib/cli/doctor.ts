// `ikigai-kit doctor`: what is wrong with the project's set-up, each with its fix.
import {hasCredentials} from "../config/index.js";
import {examine, readPackage, type Examined} from "../doctor/index.js";
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
  await withLocal(choice, async (ofPlatform) => {
    const env = {...process.env, ...ofPlatform};
    const isLocal = !ofPlatform && !(await hasCredentials(root, env)) && (await usesLocal(root));
    let found = {broken: 0, warning: 0};
    for await (const examined of examine({root, env, node: process.versions.node, port, isLocal, signal})) {
      for (const {level} of examined.findings) found = {...found, [level]: found[level] + 1};
      if (json) for (const finding of examined.findings) printJson({check: examined.name, ...finding});
      else process.stdout.write(linesOf(examined));
    }
    if (!json) process.stdout.write(`\n${summaryOf(found)}${isLocal ? withoutPlatform : ""}\n`);
    if (found.broken > 0) process.exitCode = 1;
  });
}

const withoutPlatform = " What is on the local platform wasn't looked at: ikigai-kit doctor --local does.";

/** Whether the project's scripts take the local platform. */
async function usesLocal(root: string): Promise<boolean> {
  const scripts = Object.values((await readPackage(root))?.scripts ?? {});
  return scripts.some((script) => /\bikigai-kit\b.*--local\b/.test(script));
}

const marks = {broken: "✗", warning: "!"};

function linesOf({name, findings}: Examined): string {
  if (findings.length === 0) return `✓ ${name}\n`;
  return findings
    .map(
      ({level, where, what, fix}) =>
        `${marks[level]} ${name}: ${where}\n    ${what.replaceAll("\n", "\n    ")}\n    fix: ${fix}\n`
    )
    .join("");
}

function summaryOf({broken, warning}: {broken: number; warning: number}): string {
  if (broken + warning === 0) return "Nothing is wrong.";
  const warnings = `${warning} ${warning === 1 ? "warning" : "warnings"}`;
  return broken === 0 ? `Nothing is broken; ${warnings}.` : `${broken} broken, ${warnings}.`;
}
