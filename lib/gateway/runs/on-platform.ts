// One run on the platform: started once, however often the gateway restarts, and followed to its end by one poll a second.
import {setTimeout as sleep} from "node:timers/promises";
import {
  FlowError,
  IkigaiError,
  NetworkError,
  NotFoundError,
  PlatformError,
  RequestError,
  TimeoutError,
  type Flow,
  type FlowStatusReport,
  type RunLog
} from "../../client/index.js";
import type {VariableValues} from "../../gateway-api/index.js";
import {Refused} from "../refused.js";
import {endWithoutLog, type Outcome} from "./outcome.js";

/** Milliseconds between two polls of a run: with the first and the last, no more than one a second. */
const pollInterval = 1_100;
/** The longest wait, in milliseconds, before a platform that fails is asked again. */
const longestWait = 30_000;
/** Milliseconds for which a platform that fails is asked again before a run that it didn't get is given up. */
const retryTime = 60_000;

/** What a run on the platform reports, and what must be on disk before the next step. */
export interface Reports {
  /** Before the platform is asked to start it: `after` is the newest entry of the log before this run's. */
  beforeStart: (after: string | null) => Promise<void>;
  /** The platform didn't start it, for it runs the flow for somebody else. Undoes `beforeStart`. */
  notStarted: () => Promise<void>;
  /** Somebody else's run of the flow is waited for. */
  waiting: () => void;
  /** The platform has it. */
  scheduled: () => void;
  progress: (report: FlowStatusReport) => void;
  /** The platform fails, and is asked again later. */
  platformError: (error: unknown) => void;
}

/** Has the platform start a run as soon as the flow is idle. Resolves to an outcome if it could not be started. */
export async function start(
  flow: Flow,
  variables: VariableValues,
  reports: Reports,
  signal: AbortSignal
): Promise<Outcome | undefined> {
  for (;;) {
    while ((await withRetries(() => flow.status({signal}), signal)).status !== "IDLE") {
      reports.waiting();
      await pause(pollInterval, signal);
    }
    const [newest] = await withRetries(() => flow.runLogs({signal}), signal);
    await reports.beforeStart(newest?.logId ?? null);
    try {
      await flow.start(variables, {signal});
      reports.scheduled();
      await pause(pollInterval, signal);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!isRefusal(error)) {
        // It may have been started: the flow's status will show.
        reports.platformError(error);
        return undefined;
      }
      const {status} = await withRetries(() => flow.status({signal}), signal);
      if (status === "IDLE") return endWithoutLog("failed", (error as Error).message);
      await reports.notStarted();
    }
  }
}

/** Has the platform stop a run that it has. One that ends by itself meanwhile needs no stop. Throws `Refused` where the platform can't. */
export async function stop(flow: Flow, signal: AbortSignal): Promise<void> {
  await flow.stop({signal}).catch((error: unknown) => {
    if (error instanceof NotFoundError)
      throw new Refused("platform", "This platform can't stop runs: the run goes on to its end.");
    if (!(error instanceof RequestError && error.status === 409)) throw error;
  });
}

/** Follows a run that the platform may have started, for as long as it takes. Resolves to its log entry, or to why nobody knows how it ended. */
export async function follow(
  flow: Flow,
  after: string | null,
  reports: Reports,
  signal: AbortSignal
): Promise<RunLog | Outcome> {
  for (let wait = pollInterval; ; wait = Math.min(wait * 2, longestWait)) {
    const changes = flow.follow(after, {signal, interval: pollInterval});
    try {
      for (;;) {
        const {done, value} = await changes.next();
        if (done) return value;
        wait = pollInterval;
        reports.progress(value);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FlowError || error instanceof NotFoundError)
        return endWithoutLog("lost", error.message);
      reports.platformError(error);
    }
    await pause(wait, signal);
  }
}

/** Retries a safe action while the platform fails, for up to a minute. */
export async function withRetries<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const end = performance.now() + retryTime;
  for (let wait = pollInterval; ; wait = Math.min(wait * 2, longestWait)) {
    try {
      return await action();
    } catch (error) {
      signal.throwIfAborted();
      const mayPass =
        error instanceof PlatformError || error instanceof NetworkError || error instanceof TimeoutError;
      if (!mayPass || performance.now() + wait > end) throw error;
    }
    await pause(wait, signal);
  }
}

/** Whether a start that failed with this error surely started nothing: the platform refused it, or was never reached. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof IkigaiError)) return false;
  if (error.status !== undefined) return error.status < 500;
  const {code} = (error.cause ?? {}) as NodeJS.ErrnoException;
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"].includes(code ?? "");
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, {signal}).catch(() => undefined);
  signal.throwIfAborted();
}
