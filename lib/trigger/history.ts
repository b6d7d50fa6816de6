// The last runs of a flow, of all users, kept up to date.
import type {Run, RunList} from "../gateway-api/index.js";
import {listen} from "./events.js";
import {call} from "./gateway.js";
import {isNewer, isSame} from "./run-state.js";

/** Calls `onChange` with the runs, newest first, now and at each change, until the returned function is called. */
export function watchHistory(
  key: string,
  limit: number,
  onChange: (runs: Run[]) => void,
  onConnected?: (isOpen: boolean) => void
): () => void {
  const known = new Map<string, Run>();
  const asking = new AbortController();
  let isLoaded = false;
  let hadHello = false;

  /** Takes runs in. Returns whether any has changed. */
  function take(runs: readonly Run[]): boolean {
    let hasChanged = false;
    for (const run of runs) {
      const before = known.get(run.id);
      if (run.flow !== key || (before && (!isNewer(run, before) || isSame(run, before)))) continue;
      known.set(run.id, run);
      hasChanged = true;
    }
    return hasChanged;
  }
  /** Runs that arrive before the list is loaded are passed on with it. */
  function receive(runs: readonly Run[]): void {
    if (take(runs) && isLoaded) notify();
  }
  function notify(): void {
    const runs = [...known.values()].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
    for (const {id} of runs.splice(limit)) known.delete(id);
    onChange(runs);
  }
  async function load(): Promise<void> {
    const {signal} = asking;
    const path = `flows/${encodeURIComponent(key)}/runs?limit=${limit}`;
    const runs = await call<RunList>(path, {signal}).then(
      ({answer}) => answer.runs,
      () => [] // runs from the stream are still worth showing, and it says hello again when it is back
    );
    if (signal.aborted) return;
    const hasChanged = take(runs);
    if (hasChanged || !isLoaded) notify();
    isLoaded = true;
  }
  const stop = listen({
    run: (run) => receive([run]),
    hello: ({runs}) => {
      receive(runs);
      // The stream couldn't resume, so runs may have ended without an event here.
      if (hadHello) void load();
      hadHello = true;
    },
    ...(onConnected && {connected: onConnected})
  });
  void load();
  return () => {
    asking.abort();
    stop();
  };
}
