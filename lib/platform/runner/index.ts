// Runs flows in processes of their own, so that no run can take the platform with it: what needs too much, never ends or crashes fails.
import type {RunFlow} from "../flow-run.js";
import {FlowProcess} from "./flow-process.js";

/** What a run may use. */
export interface RunLimits {
  /** Whether flows may run Python. */
  allowPython: boolean;
  /** Megabytes that a run may hold in memory. */
  memory: number;
  /** Seconds that a run may take. */
  timeLimit: number;
}

/** Milliseconds after which processes that have nothing to do are ended. */
const idle = 60_000;

export class FlowProcesses {
  /** The last one is warm. */
  readonly #free: FlowProcess[] = [];
  readonly #all = new Set<FlowProcess>();
  #idle: NodeJS.Timeout | undefined;

  constructor(private readonly limits: RunLimits) {}

  /** Runs a flow in a process that is free, or in a new one. */
  readonly runFlow: RunFlow = async (run) => {
    const {allowPython, memory, timeLimit} = this.limits;
    clearTimeout(this.#idle);
    const child = this.#free.pop() ?? new FlowProcess();
    this.#all.add(child);
    let timer: NodeJS.Timeout | undefined;
    const {definition, variables, folder} = run;
    // DuckDB takes more than it counts; Node and code come on top.
    const job = {definition, variables, folder, allowPython, memory, processMemory: 1.5e6 * memory + 400e6};
    try {
      await child.ready(run.signal);
      const late = new AbortController();
      timer = setTimeout(() => late.abort(tookTooLong(timeLimit)), timeLimit * 1000);
      return await child.runFlow(job, {...run, signal: AbortSignal.any([run.signal, late.signal])});
    } finally {
      clearTimeout(timer);
      this.#free.push(child);
      this.#idle = setTimeout(() => this.#free.forEach((one) => one.kill()), idle).unref();
    }
  };

  /** Ends all processes. What still runs fails. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await Promise.all([...this.#all].map((child) => child.close()));
  }
}

const tookTooLong = (seconds: number) =>
  new Error(
    `the run took longer than the ${seconds} s that it may take: filter or aggregate earlier, ` +
      "or start the platform with a larger --time-limit"
  );
