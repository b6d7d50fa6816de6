// A program that is started, killed, and started again at the same port.
import {spawn, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {readFileSync} from "node:fs";
import {createInterface} from "node:readline";
import {setTimeout as sleep} from "node:timers/promises";

export interface ProgramOptions {
  /** Node's arguments, the script first or after `--import`. */
  args: string[];
  env: Record<string, string>;
  cwd: string;
  /** What it prints to standard output when it answers. */
  ready: RegExp;
  /** Gets the lines of its standard error. */
  log: (line: string) => void;
  /** Called when it ends though nobody ended it after it had answered. */
  onCrash: (how: string) => void;
}

/** Milliseconds between two tries to start it. */
const tryAgain = 500;

export class Program {
  #child: ChildProcess | undefined;
  #isWanted = false;
  #startedAt = 0;
  /** All that were started: what a killed one leaves runs on in its group. */
  readonly #groups: number[] = [];

  constructor(private readonly options: ProgramOptions) {}

  /** Starts it, again and again until it answers, as whatever watches a service would. Resolves to what its ready line said. */
  async start(): Promise<RegExpExecArray> {
    for (this.#isWanted = true; ;) {
      const found = await this.#try();
      if (found) return found;
      await sleep(tryAgain);
    }
  }

  /** Ends it at once, and it alone. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    this.#isWanted = false;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }

  /** Ends it and all that it or one before it has left running. */
  async close(): Promise<void> {
    await this.kill();
    for (const group of this.#groups) {
      try {
        process.kill(-group, "SIGKILL");
      } catch {
        // Nothing is left of it.
      }
    }
  }

  /** Its memory, and since when it runs; undefined where the system doesn't tell. */
  measure(): {at: number; megabytes: number} | undefined {
    try {
      const status = readFileSync(`/proc/${this.#child!.pid}/status`, "utf8");
      const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]);
      return {at: (performance.now() - this.#startedAt) / 1000, megabytes: kilobytes / 1024};
    } catch {
      return undefined;
    }
  }

  async #try(): Promise<RegExpExecArray | undefined> {
    const {args, env, cwd, ready, log, onCrash} = this.options;
    const child = spawn(process.execPath, args, {
      cwd,
      env: {...process.env, ...env},
      detached: true,
      stdio: ["ignore", "pipe", "pipe"]
    });
    this.#child = child;
    this.#startedAt = performance.now();
    this.#groups.push(child.pid!);
    createInterface(child.stderr).on("line", log);
    const found = await new Promise<RegExpExecArray | undefined>((resolve) => {
      createInterface(child.stdout).on("line", (line) => {
        const match = ready.exec(line);
        if (match) resolve(match);
      });
      child.once("exit", () => resolve(undefined));
    });
    if (found)
      child.once("exit", (code, signal) => {
        if (this.#isWanted && this.#child === child) onCrash(`code ${code}, signal ${signal}`);
      });
    return found;
  }
}
