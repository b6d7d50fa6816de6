// The built `ikigai-kit` command as somebody starts it at a terminal: in a process group of its own, with an environment of
// its own, watched from outside.
import {spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {setTimeout as delay} from "node:timers/promises";

export interface Command {
  /** The number of its process group. */
  readonly group: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves to the match once the output holds the pattern; rejects with all that was said if the command ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** As Ctrl-C at a terminal: to the command and all that it started. Resolves to the exit code. */
  interrupt(): Promise<number | null>;
  /** The exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  /** Resolves when neither it nor anything that it started is left, and rejects if that doesn't come to pass. */
  gone(): Promise<void>;
  /** Ends what is left of it, at once. */
  kill(): void;
}

export interface Surroundings {
  /** The folder of the package that the command comes from; by default `cwd`. */
  from?: string;
  cwd: string;
  env?: Record<string, string>;
}

/** Starts `ikigai-kit <args>`. Of this process's environment it gets what every program needs, and nothing of Ikigai's. */
export function start(args: string[], {cwd, from = cwd, env}: Surroundings): Command {
  const program = join(from, "build/lib/cli/index.js");
  if (!existsSync(program)) throw new Error(`There is no ${program}: npm run compile`);
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: {PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, TZ: "UTC", ...env},
    detached: true,
    stdio: ["ignore", "pipe", "pipe"]
  });
  const group = -child.pid!;
  const output = {stdout: "", stderr: ""};
  const listeners = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve)
  );
  const signal = (name: NodeJS.Signals | 0) => {
    try {
      return process.kill(group, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
      throw error;
    }
  };
  return {
    group: child.pid!,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then((code) => {
          reject(
            new Error(
              `ended with ${code} and never said ${String(pattern)}, but:\n${output.stdout}${output.stderr}`
            )
          );
        });
      }),
    interrupt: () => {
      signal("SIGINT");
      return ended;
    },
    ended,
    async gone() {
      // Orphans that died stay in the group until init has taken note, for some seconds with a slow one.
      for (const late = performance.now() + 60_000; signal(0); await delay(20)) {
        if (performance.now() > late) throw new Error(`ikigai-kit ${args.join(" ")} left a process running`);
      }
    },
    kill: () => void signal("SIGKILL")
  };
}

/** Runs `ikigai-kit <args>` to its end. */
export async function run(
  args: string[],
  surroundings: Surroundings
): Promise<{code: number | null; stdout: string; stderr: string}> {
  const command = start(args, surroundings);
  const code = await command.ended;
  return {code, stdout: command.stdout, stderr: command.stderr};
}
