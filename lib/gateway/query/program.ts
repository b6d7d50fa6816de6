// The program of the process that runs queries: one job after the other, each told by the gateway, which may end the process at any time.
import {endWithParent, tell as send, watchMemory} from "../../processes/index.js";
import {JobError, type Fault, type Job, type Order, type Report} from "./job.js";
import {runJob} from "./run-job.js";

/** Bytes of a message: the gateway has other things to do than to read one of a hundred megabytes. */
const partSize = 256 * 1024;

let stopping: AbortController | undefined;

const tell = (report: Report) => send(report);

await endWithParent();

process.on("message", (order: Order) => {
  if (order.kind === "stop") stopping?.abort(new JobError("limit", "The query was stopped"));
  else void run(order.job);
});
await tell({kind: "ready"});

async function run(job: Job): Promise<void> {
  const {signal} = (stopping = new AbortController());
  // What DuckDB takes beyond its own limit, it may go on to take.
  const unwatch = watchMemory(job.limits.processMemory, () => void tell({kind: "memory"}));
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
    unwatch();
  }
}

const faultOf = (error: unknown): Fault =>
  error instanceof JobError
    ? {code: error.code, message: error.message}
    : {code: "statement", message: (error as Error).message};
