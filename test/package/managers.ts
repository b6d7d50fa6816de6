// How each package manager installs the packed kit into an empty folder.
import {readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {inject} from "vitest";

/** A package manager, and what a project for it has besides. */
export interface Manager {
  /** Its command, to which its arguments are added. */
  command: string[];
  /** Files of the project. */
  files: Record<string, string>;
  /** Whether it installs peer dependencies by itself. */
  installsPeers: boolean;
}

const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8")) as {
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, {optional?: boolean}>;
};

/** What a project names beside the kit where the package manager doesn't install peers. */
export const peers = Object.fromEntries(
  Object.entries(manifest.peerDependencies).filter(([name]) => !manifest.peerDependenciesMeta[name]?.optional)
);

export const npm = (): Manager => ({command: ["npm"], files: {}, installsPeers: true});

export const pnpm = (): Manager => ({
  command: [join(inject("tools"), "pnpm", "pnpm")],
  // Nothing that a package wants to run while it is installed is needed; pnpm asks for a word on each.
  files: {"pnpm-workspace.yaml": "allowBuilds:\n  esbuild: false\n"},
  installsPeers: true
});

export const yarnClassic = (): Manager => ({
  command: [process.execPath, join(inject("tools"), "yarn-classic", "bin", "yarn.js")],
  files: {},
  installsPeers: false
});

export const yarn = (): Manager => ({
  command: [process.execPath, join(inject("tools"), "yarn-modern", "bin", "yarn.js")],
  // An empty lockfile says where the project begins.
  files: {".yarnrc.yml": "nodeLinker: node-modules\nenableTelemetry: false\n", "yarn.lock": ""},
  installsPeers: false
});
