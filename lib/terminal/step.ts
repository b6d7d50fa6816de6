// A line of work: one that moves in a terminal, a plain one at its start and its end when the output is piped.
import {clipped, oneLine, type Screen} from "./screen.js";

/** One line of work: its progress, then done or failed. */
export interface Step {
  /**
   * Says what is being done now, and how far: a bar of `done` of `total` when both are known. `amount` is how the two are told when
   * `3/12` isn't it.
   */
  progress(label: string, done?: number, total?: number, amount?: string): void;
  /** Puts a whole line above this one, such as a warning. */
  note(line: string): void;
  /** Ends the line with the result. */
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
  const clear = screen.isTTY ? "\r\x1b[2K" : "";
  // Piped output gets a line when the work starts and one when it ends, whatever is reported between.
  if (!screen.isTTY) screen.write(`… ${title.trimEnd()}\n`);
  let shown = "";
  let ended = false;
  const live = (text: string) => {
    if (!screen.isTTY || ended) return;
    shown = text;
    screen.write(clear + clipped(oneLine(text), Math.max(20, (screen.columns ?? 80) - 1)));
  };
  const end = (mark: string, text: string) => {
    if (ended) return;
    ended = true;
    screen.write(clear + `${mark} ${title} ${oneLine(text)}`.trimEnd() + "\n");
  };
  live(`… ${title}`);
  return {
    progress(label, done, total, amount) {
      const isKnown = done !== undefined && total !== undefined;
      const far = [isKnown ? bar(done, total) : "", amount ?? (isKnown ? `${done}/${total}` : "")];
      live([`… ${title}`, ...far, label].filter(Boolean).join(" "));
    },
    note(line) {
      screen.write(`${ended ? "" : clear}${oneLine(line)}\n`);
      live(shown);
    },
    done: (result) => end("✓", `${result} (${seconds()})`),
    fail: (words = "failed") => end("✗", `${words} after ${seconds()}`)
  };
}
