// A run that this page started, or joined.
import type {Run} from "../gateway-api/index.js";
import {hasEnded} from "../gateway-api/has-ended.js";
import {TriggerError} from "./error.js";
import {cancelRun} from "./cancel.js";
import {follow} from "./follow.js";
import {latest} from "./latest.js";
import type {Reload} from "./reload.js";
import {facetName, isOver} from "./run-state.js";

/** How to wait for a run. */
interface Waiting {
  signal?: AbortSignal | undefined;
  /** Milliseconds after which to stop waiting. */
  timeout?: number | undefined;
  onProgress?: ((run: Run) => void) | undefined;
  reload?: Reload | undefined;
}

/**
 * A run. It goes on even if nobody waits for it. Iterating gives its state, now and at each change, until it has
 * ended and its data is published:
 *
 * ```js
 * for await (const {status, progress} of run) console.log(status, progress);
 * ```
 */
export class FlowRun implements AsyncIterable<Run> {
  /** Whether the flow was already running, and this is that run. */
  readonly joined: boolean;
  readonly #isEnough: (run: Run) => boolean;
  readonly #watchers = new Set<() => void>();
  #state: Run;
  #failure: {error: unknown} | undefined;

  /** Made by `start`. */
  constructor(state: Run, {joined, ...waiting}: Waiting & {joined: boolean}) {
    this.#state = state;
    this.joined = joined;
    this.#isEnough = waiting.reload ? isOver : hasEnded;
    const {signal, timeout, onProgress, reload} = waiting;
    let stop = (): void => undefined;
    const stopWaiting = () => {
      clearTimeout(clock);
      signal?.removeEventListener("abort", aborted);
      stop();
    };
    const fail = (error: unknown) => {
      stopWaiting();
      this.#failure = {error};
      this.#notify();
    };
    const aborted = () => fail(signal!.reason);
    const clock =
      timeout === undefined ? undefined : setTimeout(() => fail(timeoutError(this.#state, timeout)), timeout);
    signal?.addEventListener("abort", aborted);
    const take = (run: Run) => {
      this.#state = run;
      if (isOver(run)) stopWaiting();
      onProgress?.(run);
      if (isOver(run) && run.status === "done" && run.data?.status !== "failed") reload?.act(run);
      this.#notify();
    };
    take(state);
    stop = follow(state, take);
  }

  /** The gateway's id of the run, for as long as the gateway keeps it. */
  get id(): string {
    return this.#state.id;
  }

  /**
   * Cancels the run. Its status is `stopped` when the platform has stopped it. Throws `TriggerError`: `forbidden`
   * when another viewer started it, `conflict` when it has ended.
   */
  async cancel(): Promise<void> {
    await cancelRun(this.id);
  }

  /** Its status now. */
  get status(): Run["status"] {
    return this.#state.status;
  }

  /** Percent, if the platform knows it. */
  get progress(): number | null {
    return this.#state.progress;
  }

  /** Everything that is known about it now. There is a new object after each change. */
  get state(): Run {
    return this.#state;
  }

  /**
   * Its state at each change: a generator, which as the value of a cell runs the cells that use it again. Changes that nobody
   * has asked for in time are skipped. Throws `TriggerError` `timeout`, or the signal's reason; the run itself goes on. A run that
   * fails doesn't throw here: its last state says so.
   */
  changes(): AsyncGenerator<Run, void, undefined> {
    return latest(({next, end, fail}) => {
      const watcher = () => {
        if (this.#failure) return fail(this.#failure.error);
        next(this.#state);
        if (isOver(this.#state)) end();
      };
      this.#watchers.add(watcher);
      watcher();
      return () => this.#watchers.delete(watcher);
    });
  }

  /** The same as `changes`, for `for await`. */
  [Symbol.asyncIterator](): AsyncGenerator<Run, void, undefined> {
    return this.changes();
  }

  /**
   * Waits for its end, and with `reload` for its data to be published. Throws `TriggerError`: `failed`, with the facet and the
   * log's message; `stopped`; `lost`; `publication`; `timeout`. Throws the signal's reason when that aborts.
   */
  async result(): Promise<Run> {
    for await (const run of this) if (this.#isEnough(run)) break;
    return checked(this.#state);
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

const timeoutError = (run: Run, timeout: number) =>
  new TriggerError(
    "timeout",
    `flow "${run.flow}" has not ended within ${timeout / 1000} s. It goes on: look at its last runs, or allow more time`,
    {run}
  );

/** The run if it succeeded; throws if it didn't. */
function checked(run: Run): Run {
  const {flow, status, facet, message, data} = run;
  const reason = message ? `: ${message}` : "";
  switch (status) {
    case "failed": {
      const where = facet ? ` in ${facetName(facet)}` : "";
      throw new TriggerError(
        "failed",
        `flow "${flow}" failed${where}${reason || ": the platform gave no reason"}`,
        {run}
      );
    }
    case "stopped":
      throw new TriggerError("stopped", `flow "${flow}" was stopped before its end${reason}`, {run});
    case "lost":
      throw new TriggerError("lost", `it isn't known how the run of flow "${flow}" ended${reason}`, {run});
  }
  if (data?.status === "failed") {
    const message = `flow "${flow}" succeeded, but its data couldn't be published: ${data.message}`;
    throw new TriggerError("publication", message, {run});
  }
  return run;
}
