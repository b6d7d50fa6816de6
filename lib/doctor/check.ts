// What a check of a project's set-up is told, and what it finds.
import type {DiskFault} from "../disk/index.js";

/** Something that is wrong. */
export interface Finding {
  /** `broken` keeps the project from working; a `warning` doesn't yet. */
  level: "broken" | "warning";
  /** The file, variable or address. */
  where: string;
  what: string;
  /** What to do. */
  fix: string;
}

/** The project, and the machine that it is on. */
export interface Surroundings {
  /** The project's folder. */
  root: string;
  /** As `process.env`. */
  env: Readonly<Record<string, string | undefined>>;
  /** The version of Node, such as "22.1.0". */
  node: string;
  /** The port that the site will use. */
  port: number;
  /** Free bytes of the project's disk; asked of the system if left out. */
  freeBytes?: number;
  /**
   * Where its data comes from: an account; the local platform, which isn't running, so that nothing is asked of it; or nothing of Ikigai,
   * as in a project of Framework's without ikigai.config.ts. `unknown` where package.json would say it and can't be read.
   */
  source: "account" | "local" | "nothing" | "unknown";
  signal: AbortSignal;
}

/** A check that wasn't made, and why. */
export interface Skipped {
  skipped: string;
}

/** A check: its name, and what it finds. What it throws is a finding, too. */
export interface Check {
  name: string;
  run: (surroundings: Surroundings) => Promise<Finding[] | Skipped>;
}

/** Why nothing is asked of the platform; undefined where it is asked. */
export const whyNotAsked = ({source}: Surroundings): string | undefined =>
  ({
    account: undefined,
    local: "the project uses the local platform, which isn't running; ikigai-kit doctor --local starts it",
    unknown: "it needs package.json, whose scripts say whether the project uses an account",
    nothing: "the project takes nothing from Ikigai: it has no ikigai.config.ts"
  })[source];

export const broken = (where: string, what: string, fix: string): Finding => ({
  level: "broken",
  where,
  what,
  fix
});
/** What a disk has refused, as a finding. */
export const diskFinding = ({path = "a file", what, fix}: DiskFault): Finding =>
  broken(path, what, fix[0]!.toLowerCase() + fix.slice(1));
export const warning = (where: string, what: string, fix: string): Finding => ({
  level: "warning",
  where,
  what,
  fix
});
