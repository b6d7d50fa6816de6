// The package managers, as their commands.
import {join} from "node:path";
import {inject} from "vitest";

/** A package manager. */
export interface Manager {
  /** How `init` names it. */
  name: "npm" | "pnpm" | "yarn" | "yarn-classic";
  /** Its command, to which its arguments are added. */
  command: string[];
}

export const npm = (): Manager => ({name: "npm", command: ["npm"]});

export const pnpm = (): Manager => ({name: "pnpm", command: [join(inject("tools"), "pnpm", "pnpm")]});

const yarnIn = (folder: string) => [process.execPath, join(inject("tools"), folder, "bin", "yarn.js")];

export const yarnClassic = (): Manager => ({name: "yarn-classic", command: yarnIn("yarn-classic")});
export const yarn = (): Manager => ({name: "yarn", command: yarnIn("yarn-modern")});
