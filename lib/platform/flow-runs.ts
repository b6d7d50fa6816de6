// Runs of flows: scheduled, run a few at a time, and ended by a log entry that comes in one transaction with all that
// the run has made. A run that a killed platform left behind fails when it starts again.
import {mkdir, rm} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import pLimit from "p-limit";
import type {RunResult} from "./engine/index.js";
import {blamed, conflict, reason} from "./error.js";
import {lenders} from "./flow-inputs.js";
import {outputChanges, storeOutputs, type Made} from "./flow-outputs.js";
import type {RunFlow} from "./flow-run.js";
import {Hold, nextSecond} from "./hold.js";
import {untilWritten} from "../journal/index.js";
import {newId} from "./id.js";
import type {ObjectStore} from "./objects.js";
import type {DatasetRecord, FlowLogRecord, FlowRecord} from "./records.js";
import {drop, put, type Change, type State} from "./state.js";

const atOnce = 2;
/** Milliseconds for which a run is SCHEDULED at least: clients expect to see it. */
const scheduling = 200;
const keptLogs = 100;
/** Milliseconds that runs get to break off when the platform stops. */
const grace = 5000;

interface Run {
  status: "SCHEDULED" | "RUNNING" | "STOPPING";
  /** Percent. */
  progress: number;
  message: string;
  user: string;
  abort: AbortController;
  /** Until when it must not end, so that its log entry is younger than the client's clock at the start. */
  hold: Hold;
  done: Promise<void>;
}

type Outcome = Pick<FlowLogRecord, "status" | "erroneousFacetId" | "message">;

export class FlowRuns {
  readonly #runs = new Map<string, Run>();
  readonly #limit = pLimit(atOnce);
  readonly #closed = new AbortController();

  constructor(
    private readonly state: State,
    private readonly objects: ObjectStore,
    private readonly folder: string,
    private readonly runFlow: RunFlow
  ) {}

