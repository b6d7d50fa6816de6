// The last runs of a flow, whoever started them, kept up to date.
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
  let hasHeard = false;

  /** Whether there was news among them. */
  function take(runs: readonly Run[]): boolean {
    let isNews = false;
    for (const run of runs) {
      const before = known.get(run.id);
      if (run.flow !== key || (before && (!isNewer(run, before) || isSame(run, before)))) continue;
      known.set(run.id, run);
      isNews = true;
    }
    return isNews;
  }
  /** What comes before the list is told with it. */
  function hear(runs: readonly Run[]): void {
    if (take(runs) && isLoaded) tell();
  }
  function tell(): void {
    const runs = [...known.values()].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
    for (const {id} of runs.splice(limit)) known.delete(id);
    onChange(runs);
  }
  async function load(): Promise<void> {
    const {signal} = asking;
    const path = `flows/${encodeURIComponent(key)}/runs?limit=${limit}`;
    const runs = await call<RunList>(path, {signal}).then(
      ({answer}) => answer.runs,
      () => [] // what can be heard is still worth showing, and the stream says hello again when it is back
    );
    if (signal.aborted) return;
    const isNews = take(runs);
    if (isNews || !isLoaded) tell();
    isLoaded = true;
  }
  const stop = listen({
    run: (run) => hear([run]),
    hello: ({runs}) => {
      hear(runs);
      // Since the stream doesn't go on where it was, runs may have ended unheard.
      if (hasHeard) void load();
      hasHeard = true;
    },
    ...(onConnected && {connected: onConnected})
  });
  void load();
  return () => {
    asking.abort();
    stop();
  };
}
