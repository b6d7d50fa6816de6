// One run of a flow: started once, followed until it ends, with its outcome from the log.
import * as wire from "../wire/index.js";
import {FlowError, IkigaiError, TimeoutError} from "./errors.js";
import type {CallOptions} from "./options.js";
import {throughOutage, type OutageOptions} from "./outage.js";
import type {ProgressListener} from "./progress.js";
import {pause} from "./retry.js";
import {facetTypesOf} from "./specs.js";
import type {Transport} from "./transport.js";

/** Timeout and cancellation of watching a run, and how long a platform that fails is asked again. */
export interface WatchOptions extends OutageOptions {
  /** Milliseconds after which to stop waiting. */
  timeout?: number;
}

/** Options for following a run that was started earlier. */
export interface FollowOptions extends OutageOptions {
  /** Milliseconds between two polls; by default 250 ms at first, and up to 5 s later. */
  interval?: number;
}

/** Options for a run that is waited for. */
export interface RunOptions extends WatchOptions {
  /** Called with the flow's status whenever it has changed. `progressBar(label)` draws it. */
  onProgress?: ProgressListener<wire.FlowStatusReport>;
}

/** Values of run variables by name. */
export type RunVariables = Readonly<Record<string, unknown>>;

interface Target {
  appId: string;
  flowId: string;
  name: string;
}

/** Statuses of a flow whose run has ended. With any other status, known or not, the run goes on. */
const endedStatuses: readonly wire.FlowStatus[] = ["IDLE", "STOPPED", "FAILED", "SUCCESS"];

/** Statuses in the log of a run that hasn't ended. */
const activeStatuses: readonly wire.FlowStatus[] = ["SCHEDULED", "RUNNING", "STOPPING", "UNKNOWN"];

/** Milliseconds between two polls: short for short runs, longer for long ones. */
const firstPollWait = 250;
const longestPollWait = 5_000;

/** How often the log is read again when a run has ended and isn't in it yet. */
const mostLogRetries = 3;

/** Milliseconds between two polls of a flow of which nobody knows whether it was started: it may take a moment until it shows. */
const doubtInterval = 1_000;

/** How many log entries are requested: first what is usually enough, then as many as the platform gives. */
const logLimits = [20, 1000] as const;

/** Has the platform start a run. The request is sent once: if no answer comes, only the flow's status shows whether it was started. */
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

/** Whether a start that failed with this error surely started nothing: it was refused, or never reached the platform. */
export function startedNothing(error: unknown): boolean {
  // Every failure on the way is an `IkigaiError`; others come before.
  if (!(error instanceof IkigaiError)) return true;
  if (error.status !== undefined) return error.status < 500 && error.status !== 408;
  const {code} = (error.cause ?? {}) as NodeJS.ErrnoException;
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"].includes(code ?? "");
}

/**
 * Yields each change of a run's status, then returns its log entry, however it ended. A platform that fails meanwhile is asked again. `after` is the newest entry of the log
 * before the run was started: the run's own entry is found by that id, since clocks differ and entries have whole seconds.
 *
 * Throws `FlowError` when the flow is idle and the log doesn't say how the run ended.
 */
export async function* followRun(
  transport: Transport,
  {appId, flowId, name}: Target,
  after: string | null,
  {interval, ...options}: FollowOptions
): AsyncGenerator<wire.FlowStatusReport, wire.RunLog, undefined> {
  const ids = {appId, flowId};
  const {signal} = options;
  let lastReport = "";
  let logRetries = 0;
  for (let wait = interval ?? firstPollWait; ; wait = interval ?? Math.min(wait * 1.5, longestPollWait)) {
    const report = await throughOutage(() => transport.call(wire.getFlowStatus, ids, {signal}), options);
    const text = JSON.stringify(report);
    if (text !== lastReport) yield report;
    lastReport = text;
    if (endedStatuses.includes(report.status)) {
      const log = await throughOutage(
        () => firstAfter(transport, {appId, flowId, name}, after, signal),
        options
      );
      if (log) return log;
      if (logRetries++ >= mostLogRetries) {
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
    return since.findLast(({status}) => !activeStatuses.includes(status));
  }
  throw new FlowError(
    `the log of flow "${name}" no longer goes back to the run that was started: look at the flow on the platform`,
    {call: wire.getFlowLog.name}
  );
}

/**
 * Starts a run and yields each change of its status, then returns its log entry. It is started only once.
 *
 * Throws `FlowError` when the run failed, was stopped, or has no log entry; `TimeoutError` when it takes longer than
 * `timeout`. When nobody watches, the run still goes on.
 */
export async function* watchRun(
  transport: Transport,
  flow: Target,
  variables: RunVariables,
  {signal, timeout, ...options}: WatchOptions
): AsyncGenerator<wire.FlowStatusReport, wire.RunLog, undefined> {
  const timedOut = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const anySignal = signal && timedOut ? AbortSignal.any([signal, timedOut]) : (signal ?? timedOut);
  try {
    return yield* startAndWatch(transport, flow, variables, {...options, signal: anySignal});
  } catch (error) {
    if (timedOut?.aborted && error === timedOut.reason) {
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
  options: OutageOptions
): AsyncGenerator<wire.FlowStatusReport, wire.RunLog, undefined> {
  const {appId, flowId} = flow;
  const {signal, onOutage} = options;
  const {flowLog} = await transport.call(wire.getFlowLog, {appId, flowId, limit: 1}, {signal});
  let doubt: IkigaiError | undefined;
  try {
    await startRun(transport, flow, variables, {signal});
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof IkigaiError) || startedNothing(error)) throw error;
    doubt = error;
    onOutage?.(error);
  }
  const interval = doubt ? doubtInterval : undefined;
  try {
    const log = yield* followRun(transport, flow, flowLog[0]?.logId ?? null, {...options, interval});
    return await checkOutcome(transport, flow, log, options);
  } catch (error) {
    // It has no log where the platform knows of no run.
    if (!doubt || !(error instanceof FlowError) || error.log) throw error;
    const {call, status, message} = doubt;
    throw new FlowError(`flow "${flow.name}" was not started. ${message}`, {call, status, cause: doubt});
  }
}

/** The log entry of a successful run. Throws `FlowError` for any other. */
async function checkOutcome(
  transport: Transport,
  {name, flowId}: Target,
  log: wire.RunLog,
  {signal}: CallOptions
): Promise<wire.RunLog> {
  if (log.status === "SUCCESS") return log;
  const call = wire.runFlow.name;
  const said = transport.withoutKey(log.data);
  if (log.status === "STOPPED") {
    const message = `flow "${name}" was stopped before its end${said ? `: ${said}` : ""}`;
    throw new FlowError(message, {call, log});
  }
  if (log.status !== "FAILED") {
    const message = `flow "${name}" ended as ${JSON.stringify(log.status)}, which this version of ikigai-kit doesn't know`;
    throw new FlowError(`${message}${said ? `: ${said}` : ""}. Look at the flow on the platform`, {
      call,
      log
    });
  }
  const {erroneousFacetId: id} = log;
  const where = id ? ` in ${await facetLabel(transport, flowId, id, signal)}` : "";
  throw new FlowError(`flow "${name}" failed${where}: ${said || "the platform gave no reason"}`, {
    call,
    log
  });
}

/** The facet's name and type for a message, as far as they are known. */
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
    // The failure of the run is more important.
    return `facet ${facetId}`;
  }
}
