// Runs Observable Framework, its packages taken from node_modules rather than from a CDN.
import {join} from "node:path";
import {startHooked, type HookedOptions} from "./hooked.js";
import {frameworkFolder} from "./installed.js";

/** A command of Framework. */
export type FrameworkCommand = "build" | "preview";

/** Where and how Framework runs, and what happens to its output. */
export interface FrameworkOptions extends HookedOptions {
  /** Framework's own arguments, such as `["--port", "3000", "--no-open"]`. */
  args?: string[];
  /** The folder for a build, instead of the config's `output`. Framework empties it if it is in the project's folder. */
  output?: string;
  /** Called with each warning of Framework, such as a broken link; by default warnings are printed with the rest. */
  onWarning?: (warning: string) => void;
}

/** Framework failed, or built a site with something missing from it. */
export class FrameworkError extends Error {
  override name = "FrameworkError";
  constructor(
    message: string,
    readonly exitCode: number
  ) {
    super(message);
  }
}

/**
 * Runs one of Framework's commands to its end. Rejects with a FrameworkError that names every package that is missing and
 * the `npm install` that fixes it. With IKIGAI_KIT_CDN=1 Framework runs unchanged and uses its CDN.
 */
export async function runFramework(
  command: FrameworkCommand,
  {args = [], output, env, onWarning, ...options}: FrameworkOptions
): Promise<void> {
  options.signal?.throwIfAborted();
  const problems = new Set<string>();
  const warn = onWarning ?? printTo(options.onOutput);
  const program = join(frameworkFolder(options.root), "bin", "observable.js");
  const {ended} = startHooked(
    [program, command, ...args],
    {...options, env: {...env, ...(output !== undefined && {IKIGAI_KIT_OUTPUT: output})}},
    ({problem, warning}) => {
      if (problem !== undefined) problems.add(problem);
      if (warning !== undefined) warn(warning);
    }
  );
  checkEnd(command, await ended, problems);
}

/** Throws a FrameworkError if the command that has ended failed; `code` is the exit code or a signal's name. */
export function checkEnd(
  command: FrameworkCommand,
  code: number | string,
  problems: ReadonlySet<string>
): void {
  // A preview goes on after an error, and has already shown it.
  if (code === 0 && (command === "preview" || problems.size === 0)) return;
  const isCode = typeof code === "number";
  const reason =
    problems.size > 0 ? [...problems].join("\n") : `it ended with ${isCode ? `exit code ${code}` : code}`;
  throw new FrameworkError(`observable ${command} failed: ${reason}`, isCode ? code || 1 : 1);
}

const printTo =
  (onOutput: HookedOptions["onOutput"]) =>
  (warning: string): void =>
    onOutput ? onOutput(`${warning}\n`, "stderr") : void process.stderr.write(`${warning}\n`);
