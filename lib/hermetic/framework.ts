// Runs Observable Framework, its packages taken from node_modules rather than from a CDN.
import {join} from "node:path";
import {startHooked, type HookedOptions} from "./hooked.js";
import {frameworkFolder} from "./installed.js";

/** What Framework is asked to do. */
export type FrameworkCommand = "build" | "preview";

/** Where Framework runs, and who is told what it prints. */
export interface FrameworkOptions extends HookedOptions {
  /** Framework's own arguments, such as `["--port", "3000", "--no-open"]`. */
  args?: string[];
  /** Where a build goes, instead of where the config says. Framework empties it if it is in the project's folder. */
  output?: string;
  /** Takes each thing that Framework warns of, such as a broken link; by default it is printed with the rest. */
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
 * the `npm install` that fixes it. With IKIGAI_KIT_CDN=1 Framework runs untouched and uses its CDN.
 */
export async function runFramework(
  command: FrameworkCommand,
  {args = [], output, env, onWarning, ...options}: FrameworkOptions
): Promise<void> {
  options.signal?.throwIfAborted();
  const faults = new Set<string>();
  const warn = onWarning ?? printTo(options.onOutput);
  const program = join(frameworkFolder(options.root), "bin", "observable.js");
  const {ended} = startHooked(
    [program, command, ...args],
    {...options, env: {...env, ...(output !== undefined && {IKIGAI_KIT_OUTPUT: output})}},
    ({fault, warning}) => {
      if (fault !== undefined) faults.add(fault);
      if (warning !== undefined) warn(warning);
    }
  );
  checkEnd(command, await ended, faults);
}

/** Throws what there is to throw when one of Framework's commands has ended; `code` may be a signal's name. */
export function checkEnd(
  command: FrameworkCommand,
  code: number | string,
  faults: ReadonlySet<string>
): void {
  // A preview goes on after a fault, and has shown it where it belongs.
  if (code === 0 && (command === "preview" || faults.size === 0)) return;
  const isCode = typeof code === "number";
  const reason =
    faults.size > 0 ? [...faults].join("\n") : `it ended with ${isCode ? `exit code ${code}` : code}`;
  throw new FrameworkError(`observable ${command} failed: ${reason}`, isCode ? code || 1 : 1);
}

const printTo =
  (onOutput: HookedOptions["onOutput"]) =>
  (warning: string): void =>
    onOutput ? onOutput(`${warning}\n`, "stderr") : void process.stderr.write(`${warning}\n`);
