// Runs Observable Framework, its packages taken from node_modules rather than from a CDN.
import {spawn} from "node:child_process";
import {createRequire} from "node:module";
import {delimiter, dirname, extname, join} from "node:path";
import {fileURLToPath} from "node:url";

/** What Framework is asked to do. */
export type FrameworkCommand = "build" | "preview";

/** Where Framework runs, and who is told what it prints. */
export interface FrameworkOptions {
  /** The project's folder, which holds observablehq.config and node_modules. */
  root: string;
  /** Framework's own arguments, such as `["--port", "3000", "--no-open"]`. */
  args?: string[];
  /** Where a build goes, instead of where the config says. Framework empties it if it is in the project's folder. */
  output?: string;
  /** Variables for Framework and its loaders beside this process's own. */
  env?: Record<string, string>;
  /** Ends Framework; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Takes what Framework prints, instead of this process's own output. */
  onOutput?: (text: string) => void;
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
 * the `npm install` that mends it. With IKIGAI_KIT_CDN=1 Framework runs untouched and uses its CDN.
 */
export async function runFramework(
  command: FrameworkCommand,
  {root, args = [], output, env, signal, onOutput}: FrameworkOptions
): Promise<void> {
  signal?.throwIfAborted();
  const faults = new Set<string>();
  const child = spawn(process.execPath, [...hook(), bin(root), command, ...args], {
    cwd: root,
    env: {...environment(root), ...env, ...(output !== undefined && {IKIGAI_KIT_OUTPUT: output})},
    stdio: onOutput ? ["ignore", "pipe", "pipe", "ipc"] : ["inherit", "inherit", "inherit", "ipc"]
  });
  child.on("message", (message: {fault: string}) => faults.add(message.fault));
  child.stdout?.setEncoding("utf8").on("data", onOutput!);
  child.stderr?.setEncoding("utf8").on("data", onOutput!);
  // Framework ends itself on SIGTERM; what hangs in the middle of something must not hang the caller too.
  let killing: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill();
    killing = setTimeout(() => child.kill("SIGKILL"), 5_000);
  };
  signal?.addEventListener("abort", end);
  try {
    const [code, by] = await new Promise<[number | null, string | null]>((resolve, reject) =>
      child.once("error", reject).once("close", (...status) => resolve(status))
    );
    signal?.throwIfAborted();
    // A preview goes on after a fault, and has shown it where it belongs.
    if (code !== 0 || (command !== "preview" && faults.size > 0)) {
      const reason = faults.size > 0 ? [...faults].join("\n") : `it ended with ${by ?? `exit code ${code}`}`;
      throw new FrameworkError(`observable ${command} failed: ${reason}`, code || 1);
    }
  } finally {
    clearTimeout(killing);
    signal?.removeEventListener("abort", end);
  }
}

/** Node's arguments that load the hook. Run from source, as in tests, it needs tsx. */
function hook(): string[] {
  const extension = extname(import.meta.url);
  const tsx = extension === ".ts" ? ["--import", import.meta.resolve("tsx")] : [];
  return [...tsx, "--import", new URL(`./hook${extension}`, import.meta.url).href];
}

/** Framework's program: the project's own, or else the one that came with this package. */
function bin(root: string): string {
  for (const from of [join(root, "package.json"), import.meta.url]) {
    try {
      const manifest = createRequire(from).resolve("@observablehq/framework/package.json");
      return join(dirname(manifest), "dist", "bin", "observable.js");
    } catch {
      continue;
    }
  }
  throw new Error(`Observable Framework is not installed in ${root}\n  npm install @observablehq/framework`);
}

/** As an npm script would have it: loaders in TypeScript are run by the `tsx` on PATH. */
function environment(root: string): NodeJS.ProcessEnv {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const folders = [root, dirname(fileURLToPath(import.meta.url))].flatMap((folder) => bins(folder));
  return {
    ...process.env,
    OBSERVABLE_TELEMETRY_DISABLE: "true",
    [name]: [...folders, process.env[name]].filter(Boolean).join(delimiter)
  };
}

/** The node_modules/.bin of a folder and of all those above it. */
function bins(folder: string): string[] {
  const above = dirname(folder);
  return [join(folder, "node_modules", ".bin"), ...(above === folder ? [] : bins(above))];
}
