// One run on the platform: told once to start, however often the gateway dies, and followed to its end by one poll a second.
import {setTimeout as sleep} from "node:timers/promises";
import {
  FlowError,
  IkigaiError,
  NetworkError,
  NotFoundError,
  PlatformError,
  TimeoutError,
  type Flow,
  type FlowStatusReport,
  type RunLog
} from "../../client/index.js";
import type {VariableValues} from "../../gateway-api/index.js";
import {ended, type Outcome} from "./outcome.js";

/** Milliseconds between two questions how a run stands: with the first and the last, no more than one a second. */
const interval = 1_100;
/** The longest wait, in milliseconds, before a platform that fails is asked again. */
const slowest = 30_000;
/** Milliseconds for which a platform that fails is asked again before a run is given up that it was not told of. */
const patience = 60_000;

/** What a run on the platform reports, and what must be on disk before the next step is taken. */
export interface Reports {
  /** Before the platform is told: `after` is the newest entry of the log that isn't this run's. */
  telling: (after: string | null) => Promise<void>;
  /** The platform was told in vain, for it runs the flow for somebody else: all is as before `telling`. */
  untold: () => Promise<void>;
  /** Somebody else's run of the flow is waited for. */
  waiting: () => void;
  /** The platform has it. */
  scheduled: () => void;
  progress: (report: FlowStatusReport) => void;
  /** The platform fails, and is asked again later. */
  trouble: (error: unknown) => void;
}

/** Has the platform start a run as soon as it is idle. Resolves to an end where it could not be started. */
export async function start(
  flow: Flow,
  variables: VariableValues,
  reports: Reports,
  signal: AbortSignal
): Promise<Outcome | undefined> {
  for (;;) {
    while ((await patiently(() => flow.status({signal}), signal)).status !== "IDLE") {
      reports.waiting();
      await pause(interval, signal);
    }
    const [newest] = await patiently(() => flow.runLogs({signal}), signal);
    await reports.telling(newest?.logId ?? null);
    try {
      await flow.start(variables, {signal});
      reports.scheduled();
      await pause(interval, signal);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!isRefusal(error)) {
        // It may have been started: that shows in how the flow stands.
        reports.trouble(error);
        return undefined;
      }
      const {status} = await patiently(() => flow.status({signal}), signal);
      if (status === "IDLE") return ended("failed", (error as Error).message);
      await reports.untold();
    }
  }
}

/** Follows a run that the platform was told of, for as long as it takes; its log entry, or why nobody knows how it ended. */
export async function follow(
  flow: Flow,
  after: string | null,
  reports: Reports,
  signal: AbortSignal
): Promise<RunLog | Outcome> {
  for (let wait = interval; ; wait = Math.min(wait * 2, slowest)) {
    const changes = flow.follow(after, {signal, interval});
    try {
      for (;;) {
        const {done, value} = await changes.next();
        if (done) return value;
        wait = interval;
        reports.progress(value);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FlowError || error instanceof NotFoundError) return ended("lost", error.message);
      reports.trouble(error);
    }
    await pause(wait, signal);
  }
}

/** Repeats what is safe to repeat while the platform fails, for a while. */
export async function patiently<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const end = performance.now() + patience;
  for (let wait = interval; ; wait = Math.min(wait * 2, slowest)) {
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

/** Whether a start that failed so surely started nothing: the platform said no, or was never reached. */
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
