// The program of the process that runs queries: one job after the other, each told by the gateway, which may end the process at any time.
import {writeFile} from "node:fs/promises";
import {JobError, type Fault, type Job, type Order, type Report} from "./job.js";
import {runJob} from "./run-job.js";

/** Bytes of a message: the gateway has other things to do than to read one of a hundred megabytes. */
const partSize = 256 * 1024;

/** Milliseconds between two looks at how much memory the process has. */
const lookAgain = 50;

let stopping: AbortController | undefined;

// Where memory is short, Linux ends this process before the gateway.
await writeFile("/proc/self/oom_score_adj", "1000").catch(() => undefined);

process.on("message", (order: Order) => {
  if (order.kind === "stop") stopping?.abort(new JobError("limit", "The query was stopped"));
  else void run(order.job);
});
// The gateway has ended. A thread of DuckDB may be busy, and would hold up an orderly end.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

await tell({kind: "ready"});

async function run(job: Job): Promise<void> {
  const {signal} = (stopping = new AbortController());
  // What DuckDB takes beyond its own limit, it may go on to take.
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > job.limits.processMemory) void tell({kind: "memory"});
  }, lookAgain);
  try {
    const repeatable = await runJob(job, signal, async (bytes) => {
      for (let at = 0; at < bytes.length; at += partSize) {
        await tell({kind: "part", bytes: bytes.subarray(at, at + partSize)});
      }
    });
    await tell({kind: "end", repeatable});
  } catch (error) {
    await tell({kind: "fault", ...faultOf(error)});
  } finally {
    clearInterval(watch);
  }
}

const faultOf = (error: unknown): Fault =>
  error instanceof JobError
    ? {code: error.code, message: error.message}
    : {code: "statement", message: (error as Error).message};

/** Sends a report, and waits until it is on its way. */
function tell(report: Report): Promise<void> {
  return new Promise((resolve) => process.send!(report, undefined, undefined, () => resolve()));
}
