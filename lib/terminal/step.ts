// A line of work: one that moves in a terminal, a plain one at its start and its end when the output is piped.
import {clipped, oneLine, type Screen} from "./screen.js";

/** One line of work: told of its progress, then done or failed. */
export interface Step {
  /**
   * Says what is being done now, and how far: `done` of `total`, when both are known. `amount` is how the two are told, when
   * `3/12` isn't it.
   */
  progress(label: string, done?: number, total?: number, amount?: string): void;
  /** Ends the line with what came of it. */
  done(result: string): void;
  /** Ends the line as failed, or as the words say; a line that has ended already stays as it is. */
  fail(words?: string): void;
}

const barWidth = 20;

function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.round((Math.max(0, Math.min(done, total)) / total) * barWidth) : 0;
  return "█".repeat(filled) + "░".repeat(barWidth - filled);
}

/** Starts a line of work named `name`. Times are shown in seconds. */
export function step(name: string, screen: Screen = process.stderr): Step {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const title = oneLine(name).padEnd(9);
  // Piped output gets a line when the work starts and one when it ends, whatever is reported between.
  if (!screen.isTTY) screen.write(`… ${title.trimEnd()}\n`);
  const live = (text: string) => {
    if (!screen.isTTY || ended) return;
    screen.write(`\r\x1b[2K${clipped(oneLine(text), Math.max(20, (screen.columns ?? 80) - 1))}`);
  };
  let ended = false;
  const end = (mark: string, text: string) => {
    if (ended) return;
    ended = true;
    screen.write(`${screen.isTTY ? "\r\x1b[2K" : ""}${mark} ${title} ${oneLine(text)}`.trimEnd() + "\n");
  };
  live(`… ${title}`);
  return {
    progress(label, done, total, amount = `${done}/${total}`) {
      const far = done !== undefined && total !== undefined ? ` ${bar(done, total)} ${amount}` : "";
      live(`… ${title}${far} ${label}`.trimEnd());
    },
    done: (result) => end("✓", `${result} (${seconds()})`),
    fail: (words = "failed") => end("✗", `${words} after ${seconds()}`)
  };
}
