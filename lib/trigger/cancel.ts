// Cancelling a run, which the viewer who started it can do.
import type {Run} from "../gateway-api/index.js";
import {call} from "./gateway.js";

/** Where a tab remembers the runs that it has started: the gateway doesn't tell all pages who can cancel which. */
const storageKey = "ikigai-started-runs";
const remembered = 50;

/** Asks the gateway to cancel a run. Throws `TriggerError`. */
export async function cancelRun(id: string): Promise<void> {
  await call<Run>(`runs/${encodeURIComponent(id)}`, {method: "DELETE"});
}

/** Remembers a run that this tab has started, for when the viewer comes back to the page. */
export function rememberStarted(id: string): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([...startedHere(), id].slice(-remembered)));
  } catch {
    // Storage is off: another page of this tab then offers no button.
  }
}

/** Whether the viewer has started a run, as far as this tab knows. */
export const isStartedBy = ({id, user}: Run, viewer: string | null): boolean =>
  user === null ? startedHere().includes(id) : user === viewer;

function startedHere(): string[] {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
