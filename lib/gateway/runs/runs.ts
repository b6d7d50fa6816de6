// The runs: each start request is one run, each run is followed once for all who watch, and all of it outlives the gateway.
import {randomUUID} from "node:crypto";
import {setMaxListeners} from "node:events";
import {setTimeout as sleep} from "node:timers/promises";
import type {Flow} from "../../client/index.js";
import {reasonOf as reason, untilRoom} from "../../disk/index.js";
import {hasEnded, type Publication, type Run, type VariableValues} from "../../gateway-api/index.js";
import {untilWritten} from "../../journal/index.js";
import {Refused} from "../refused.js";
import type {Viewer} from "../viewer.js";
import type {Audit} from "./audit.js";
import type {Flows, KnownFlow} from "./flows.js";
import {KeyedQueue} from "./keyed-queue.js";
import type {Change, GatewayStore} from "./gateway-store.js";
import {follow, start, stop, type Reports} from "./on-platform.js";
import {shortened, endWithoutLog, outcomeOf, type Outcome} from "./outcome.js";
import {keepStartRequest, runOf, startRequestOf} from "./start-requests.js";
import type {RunRecord} from "./records.js";

/** Ended runs of a flow that are kept. */
const keptRuns = 500;
/** Runs of one flow that may wait. */
const longestQueue = 20;
/** Milliseconds between two looks whether a run that is being started has been. */
const startPollInterval = 100;
/** Milliseconds that work gets to stop when the gateway closes. */
const stopTimeout = 5_000;

/** Listeners to runs. */
export interface Listeners {
  run: (run: Run) => void;
  publication: (publication: Publication) => void;
  /** Called once at each run's end. */
  ended: (status: Run["status"]) => void;
  log: (line: string) => void;
}

/**
 * Pulls files again, by their names without extension, and publishes them; resolves to the URL path at which pages find each,
 * by its name such as `data/x.parquet`.
 */
export type Publish = (files: string[], signal: AbortSignal) => Promise<Publication["files"]>;

interface StartOptions {
  flow: KnownFlow;
  viewer: Viewer;
  /** The same key again means the same run. */
  key: string;
  /** The variables as they came, and as they were checked. */
  asked: Readonly<Record<string, unknown>>;
  variables: VariableValues;
}

export class Runs {
  /** Each run under way as pages see it: with progress, which isn't written to disk. */
  readonly #shown = new Map<string, Run>();
  /** Start requests on their way to disk. */
  readonly #writing = new Map<string, Promise<void>>();
  /** Runs of which it isn't known yet whether the platform has them: it is being asked to start them. */
  readonly #starting = new Set<string>();
  /** Ends the waiting of runs that the platform doesn't have yet. */
  readonly #waiting = new Map<string, AbortController>();
  readonly #queue = new KeyedQueue();
  readonly #stop = new AbortController();
  readonly #work = new Set<Promise<void>>();
  #publication: Publication | null = null;

