// One run on the platform: started once, however often the gateway restarts, and followed to its end by one poll a second.
import {setTimeout as sleep} from "node:timers/promises";
import {
  FlowError,
  NotFoundError,
  RequestError,
  type Flow,
  type FlowStatusReport,
  type RunLog
} from "../../client/index.js";
import {startedNothing} from "../../client/run.js";
import type {VariableValues} from "../../gateway-api/index.js";
import {Refused} from "../refused.js";
import {endWithoutLog, type Outcome} from "./outcome.js";

/** Milliseconds between two polls of a run: with the first and the last, no more than one a second. */
const pollInterval = 1_100;

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
    while ((await flow.status({signal})).status !== "IDLE") {
      reports.waiting();
      await pause(pollInterval, signal);
    }
    const [newest] = await flow.runLogs({signal});
    await reports.beforeStart(newest?.logId ?? null);
    try {
      await flow.start(variables, {signal});
      reports.scheduled();
      await pause(pollInterval, signal);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!startedNothing(error)) {
        // It may have been started: the flow's status will show.
        reports.platformError(error);
        return undefined;
      }
      const {status} = await flow.status({signal});
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
  const onOutage = (error: unknown) => reports.platformError(error);
  const changes = flow.follow(after, {signal, interval: pollInterval, maxOutage: Infinity, onOutage});
  try {
    for (;;) {
      const {done, value} = await changes.next();
      if (done) return value;
      reports.progress(value);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FlowError || error instanceof NotFoundError)
      return endWithoutLog("lost", error.message);
    throw error;
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, {signal}).catch(() => undefined);
  signal.throwIfAborted();
}