  /** Starts a run, one at a time a flow. */
  async start(flow: FlowRecord, user: string, variables: Record<string, unknown>): Promise<void> {
    if (this.#runs.has(flow.id)) throw conflict("The pipeline is already running");
    const now = Date.now();
    const run: Run = {
      status: "SCHEDULED",
      progress: 0,
      message: "",
      user,
      abort: new AbortController(),
      hold: new Hold(nextSecond(now) + 1000),
      done: Promise.resolve()
    };
    this.#runs.set(flow.id, run);
    try {
      const app = this.state.tables.apps.get(flow.appId)!;
      await this.state.commit(
        put("flows", {...flow, running: {user, startedAt: now}}),
        put("apps", {...app, lastUsedAt: now})
      );
    } catch (error) {
      run.hold.cancel();
      this.#runs.delete(flow.id);
      throw error;
    }
    run.done = this.#run(flow, run, variables).finally(() => this.#runs.delete(flow.id));
  }

  /** How far the flow's run is, undefined when it is idle. */
  report(flowId: string): Pick<Run, "status" | "progress" | "message"> | undefined {
    const run = this.#runs.get(flowId);
    // The client took the time before it asked: the run may end in any later second.
    run?.hold.shorten(nextSecond(Date.now()));
    return run;
  }

  /** Stops the flow's run; it is STOPPING until it has. */
  stop(flowId: string): void {
    const run = this.#runs.get(flowId);
    if (!run) throw conflict("The pipeline is not running");
    run.status = "STOPPING";
    run.abort.abort(new Error("The run was stopped"));
  }

  /** Stops the runs of flows that are no more. */
  forget(flowId: string): void {
    const run = this.#runs.get(flowId);
    run?.abort.abort(new Error("The pipeline was deleted"));
    run?.hold.cancel();
  }

  /** Ends what an earlier platform left running. */
  async recover(): Promise<void> {
    await rm(this.folder, {recursive: true, force: true});
    const message = "The platform stopped while the pipeline was running";
    const changes = [...this.state.tables.flows.values()].flatMap((flow) =>
      flow.running
        ? this.#ended(flow, flow.running.user, {status: "FAILED", erroneousFacetId: "", message})
        : []
    );
    if (changes.length > 0) await this.state.commit(...changes);
  }

  /** Breaks runs off; they fail when the platform starts again. */
  async close(): Promise<void> {
    this.#closed.abort();
    const runs = [...this.#runs.values()];
    for (const run of runs) {
      run.abort.abort(new Error("The platform is stopping"));
      run.hold.cancel();
    }
    // An engine that ignores its signal can't keep the platform from stopping.
    await Promise.race([Promise.all(runs.map((run) => run.done)), sleep(grace, undefined, {ref: false})]);
  }

  async #run(flow: FlowRecord, run: Run, variables: Record<string, unknown>): Promise<void> {
    const folder = join(this.folder, newId());
    let outcome: Outcome;
    let made: Made[] = [];
    let result: RunResult | undefined;
    try {
      await sleep(scheduling, undefined, {signal: run.abort.signal});
      result = await this.#limit(() => this.#execute(flow, run, variables, folder));
      made = await storeOutputs(this.objects, result);
      outcome = {status: "SUCCESS", erroneousFacetId: "", message: result.notes.join("\n")};
    } catch (error) {
      result = undefined;
      outcome = run.abort.signal.aborted
        ? {status: "STOPPED", erroneousFacetId: "", message: ""}
        : {status: "FAILED", erroneousFacetId: blamed(error), message: reason(error)};
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
    await run.hold.over;
    await this.#finish(flow, run, outcome, result, made);
  }

  async #execute(
    flow: FlowRecord,
    run: Run,
    variables: Record<string, unknown>,
    folder: string
  ): Promise<RunResult> {
    const [inputs, work] = [join(folder, "inputs"), join(folder, "work")];
    await mkdir(inputs, {recursive: true});
    await mkdir(work);
    run.abort.signal.throwIfAborted();
    run.status = "RUNNING";
    return this.runFlow({
      definition: flow.definition,
      variables,
      folder: work,
      signal: run.abort.signal,
      onProgress: ({fraction, title}) => {
        run.progress = Math.floor(fraction * 100);
        run.message = title;
      },
      ...lenders(this.state, this.objects, flow.appId, run.user, inputs)
    });
  }

  async #finish(
    flow: FlowRecord,
    run: Run,
    outcome: Outcome,
    result: RunResult | undefined,
    made: Made[]
  ): Promise<void> {
    const {user} = run;
    const current = this.state.tables.flows.get(flow.id);
    const discard = () => Promise.all(made.map(({object}) => this.objects.remove(object.objectId)));
    // What a closing platform breaks off stays on record as running: the next start says so in the log.
    if (!current || this.#closed.signal.aborted) return void (await discard());
    let changes: Change[] = [];
    let replaced: DatasetRecord[] = [];
    try {
      if (result) ({changes, replaced} = outputChanges(this.state, current, result, made));
    } catch (error) {
      await discard();
      made = [];
      outcome = {status: "FAILED", erroneousFacetId: blamed(error), message: reason(error)};
    }
    try {
      await untilWritten(
        () => {
          const flow = this.state.tables.flows.get(current.id);
          return flow ? this.state.commit(...changes, ...this.#ended(flow, user, outcome)) : discarded();
        },
        {signal: this.#closed.signal, onFailure: (error) => (run.message = reason(error))}
      );
    } catch {
      // Closing, or deleted meanwhile: what is on record as running fails at the next start.
      return void (await discard());
    }
    for (const {objectId} of replaced) if (objectId) await this.objects.remove(objectId);
  }

  /** The changes that end a run: its log entry, the oldest ones dropped, and the flow idle. */
  #ended(flow: FlowRecord, user: string, outcome: Outcome): Change[] {
    const logs = [...this.state.tables.flowLogs.values()].filter((log) => log.flowId === flow.id);
    return [
      put("flowLogs", {id: newId(), flowId: flow.id, user, timestamp: Date.now(), ...outcome}),
      put("flows", {...flow, running: null}),
      ...logs.slice(0, Math.max(0, logs.length - keptLogs + 1)).map((log) => drop("flowLogs", log.id))
    ];
  }
}

const discarded = () => Promise.reject(new Error("The pipeline was deleted"));
