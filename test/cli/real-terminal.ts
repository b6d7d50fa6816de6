// A terminal of the operating system's, which `script` of util-linux gives a command, and what the command leaves of it.
import {execFileSync, spawn} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {stripVTControlCharacters} from "node:util";
import {onTestFinished} from "vitest";
import {remove, repository, temporaryFolder} from "./project.js";

/** Why there can be no such terminal here; undefined where there can. */
export function whyNoTerminal(): string | undefined {
  try {
    const version = execFileSync("script", ["--version"], {encoding: "utf8"});
    return version.includes("util-linux") ? undefined : "script isn't that of util-linux";
  } catch {
    return "there is no script of util-linux on PATH";
  }
}

export interface TerminalRun {
  code: number | null;
  /** All that was shown, without colors and moves of the cursor. */
  text: string;
  /** Whether the cursor is shown at the end. */
  hasCursor: boolean;
  /** Whether the terminal takes what is typed as it did before: by lines, and shown. */
  isRestored: boolean;
}

/** Runs `ikigai-kit <args>` in a terminal, and types each text once the one before it is shown. */
export async function inTerminal(
  args: string[],
  typed: [shown: string | RegExp, keys: string][],
  {cwd, env}: {cwd: string; env?: Record<string, string>}
): Promise<TerminalRun> {
  const command = [process.execPath, join(repository, "build/lib/cli/index.js"), ...args];
  const quoted = command.map((word) => `'${word}'`).join(" ");
  const settings = await temporaryFolder();
  onTestFinished(() => remove(settings));
  const [before, after] = [join(settings, "before"), join(settings, "after")];
  // What `stty -g` prints are all of a terminal's settings.
  // Ctrl-C is the shell's, too, which goes on.
  const line = `trap : INT; stty cols 100; stty -g > '${before}'; ${quoted}; code=$?; stty -g > '${after}'; exit $code`;
  const child = spawn("script", ["-qefc", line, "/dev/null"], {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TERM: "xterm-256color",
      SHELL: "/bin/sh",
      TZ: "UTC",
      ...env
    },
    stdio: ["pipe", "pipe", "inherit"]
  });
  onTestFinished(() => void child.kill());
  let [all, seen] = ["", 0];
  const left = [...typed];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    all += text;
    const [[shown, keys] = []] = left;
    if (shown === undefined) return;
    const found = stripVTControlCharacters(all).slice(seen);
    if (!(typeof shown === "string" ? found.includes(shown) : shown.test(found))) return;
    left.shift();
    seen = stripVTControlCharacters(all).length;
    child.stdin.write(keys!);
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve)
  );
  return {
    code,
    text: stripVTControlCharacters(all),
    hasCursor: all.lastIndexOf("\u001B[?25h") >= all.lastIndexOf("\u001B[?25l"),
    isRestored: readFileSync(before, "utf8") === readFileSync(after, "utf8")
  };
}
