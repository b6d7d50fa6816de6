// What the command says while it works: one line that moves in a terminal, plain lines when the output is piped.

/** Where the text goes; `process.stderr`, or a stand-in in a test. */
export interface Screen {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** One line of work: told of its progress, then done or failed. */
export interface Step {
  /** Says what is being done now, and how far: `done` of `total`, when both are known. */
  progress(label: string, done?: number, total?: number): void;
  /** Ends the line with what came of it. */
  done(result: string): void;
  /** Ends the line as failed; a line that has ended already stays as it is. */
  fail(): void;
}

const barWidth = 20;

function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.round((Math.min(done, total) / total) * barWidth) : 0;
  return "█".repeat(filled) + "░".repeat(barWidth - filled);
}

/** Starts a line of work named `name`. Times are shown in seconds. */
export function step(name: string, screen: Screen = process.stderr): Step {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const title = name.padEnd(9);
  // Piped output gets a line when the work starts and one when it ends, whatever is reported between.
  if (!screen.isTTY) screen.write(`… ${name}\n`);
  const live = (text: string) => {
    if (screen.isTTY) screen.write(`\r\x1b[2K${text.slice(0, Math.max(20, (screen.columns ?? 80) - 1))}`);
  };
  live(`… ${title}`);
  let ended = false;
  const end = (mark: string, text: string) => {
    if (ended) return;
    ended = true;
    screen.write(`${screen.isTTY ? "\r\x1b[2K" : ""}${mark} ${title} ${text}`.trimEnd() + "\n");
  };
  return {
    progress(label, done, total) {
      const amount = done !== undefined && total !== undefined ? ` ${bar(done, total)} ${done}/${total}` : "";
      live(`… ${title}${amount} ${label}`);
    },
    done: (result) => end("✓", `${result} (${seconds()})`),
    fail: () => end("✗", `failed after ${seconds()}`)
  };
}
