// What `init` says at its end.
import {relative} from "node:path";
import {commandsOf, type Manager} from "../start/index.js";

/** What a config of Framework that was there lacks. */
export const hermeticHint = (config: string) =>
  `  ${config} is yours and stays. To build without a CDN, begin it with\n` +
  `    import {hermeticConfig} from "ikigai-kit/hermetic";\n  and its options with ...hermeticConfig,\n` +
  '  To give the new pages their style, put <link rel="stylesheet" href="style.css"> into its head.';

interface NextProject {
  local: boolean;
  manager: Manager;
  /** Whether the script `dev` is the kit's, and not one that was there and stays. */
  hasScript: boolean;
}

/** The commands that come after `init`. */
export function nextSteps(root: string, {local, manager, hasScript}: NextProject): string {
  const {install, run, execute} = commandsOf(manager);
  const folder = relative(process.cwd(), root);
  const steps = [
    ...(folder ? [`cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`] : []),
    install,
    hasScript ? `${run} dev` : `${execute} ikigai-kit dev`
  ];
  const scripts = hasScript
    ? ""
    : `  package.json keeps its own script dev; to replace such scripts, add --scripts to init.\n\n`;
  const where = local ? ", with the local platform's data" : "";
  return `\n  Next${where}:\n${steps.map((line) => `    ${line}\n`).join("")}\n${scripts}`;
}
