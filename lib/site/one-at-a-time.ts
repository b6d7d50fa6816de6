// Publishes once at a time, and together what is asked for meanwhile.
import type {PublishedFiles} from "./published-files.js";

/** Publishes files, by their names without extension, and resolves to where pages find each. */
export type Publish = (files: string[], signal: AbortSignal) => Promise<PublishedFiles>;

/** Publishes once at a time. What is asked for meanwhile is published together, next. */
export function oneAtATime(publish: Publish): Publish {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: {files: Set<string>; signals: AbortSignal[]; result: ReturnType<Publish>} | undefined;
  return (files, signal) => {
    if (!waiting) {
      const batch = {files: new Set<string>(), signals: [] as AbortSignal[]};
      const result = last.then(() => {
        waiting = undefined;
        return publish([...batch.files], abortedAll(batch.signals));
      });
      last = result.catch(() => undefined); // the caller gets the error
      waiting = {...batch, result};
    }
    for (const file of files) waiting.files.add(file);
    waiting.signals.push(signal);
    return waiting.result;
  };
}

/** A signal that aborts when the last of these has. */
function abortedAll(signals: AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  const look = () => {
    if (signals.every(({aborted}) => aborted)) controller.abort(signals.at(-1)!.reason);
  };
  for (const signal of signals) signal.addEventListener("abort", look, {once: true});
  look();
  return controller.signal;
}
