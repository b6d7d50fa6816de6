// What a check of a project's set-up is told, and what it finds.

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
  /** Whether nothing is asked of the platform, since the project uses a local one that isn't running. */
  isLocal: boolean;
  signal: AbortSignal;
}

/** A check: its name, and what it finds. What it throws is a finding, too. */
export interface Check {
  name: string;
  run: (surroundings: Surroundings) => Promise<Finding[]>;
}

export const broken = (where: string, what: string, fix: string): Finding => ({
  level: "broken",
  where,
  what,
  fix
});
export const warning = (where: string, what: string, fix: string): Finding => ({
  level: "warning",
  where,
  what,
  fix
});
