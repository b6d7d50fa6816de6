// One run of a flow: started once, followed until it ends, and judged by what it left in the log.
import * as wire from "../wire/index.js";
import {FlowError, TimeoutError} from "./errors.js";
import type {CallOptions} from "./options.js";
import type {ProgressListener} from "./progress.js";
import {pause} from "./retry.js";
import {facetTypesOf} from "./specs.js";
import type {Transport} from "./transport.js";

/** How a run is watched and stopped from being watched. */
export interface WatchOptions extends CallOptions {
  /** Milliseconds after which it is no longer waited for. */
  timeout?: number;
}

/** How a run is followed that was started earlier. */
export interface FollowOptions extends CallOptions {
  /** Milliseconds between two questions how it stands; otherwise few at first and up to 5 s later. */
  interval?: number;
}

/** How a run is waited for. */
export interface RunOptions extends WatchOptions {
  /** Gets how the flow stands, whenever that has changed. `progressBar(label)` draws it. */
  onProgress?: ProgressListener<wire.FlowStatusReport>;
}

/** Values of run variables by name. */
export type RunVariables = Readonly<Record<string, unknown>>;

interface Target {
  appId: string;
  flowId: string;
  name: string;
}

/** Statuses of a run that is over. Of any other that a flow has while it runs, known or not, it may come back. */
const over: readonly wire.FlowStatus[] = ["IDLE", "STOPPED", "FAILED", "SUCCESS"];

/** Statuses that the log has of a run before its end. */
const running: readonly wire.FlowStatus[] = ["SCHEDULED", "RUNNING", "STOPPING", "UNKNOWN"];

/** Milliseconds between two questions how it stands: short runs end soon, and long ones aren't worth many questions. */
const firstPoll = 250;
const slowestPoll = 5_000;

/** How often the log is looked at again when a run is over and not yet in it. */
const lateLooks = 3;

/** How much of the log is asked for: first what most often is enough, then all that a platform gives. */
const logLimits = [20, 1000] as const;

/** Has the platform start a run. It is told once: whether it heard, when no answer comes, shows only in how the flow stands. */
export async function startRun(
  transport: Transport,
  {appId, flowId}: Target,
  variables: RunVariables,
  options: CallOptions
): Promise<void> {
  const values = Object.entries(variables).map(([variable, value]) => [variable, {value}] as const);
  const flow = {appId, flowId};
  const request = {flow, ...(values.length > 0 && {variables: Object.fromEntries(values)})};
  await transport.call(wire.runFlow, request, options);
}

/**
 * Gives each change of how a run stands, then returns its log entry, however it ended. `after` is the newest entry that the log
 * had before the run was started: its id tells the run's own entry, since clocks differ and entries carry whole seconds.
 *
 * Throws `FlowError` when the flow is idle and the log doesn't tell how the run ended.
 */
export async function* followRun(
  transport: Transport,
  {appId, flowId, name}: Target,
  after: string | null,
  {signal, interval}: FollowOptions
): AsyncGenerator<wire.FlowStatusReport, wire.RunLog, undefined> {
  const ids = {appId, flowId};
  let told = "";
  let looks = 0;
  for (let wait = interval ?? firstPoll; ; wait = interval ?? Math.min(wait * 1.5, slowestPoll)) {
    const report = await transport.call(wire.getFlowStatus, ids, {signal});
    const news = JSON.stringify(report);
    if (news !== told) yield report;
    told = news;
    if (over.includes(report.status)) {
      const log = await firstAfter(transport, {appId, flowId, name}, after, signal);
      if (log) return log;
      if (looks++ >= lateLooks) {
        throw new FlowError(
          `flow "${name}" is ${report.status} but its log has no entry of the run that was started. ` +
            "Look at the flow on the platform, and run it again",
          {call: wire.getFlowLog.name}
        );
      }
    }
    await pause(wait, signal);
  }
}

