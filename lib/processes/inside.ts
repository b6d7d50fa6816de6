// What the program of such a process does: tells its parent, gives way where memory is short, and ends with its parent.
import {writeFile} from "node:fs/promises";

/** Milliseconds between two looks at how much memory the process has. */
const lookAgain = 50;

/** Sends a report to the parent, and waits until it is on its way. */
export function tell(report: object): Promise<void> {
  return new Promise((resolve) => process.send!(report, undefined, undefined, () => resolve()));
}

/** Has Linux end this process before its parent where memory is short, and ends it when the parent has ended, after `last`. */
export async function endWithParent(last: () => void = () => undefined): Promise<void> {
  await writeFile("/proc/self/oom_score_adj", "1000").catch(() => undefined);
  process.on("disconnect", () => {
    last();
    // A thread of DuckDB may be busy, and would hold up an orderly end.
    process.kill(process.pid, "SIGKILL");
  });
}

/** Calls `onExcess` while the process has more bytes of memory than the limit: DuckDB doesn't count all that it takes. Returns what ends that. */
export function watchMemory(limit: number, onExcess: () => void): () => void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > limit) onExcess();
  }, lookAgain);
  return () => clearInterval(timer);
}
