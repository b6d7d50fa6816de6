// Texts that describe a run.
import type {Run, VariableValues} from "../gateway-api/index.js";
import {duration} from "../gateway-api/duration.js";
import {hasEnded} from "../gateway-api/has-ended.js";
import {facetName} from "./run-state.js";
import {ago} from "./time.js";

/** Its status, as a text that a screen reader reads when it changes. */
export function statusText(run: Run): string {
  switch (run.status) {
    case "queued":
      return "Waiting for the run before it";
    case "scheduled":
      return "Scheduled";
    case "running":
      return "Running";
    case "done":
      switch (run.data?.status) {
        case "publishing":
          return "Done, publishing the new data";
        case "published":
          return "Done, and its data is published";
        case "failed":
          return "Done, but its data couldn't be published";
        default:
          return "Done";
      }
    case "failed":
      return run.facet ? `Failed in ${facetName(run.facet)}` : "Failed";
    case "stopped":
      return "Stopped before its end";
    case "lost":
      return "It isn't known how it ended";
  }
}

/** Who started it, when, and with which variables: "Ann started it 3 minutes ago with horizon 12". */
export function startedBy(run: Run, viewer: string | null, now = Date.now()): string {
  const who = run.user === null ? undefined : run.user === viewer ? "You" : run.user;
  const when = ago(run.createdAt, now);
  return `${who ? `${who} started it` : "Started"} ${when}${withVariables(run.variables)}`;
}

function withVariables(variables: VariableValues): string {
  const given = Object.entries(variables);
  return given.length ? ` with ${given.map(([name, value]) => `${name} ${String(value)}`).join(", ")}` : "";
}

/** How long it took, or has taken so far: in whole seconds, since tenths would change too fast to read. */
export function runDuration(run: Run, now = Date.now()): string {
  const begin = Date.parse(run.startedAt ?? run.createdAt);
  const end = hasEnded(run) && run.endedAt ? Date.parse(run.endedAt) : now;
  return duration(Math.round((end - begin) / 1000));
}

/** An error's message as a sentence: messages begin in lower case and end without a period. */
export const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? "" : "."}`;
