// How a flow's last run stands, in a few words, kept up to date.
import type {Run} from "npm:ikigai-kit/gateway-api";
import * as trigger from "npm:ikigai-kit/trigger";
import {formatAgo, formatOutcome} from "./format.js";

/** Calls `show` with the last run of a flow, or undefined if there is none, now and at each change. */
export async function followLastRun(
  key: string,
  show: (run: Run | undefined) => void,
  invalidation: Promise<unknown>
): Promise<void> {
  const history = trigger.flow(key).history({limit: 1});
  void invalidation.then(() => history.return());
  for await (const [run] of history) show(run);
}

/** "Running, 25 %", "Failed 5 minutes ago". */
export function standing({status, progress, createdAt, endedAt}: Run): string {
  if (status === "running") return progress === null ? "Running" : `Running, ${Math.round(progress)} %`;
  return endedAt ? `${formatOutcome(status)} ${formatAgo(createdAt)}` : formatOutcome(status);
}
