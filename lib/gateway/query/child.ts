// A process that runs queries, one at a time, and may write no file.
import {builtProgram, JobProcess} from "../../processes/index.js";
import {JobError, outOfMemory, type Job, type Order, type Report} from "./job.js";

export interface Answer {
  /** An Arrow IPC stream. */
  bytes: Buffer;
  repeatable: boolean;
}

export class Child extends JobProcess<Order, Report> {
  constructor() {
    super({
      program: () => builtProgram("program.js", import.meta.url),
      heap: 512,
      limits: ["ulimit -f 0"],
      nice: 19,
      ended: () =>
        new JobError(
          "limit",
          "The query's process ended: DuckDB failed, or the machine has too little memory for it"
        )
    });
  }

  /** Runs a job. Throws a JobError, or the signal's reason, and then the job has ended. */
  answer(job: Job, signal: AbortSignal): Promise<Answer> {
    const parts: Uint8Array[] = [];
    return this.run<Answer>({kind: "run", job}, signal, (report, done, fail) => {
      if (report.kind === "part") parts.push(report.bytes);
      else if (report.kind === "end") done({bytes: Buffer.concat(parts), repeatable: report.repeatable});
      else if (report.kind === "fault") fail(new JobError(report.code, report.message));
      else if (report.kind === "memory") {
        this.kill();
        fail(outOfMemory(job.limits.memory));
      }
    });
  }
}