  constructor(
    private readonly store: GatewayStore,
    private readonly flows: Flows,
    private readonly audit: Audit,
    private readonly publish: Publish | undefined,
    private readonly listeners: Listeners
  ) {
    // Each run under way listens to it.
    setMaxListeners(0, this.#stop.signal);
  }

  /** The latest publication since the gateway was started. */
  get publication(): Publication | null {
    return this.#publication;
  }

  /** Continues what an earlier gateway left: follows runs under way, and starts those that waited. */
  recover(): void {
    for (const record of this.store.tables.runs.values()) {
      if (record.unaudited) this.#inBackground(record.id, () => this.#auditEnd(record.id));
      if (!hasEnded(record.run)) this.#inBackground(record.id, () => this.#runToEnd(record.id));
      else if (record.run.data?.status === "publishing")
        this.#inBackground(record.id, () => this.#publish(record.id));
    }
  }

  get(id: string): Run | undefined {
    return this.#shown.get(id) ?? this.store.tables.runs.get(id)?.run;
  }

  /** Runs under way, and runs whose data is being published. */
  get underWay(): Run[] {
    return [...this.store.tables.runs.values()]
      .filter(({run}) => !hasEnded(run) || run.data?.status === "publishing")
      .map(({id}) => this.get(id)!);
  }

  /** Tells pages of data that was published by another process, by the URL path of each file. */
  publishedElsewhere(files: Publication["files"]): void {
    this.#publication = {at: new Date().toISOString(), files, run: null};
    this.listeners.publication(this.#publication);
  }

  /** The newest runs of a flow, newest first. */
  of(flow: string, limit: number): Run[] {
    const runs = [...this.store.tables.runs.values()].filter(({run}) => run.flow === flow);
    return runs
      .slice(-limit)
      .reverse()
      .map(({id}) => this.get(id)!);
  }

  /**
   * The run that a viewer asks for: a new one, the one under way, or the one that the same request got before. It is on disk when this
   * resolves. Throws `Refused` when the key was used for another request, or too many runs wait.
   */
  async startRequest({
    flow,
    viewer,
    key,
    asked,
    variables
  }: StartOptions): Promise<{run: Run; isNew: boolean}> {
    const request = startRequestOf(viewer.id, key, flow.key, asked);
    const before = runOf(this.store, request);
    if (before !== undefined) {
      await this.#writing.get(request.id);
      return {run: this.get(before)!, isNew: false};
    }
    const joined = flow.whenRunning === "join" ? this.#underWayOf(flow.key).at(-1) : undefined;
    const record = joined ?? this.#newRecord(flow, viewer, variables);
    const changes = keepStartRequest(this.store, request, record.id);
    if (!joined) changes.unshift(["put", "runs", record]);
    const written = this.#onDisk(request.id, changes);
    // Asking the platform for the flow's status takes as long as the disk; the record that it was asked to start is written after this one.
    if (!joined) this.#inBackground(record.id, () => this.#runToEnd(record.id));
    await written;
    if (!joined) this.listeners.run({...record.run, message: this.get(record.id)!.message});
    return {run: this.get(record.id)!, isNew: !joined};
  }

  /**
   * Cancels a run: one that the platform has is stopped there, and its end is told when it has stopped. Throws `Refused` for a run that
   * another viewer started or that has ended, and where the platform can't stop runs.
   */
  async cancel(id: string, viewer: Viewer): Promise<Run> {
    const {signal} = this.#stop;
    const record = this.store.tables.runs.get(id);
    if (!record) throw noSuchRun();
    if (record.viewer !== viewer.id)
      throw new Refused("forbidden", "Only the person who started a run can cancel it.");
    while (this.#starting.has(id)) await sleep(startPollInterval, undefined, {signal});
    const {run, target, after} = this.#record(id);
    if (hasEnded(run)) throw new Refused("conflict", "The run has ended already.");
    await this.audit.write({event: "cancel", run: id, flow: run.flow, user: viewer.name});
    if (target === undefined || after === undefined) {
      await this.#end(id, {status: "stopped", message: "It was cancelled before it began.", facet: null});
      this.#waiting.get(id)?.abort();
    } else {
      await stop(await this.flows.byId(target, {signal}), signal);
      if (!hasEnded(this.get(id)!)) this.#show(id, {message: "It is being stopped."});
    }
    return this.get(id)!;
  }

  /** Stops following. The runs go on, and the next start follows them again. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("The gateway is stopping"));
    // A publication that ignores its signal can't keep the gateway from stopping.
    await Promise.race([Promise.all(this.#work), sleep(stopTimeout, undefined, {ref: false})]);
  }

  #underWayOf(flow: string): RunRecord[] {
    return [...this.store.tables.runs.values()].filter(({run}) => run.flow === flow && !hasEnded(run));
  }

  #newRecord(flow: KnownFlow, viewer: Viewer, variables: VariableValues): RunRecord {
    if (this.#underWayOf(flow.key).length > longestQueue) {
      throw new Refused(
        "toomany",
        `${longestQueue} runs of this flow wait already: try again when some have ended.`
      );
    }
    const id = randomUUID();
    const run: Run = {
      id,
      flow: flow.key,
      status: "queued",
      progress: null,
      variables,
      user: viewer.name,
      createdAt: new Date().toISOString(),
      startedAt: null,
      endedAt: null,
      message: "",
      facet: null,
      data: null
    };
    return {id, run, viewer: viewer.id};
  }

  async #onDisk(request: string, changes: Change[]): Promise<void> {
    const written = this.store.commit(...changes);
    this.#writing.set(request, written);
    try {
      await written;
    } finally {
      this.#writing.delete(request);
    }
  }

  /** Works in the background. An error is logged, and must not end the process. */
  #inBackground(id: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) this.listeners.log(`run ${id}: ${reason(error)}`);
      })
      .finally(() => this.#work.delete(done));
    this.#work.add(done);
  }

  /** Takes a run to its end, from whatever state it is in. */
  async #runToEnd(id: string): Promise<void> {
    const waiting = new AbortController();
    this.#waiting.set(id, waiting);
    const signal = AbortSignal.any([this.#stop.signal, waiting.signal]);
    try {
      const {target, run} = this.#record(id);
      // After a restart a changed config may not name the flow any more.
      if (target) await this.#runOnPlatform(id, await this.flows.byId(target, {signal}));
      else {
        const known = this.flows.get(run.flow);
        await this.flows.retryIfGone(known, async () =>
          this.#runOnPlatform(id, await this.flows.onPlatform(known, {signal}))
        );
      }
    } catch (error) {
      this.#stop.signal.throwIfAborted();
      // A run that couldn't be written doesn't exist, and the request for it got the error.
      if (!this.store.tables.runs.has(id)) return;
      if (hasEnded(this.#record(id).run)) return; // cancelled
      await this.#end(
        id,
        endWithoutLog(this.#record(id).after === undefined ? "failed" : "lost", reason(error))
      );
    } finally {
      this.#waiting.delete(id);
      this.#starting.delete(id);
    }
  }

  async #runOnPlatform(id: string, flow: Flow): Promise<void> {
    const {signal} = this.#stop;
    const {appId, flowId} = flow;
    await this.#queue.take(flowId, async () => {
      signal.throwIfAborted();
      const {run, after} = this.#record(id);
      if (hasEnded(run)) return; // cancelled while it waited
      const reports = this.#reports(id, {appId, flowId});
      if (after === undefined) {
        const waiting = AbortSignal.any([signal, this.#waiting.get(id)!.signal]);
        const unstarted = await start(flow, run.variables, reports, waiting);
        this.#starting.delete(id);
        if (unstarted) return this.#end(id, unstarted);
      }
      const end = await follow(flow, this.#record(id).after!, reports, signal);
      if (!("logId" in end)) return this.#end(id, end);
      await this.#end(id, await outcomeOf(end, flow, this.flows, signal), end.timestamp);
    });
  }

  #reports(id: string, target: {appId: string; flowId: string}): Reports {
    let lastError = "";
    let isWaiting = false;
    return {
      beforeStart: async (after) => {
        this.#starting.add(id);
        const {flow, user, variables} = this.#record(id).run;
        const startedAt = new Date().toISOString();
        // In this order: what is killed in between prepares the start again.
        await this.#written(id, () => this.audit.write({event: "start", run: id, flow, user, variables}));
        await this.#written(id, () =>
          this.#change(id, {status: "scheduled", startedAt, message: ""}, {target, after})
        );
      },
      notStarted: () => {
        isWaiting = false;
        this.#starting.delete(id);
        return this.#written(id, () =>
          this.#change(id, {status: "queued", startedAt: null}, {target, after: undefined})
        );
      },
      waiting: () => {
        if (!isWaiting)
          this.#show(id, {message: "Waiting for a run of this flow that was started elsewhere."});
        isWaiting = true;
      },
      scheduled: () => {
        this.#starting.delete(id);
        this.#show(id, {});
      },
      progress: ({status, progress}) => {
        if (status === "IDLE") return;
        this.#show(id, {
          status: status === "SCHEDULED" ? "scheduled" : "running",
          progress: progress === undefined ? null : Math.min(100, Math.max(0, progress))
        });
      },
      platformError: (error) => {
        if (reason(error) !== lastError) this.listeners.log(`run ${id}: ${reason(error)}`);
        lastError = reason(error);
      }
    };
  }

  async #end(id: string, outcome: Outcome, loggedAt?: Date): Promise<void> {
    const {flow, startedAt} = this.#record(id).run;
    const files = this.publish && outcome.status === "done" ? (this.flows.find(flow)?.writes ?? []) : [];
    const data: Run["data"] = files.length > 0 ? {status: "publishing", message: "", at: null} : null;
    const end = {progress: null, endedAt: endOf(startedAt, loggedAt), data, ...outcome};
    await this.#written(id, () => this.#change(id, end, {unaudited: true}, this.#oldRuns(flow)));
    this.listeners.ended(outcome.status);
    await this.#auditEnd(id);
    this.#show(id, {});
    if (data) this.#inBackground(id, () => this.#publish(id));
  }

  /** Writes a run's end into the audit, at least once even if the gateway is killed meanwhile. */
  async #auditEnd(id: string): Promise<void> {
    const {flow, user, status, message} = this.#record(id).run;
    await this.#written(id, () =>
      this.audit.write({event: "end", run: id, flow, user, outcome: status, message})
    );
    await this.#written(id, () => {
      const {unaudited: _, ...audited} = this.#record(id);
      return this.store.commit(["put", "runs", audited]);
    });
  }

  /** The changes that drop the ended runs of a flow that are too many; not those of which something is still to be written. */
  #oldRuns(flow: string): Change[] {
    const runs = [...this.store.tables.runs.values()].filter(
      ({run, unaudited}) =>
        run.flow === flow && hasEnded(run) && run.data?.status !== "publishing" && !unaudited
    );
    return runs.slice(0, Math.max(0, runs.length + 1 - keptRuns)).map(({id}) => ["drop", "runs", id]);
  }

  /** Publishes what a run has written, one run after another: each publication is a whole site. */
  async #publish(id: string): Promise<void> {
    const {signal} = this.#stop;
    const files = this.flows.find(this.#record(id).run.flow)?.writes ?? [];
    await this.#queue.take("publish", async () => {
      signal.throwIfAborted();
      try {
        const urls = await untilRoom(() => this.publish!(files, signal), {
          signal,
          onFull: (error) => {
            this.listeners.log(`run ${id}: its data waits for room on the disk: ${reason(error)}`);
            const message = "The disk is full: it is published when there is room.";
            this.#show(id, {data: {status: "publishing", message, at: null}});
          }
        });
        const at = new Date().toISOString();
        await this.#written(id, () => this.#change(id, {data: {status: "published", message: "", at}}));
        this.#show(id, {});
        this.#publication = {at, files: urls, run: id};
        this.listeners.publication(this.#publication);
      } catch (error) {
        signal.throwIfAborted();
        this.listeners.log(`run ${id}: its data could not be published: ${reason(error)}`);
        const failed = {status: "failed", message: shortened(reason(error)), at: null} as const;
        await this.#written(id, () => this.#change(id, {data: failed}));
        this.#show(id, {});
      }
    });
  }

  #record(id: string): RunRecord {
    return this.store.tables.runs.get(id)!;
  }

  /** Writes what a run has come to, as soon as the disk has room for it. Until then pages are told what it waits for. */
  #written(id: string, write: () => Promise<void>): Promise<void> {
    return untilWritten(write, {
      signal: this.#stop.signal,
      onFailure: (error) => {
        this.listeners.log(`run ${id}: ${reason(error.cause ?? error)}`);
        if (!hasEnded(this.get(id)!))
          this.#show(id, {message: "The gateway can't write to its disk, and goes on when it can."});
      }
    });
  }

  /** Changes a run on disk. */
  async #change(
    id: string,
    changes: Partial<Run>,
    recordChanges: Partial<RunRecord> = {},
    others: Change[] = []
  ): Promise<void> {
    const record = this.#record(id);
    const run = {...record.run, ...changes};
    await this.store.commit(["put", "runs", {...record, ...recordChanges, run}], ...others);
    if (hasEnded(run)) this.#shown.delete(id);
    else this.#shown.set(id, run);
  }

  /** Changes a run as pages see it, and sends it to them. */
  #show(id: string, changes: Partial<Run>): void {
    const before = this.get(id)!;
    const run = {...before, ...changes};
    if (!hasEnded(run)) this.#shown.set(id, run);
    this.listeners.run(run);
  }
}

/** When a run ended: by the platform's log if that is some time ago, else now, for the log has whole seconds and another clock. */
function endOf(startedAt: string | null, loggedAt: Date | undefined): string {
  const now = new Date();
  const isPast = loggedAt && now.getTime() - loggedAt.getTime() > 5_000;
  const end = (isPast ? loggedAt : now).toISOString();
  return startedAt !== null && end < startedAt ? startedAt : end;
}

/** A run that the gateway doesn't know. */
export const noSuchRun = () =>
  new Refused("unknown", "There is no such run: another gateway started it, or it is too old.");
