// Runs a program that uses Framework's modules, with the hook loaded before it.
import {spawn} from "node:child_process";
import {delimiter, dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {builtProgram} from "../processes/program.js";
import {frameworkFolder} from "./installed.js";

/** A message of a program under the hook to the process that started it. */
export interface HookMessage {
  /** What has to be fixed before the site is complete. */
  problem?: string;
  /** What the user should know, though the work goes on. */
  warning?: string;
  /** The result of a program of this kit. */
  result?: unknown;
  /** A file whose loader such a program has run. */
  loaded?: unknown;
}

/** Where the program runs, and what happens to its output. */
export interface HookedOptions {
  /** The project's folder, which holds observablehq.config and node_modules. */
  root: string;
  /** Variables for the program and the loaders that it starts, beside this process's own. */
  env?: Record<string, string>;
  /** Ends the program; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Takes what it prints, instead of this process's own output. */
  onOutput?: (text: string, stream: "stdout" | "stderr") => void;
}

/** A program that is running. */
export interface HookedProgram {
  /** Sends it a message. */
  send: (message: object) => void;
  /** Ends it, if it hasn't ended. */
  end: () => void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/**
 * Starts `program`, a JavaScript file. In its environment IKIGAI_KIT_FRAMEWORK is the URL of the folder of Framework's
 * modules. Throws an Error with the fix when Framework isn't installed, or has another version than this kit supports.
 */
export function startHooked(
  [program, ...args]: [program: string, ...args: string[]],
  {root, env, signal, onOutput}: HookedOptions,
  onMessage: (message: HookMessage) => void
): HookedProgram {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [...hook(), program, ...args], {
    cwd: root,
    env: {...environment(root), ...env},
    stdio: onOutput ? ["ignore", "pipe", "pipe", "ipc"] : ["inherit", "inherit", "inherit", "ipc"]
  });
  child.on("message", onMessage);
  for (const stream of ["stdout", "stderr"] as const)
    child[stream]?.setEncoding("utf8").on("data", (text: string) => onOutput!(text, stream));
  // Framework ends on SIGTERM; if it hangs, the caller must not hang, too.
  let killing: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill();
    killing ??= setTimeout(() => child.kill("SIGKILL"), 5_000);
  };
  signal?.addEventListener("abort", end);
  const closed = new Promise<number | string>((resolve, reject) =>
    child.once("error", reject).once("close", (code, by) => resolve(code ?? by!))
  );
  const ended = closed
    .finally(() => {
      clearTimeout(killing);
      signal?.removeEventListener("abort", end);
    })
    .then((code) => {
      signal?.throwIfAborted();
      return code;
    });
  return {send: (message) => void child.send(message), end, ended};
}

/** Node's arguments that load the hook. */
const hook = () => ["--import", pathToFileURL(builtProgram("hook.js", import.meta.url)).href];

/** The environment of an npm script: Framework runs loaders in TypeScript with the `tsx` on PATH. */
function environment(root: string): NodeJS.ProcessEnv {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const folders = [root, dirname(fileURLToPath(import.meta.url))].flatMap((folder) => bins(folder));
  return {
    ...process.env,
    OBSERVABLE_TELEMETRY_DISABLE: "true",
    IKIGAI_KIT_FRAMEWORK: `${pathToFileURL(frameworkFolder(root)).href}/`,
    [name]: [...folders, process.env[name]].filter(Boolean).join(delimiter)
  };
}

/** The node_modules/.bin of a folder and of all those above it. */
function bins(folder: string): string[] {
  const above = dirname(folder);
  return [join(folder, "node_modules", ".bin"), ...(above === folder ? [] : bins(above))];
}