/** The first run to end after an entry of the log: a flow has one run at a time, so others that ended since come later. */
async function firstAfter(
  transport: Transport,
  {appId, flowId, name}: Target,
  after: string | null,
  signal: AbortSignal | undefined
): Promise<wire.RunLog | undefined> {
  for (const limit of logLimits) {
    const {flowLog} = await transport.call(wire.getFlowLog, {appId, flowId, limit}, {signal});
    const known = flowLog.findIndex(({logId}) => logId === after);
    if (known < 0 && flowLog.length === limit) continue;
    if (known < 0 && after !== null && flowLog.length > 0) break;
    const since = known < 0 ? flowLog : flowLog.slice(0, known);
    return since.findLast(({status}) => !running.includes(status));
  }
  throw new FlowError(
    `the log of flow "${name}" no longer goes back to the run that was started: look at the flow on the platform`,
    {call: wire.getFlowLog.name}
  );
}

/**
 * Starts a run and gives each change of how it stands, then returns its log entry. It is started once, whatever happens.
 *
 * Throws `FlowError` when the run failed, was stopped, or left nothing in the log; `TimeoutError` when it takes longer than
 * `timeout`. Nobody watching doesn't stop the run.
 */
export async function* watchRun(
  transport: Transport,
  flow: Target,
  variables: RunVariables,
  {signal, timeout}: WatchOptions
): AsyncGenerator<wire.FlowStatusReport, wire.RunLog, undefined> {
  const late = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const either = signal && late ? AbortSignal.any([signal, late]) : (signal ?? late);
  try {
    return yield* startAndWatch(transport, flow, variables, either);
  } catch (error) {
    if (late?.aborted && error === late.reason) {
      throw new TimeoutError(
        `flow "${flow.name}" has not ended within ${timeout! / 1000} s. It goes on: ask for its status, or allow more time`
      );
    }
    throw error;
  }
}

async function* startAndWatch(
  transport: Transport,
  flow: Target,
  variables: RunVariables,
  signal: AbortSignal | undefined
): AsyncGenerator<wire.FlowStatusReport, wire.RunLog, undefined> {
  const {appId, flowId} = flow;
  const {flowLog} = await transport.call(wire.getFlowLog, {appId, flowId, limit: 1}, {signal});
  await startRun(transport, flow, variables, {signal});
  const log = yield* followRun(transport, flow, flowLog[0]?.logId ?? null, {signal});
  return judged(transport, flow, log, signal);
}

/** The entry of a run that went well. Throws `FlowError` for any other. */
async function judged(
  transport: Transport,
  {name, flowId}: Target,
  log: wire.RunLog,
  signal: AbortSignal | undefined
): Promise<wire.RunLog> {
  if (log.status === "SUCCESS") return log;
  const call = wire.runFlow.name;
  if (log.status === "STOPPED") {
    const message = `flow "${name}" was stopped before its end${log.data ? `: ${log.data}` : ""}`;
    throw new FlowError(message, {call, log});
  }
  if (log.status !== "FAILED") {
    const message = `flow "${name}" ended as ${JSON.stringify(log.status)}, which this version of ikigai-kit doesn't know`;
    throw new FlowError(`${message}${log.data ? `: ${log.data}` : ""}. Look at the flow on the platform`, {
      call,
      log
    });
  }
  const {erroneousFacetId: id} = log;
  const where = id ? ` in ${await facetLabel(transport, flowId, id, signal)}` : "";
  throw new FlowError(`flow "${name}" failed${where}: ${log.data || "the platform gave no reason"}`, {
    call,
    log
  });
}

/** As a person knows the facet: by its name and kind, as far as they can be had. */
async function facetLabel(
  transport: Transport,
  flowId: string,
  facetId: string,
  signal: AbortSignal | undefined
): Promise<string> {
  try {
    const [{flow}, facetTypes] = await Promise.all([
      transport.call(wire.getFlow, {flowId}, {signal}),
      facetTypesOf(transport)
    ]);
    const facet = flow.definition?.facets.find((one) => one.facetId === facetId);
    if (!facet) return `facet ${facetId}`;
    const kind = facetTypes.byUid(facet.facetUid)?.name ?? facet.facetUid;
    return facet.name ? `facet "${facet.name}" (${kind})` : `facet ${facetId} (${kind})`;
  } catch {
    signal?.throwIfAborted();
    // That the run failed is what matters.
    return `facet ${facetId}`;
  }
}
