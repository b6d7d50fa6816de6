// The package managers that a project can use: their commands, and the settings that they need.
import {existsSync} from "node:fs";
import {join} from "node:path";
import type {PlannedFile} from "./planned-file.js";

export const managers = ["npm", "pnpm", "yarn", "yarn-classic"] as const;
/** `yarn` is Yarn 2 and later, `yarn-classic` is Yarn 1. */
export type Manager = (typeof managers)[number];

/** How somebody installs packages, runs a script of package.json, and runs a package's command, with each. */
export interface ManagerCommands {
  install: string;
  run: string;
  execute: string;
  /** How a build on another machine installs exactly what the lockfile says, where there is only npm. */
  ci: string;
}

const yarnCommands = {install: "yarn install", run: "yarn run", execute: "yarn"};
const commands: Record<Manager, ManagerCommands> = {
  npm: {install: "npm install", run: "npm run", execute: "npx", ci: "npm ci"},
  pnpm: {
    install: "pnpm install",
    run: "pnpm run",
    execute: "pnpm exec",
    ci: "npx --yes pnpm install --frozen-lockfile"
  },
  yarn: {...yarnCommands, ci: "npx --yes -p @yarnpkg/cli-dist yarn install --immutable"},
  "yarn-classic": {...yarnCommands, ci: "npx --yes yarn@1 install --frozen-lockfile"}
};

export const commandsOf = (manager: Manager): ManagerCommands => commands[manager];

/** A recipe of ours, which installs with npm, for another package manager. */
export const forManager = (recipe: string, manager: Manager): string =>
  manager === "npm"
    ? recipe
    : recipe.replaceAll("npm ci", commands[manager].ci).replace(/^ *cache: npm\n/m, "");

/** Lockfiles, and who writes them. */
const lockfiles: [file: string, manager: Manager][] = [
  ["package-lock.json", "npm"],
  ["pnpm-lock.yaml", "pnpm"],
  [".yarnrc.yml", "yarn"],
  ["yarn.lock", "yarn-classic"]
];

/**
 * The package manager of a folder: whose files are there, or else who started this command.
 * @param agent what package managers say of themselves in `npm_config_user_agent`: "pnpm/10.2.0 npm/? node/v22.1.0 …"
 */
export function managerOf(root: string, agent = process.env.npm_config_user_agent ?? ""): Manager {
  const found = lockfiles.find(([file]) => existsSync(join(root, file)));
  if (found) return found[1];
  const [, name, version] = /^(npm|pnpm|yarn)\/(\d+)/.exec(agent) ?? [];
  if (name === "yarn") return version === "1" ? "yarn-classic" : "yarn";
  return name === "pnpm" ? "pnpm" : "npm";
}

/** Files with settings without which the project's packages can't be installed or found. */
export function managerFiles(manager: Manager): PlannedFile[] {
  switch (manager) {
    case "pnpm":
      // pnpm asks whether packages may run what they ask for at install. Nothing of it is needed.
      return [
        {
          path: "pnpm-workspace.yaml",
          content: "allowBuilds:\n  esbuild: false\n",
          enough: /^ +["']?esbuild["']?: *false/m
        }
      ];
    case "yarn":
      // Framework and the kit read packages from node_modules. The lockfile, empty until the first install, says that the project begins here.
      return [
        {
          path: ".yarnrc.yml",
          content: "nodeLinker: node-modules\n",
          enough: /^nodeLinker: *["']?node-modules\b/m
        },
        {path: "yarn.lock", content: "", enough: /(?:)/}
      ];
    default:
      return [];
  }
}
