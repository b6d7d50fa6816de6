// Following one run, whatever happens to the connection meanwhile.
import type {Run} from "../gateway-api/index.js";
import {TriggerError} from "./error.js";
import {listen} from "./events.js";
import {call} from "./gateway.js";
import {isNewer, isOver, isSame} from "./run-state.js";

/** Calls `onChange` for each change of a run until it is over or the returned function is called. */
export function follow(first: Run, onChange: (run: Run) => void): () => void {
  let known = first;
  let stop = (): void => undefined;
  const asking = new AbortController();
  const end = () => {
    asking.abort();
    stop();
  };
  function take(run: Run): void {
    if (run.id !== known.id || asking.signal.aborted || !isNewer(run, known) || isSame(run, known)) return;
    known = run;
    if (isOver(run)) end();
    onChange(run);
  }
  // It may have ended while the stream was closed, and then the stream's first message doesn't have it.
  async function ask(): Promise<void> {
    try {
      const {answer} = await call<Run>(`runs/${encodeURIComponent(first.id)}`, {signal: asking.signal});
      take(answer);
    } catch (error) {
      if (!(error instanceof TriggerError) || error.code !== "unknown") return; // the stream says hello again when it is back
      const message = "The gateway doesn't know this run any more. Look at the flow on the platform.";
      take({...known, status: "lost", message});
    }
  }
  if (isOver(first)) return end;
  stop = listen(
    {
      run: take,
      hello: ({runs}) => {
        const run = runs.find(({id}) => id === first.id);
        if (run) take(run);
        else void ask();
      }
    },
    {evenHidden: true}
  );
  if (asking.signal.aborted) stop();
  return end;
}
