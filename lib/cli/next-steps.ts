// What `init` says at its end.
import {relative} from "node:path";
import {commandsOf, type Manager} from "../start/index.js";

/** What a config of Framework that was there lacks. */
export const hermeticHint = (config: string) =>
  `  ${config} is yours and stays. To build without a CDN, begin it with\n` +
  `    import {hermeticConfig} from "ikigai-kit/hermetic";\n  and its options with ...hermeticConfig,`;

/** The commands that come after `init`. */
export function nextSteps(root: string, {local, manager}: {local: boolean; manager: Manager}): string {
  const {install, run} = commandsOf(manager);
  const folder = relative(process.cwd(), root);
  const steps = [
    ...(folder ? [`cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`] : []),
    install,
    `${run} dev`
  ];
  const where = local ? ", with the local platform's data" : "";
  return `\n  Next${where}:\n${steps.map((line) => `    ${line}\n`).join("")}\n`;
}
