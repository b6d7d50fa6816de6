// A process that runs flows, one at a time: what it asks of the platform goes to the run's host, and its end is a failure of the run.
import {builtProgram, JobProcess} from "../../processes/index.js";
import {FlowFailure, type Host, type Progress, type RunResult} from "../engine/index.js";
import {reason} from "../error.js";
import type {FlowRun} from "../flow-run.js";
import type {Job, Order, Question, Report} from "./messages.js";
import {endGroup} from "./script-group.js";

/** Bytes that a process may keep from one run to the next: more counts against runs that never took it. */
const mostKept = 400e6;

export class FlowProcess extends JobProcess<Order, Report> {
  #script: number | undefined;

  constructor() {
    super({
      program: () => builtProgram("program.js", import.meta.url),
      heap: 1024,
      limits: [],
      nice: 5,
      ended: () =>
        new Error("the run's process ended: DuckDB failed, or the machine has too little memory for it")
    });
  }

  /** Runs a flow. Throws a FlowFailure, or the signal's reason, and then the run has ended. */
  async runFlow(job: Job, {signal, onProgress, ...host}: FlowRun): Promise<RunResult> {
    let last: Progress | undefined;
    try {
      return await this.run<RunResult>({kind: "run", job}, signal, (report, done, fail) => {
        switch (report.kind) {
          case "progress":
            onProgress((last = report.progress));
            break;
          case "question":
            void this.#answer(report, host);
            break;
          case "script":
            this.#script = report.group;
            break;
          case "memory":
            this.kill();
            fail(
              new Error(
                `the run needs more than the ${job.memory} MB of memory that it may use: filter or aggregate earlier, ` +
                  "or start the platform with a larger --memory"
              )
            );
            break;
          case "end":
          case "fault":
            if (report.rss > mostKept) this.kill();
            if (report.kind === "end") done(report.result);
            else fail(new FlowFailure(report.facetId, report.message));
        }
      });
    } catch (error) {
      throw blaming(last, error);
    } finally {
      // Only where the process has ended before its script.
      endGroup(this.#script);
      this.#script = undefined;
    }
  }

  async #answer({id, about, args}: {id: number} & Question, host: Host): Promise<void> {
    try {
      const method = host[about] as (...args: string[]) => Promise<unknown>;
      this.send({kind: "answer", id, value: await method(...args)});
    } catch (error) {
      this.send({kind: "answer", id, fault: reason(error)});
    }
  }
}

/** What ended a run from outside, with the facet that was under way. It may have been working out what those before it left to it. */
function blaming(last: Progress | undefined, error: unknown): FlowFailure {
  if (error instanceof FlowFailure) return error;
  const {facetId = "", title, step = 1} = last ?? {};
  const where = title === undefined ? "" : step > 1 ? `in ${title} or a step before it, ` : `in ${title}, `;
  return new FlowFailure(facetId, where + reason(error), {cause: error});
}
