// A run that this page started, or joined.
import type {Run} from "../gateway-api/index.js";
import {hasEnded} from "../gateway-api/has-ended.js";
import {TriggerError} from "./error.js";
import {follow} from "./follow.js";
import {latest} from "./latest.js";
import type {Reload} from "./reload.js";
import {facetName, isOver} from "./run-state.js";

/** How a run is waited for. */
interface Waiting {
  signal?: AbortSignal | undefined;
  /** Milliseconds after which it is no longer waited for. */
  timeout?: number | undefined;
  onProgress?: ((run: Run) => void) | undefined;
  reload?: Reload | undefined;
}

/**
 * A run that goes on whether or not anybody waits. Iterating gives how it stands, now and at each change, until it has ended and
 * its data is published:
 *
 * ```js
 * for await (const {status, progress} of run) console.log(status, progress);
 * ```
 */
export class FlowRun implements AsyncIterable<Run> {
  /** Whether the flow ran already, and this is that run. */
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
    const leave = () => {
      clearTimeout(clock);
      signal?.removeEventListener("abort", aborted);
      stop();
    };
    const fail = (error: unknown) => {
      leave();
      this.#failure = {error};
      this.#tell();
    };
    const aborted = () => fail(signal!.reason);
    const clock =
      timeout === undefined ? undefined : setTimeout(() => fail(late(this.#state, timeout)), timeout);
    signal?.addEventListener("abort", aborted);
    const take = (run: Run) => {
      this.#state = run;
      if (isOver(run)) leave();
      onProgress?.(run);
      if (isOver(run) && run.status === "done" && run.data?.status !== "failed") reload?.act(run);
      this.#tell();
    };
    take(state);
    stop = follow(state, take);
  }

  /** The gateway's name for it, for as long as the gateway remembers it. */
  get id(): string {
    return this.#state.id;
  }

  /** How it stands now. */
  get status(): Run["status"] {
    return this.#state.status;
  }

  /** Percent, where the platform knows it. */
  get progress(): number | null {
    return this.#state.progress;
  }

  /** All that is known of it now. It is another object after each change. */
  get state(): Run {
    return this.#state;
  }

  /**
   * How it stands, at each change: a generator, which as the value of a cell runs the cells that use it again. What comes between two
   * looks is skipped. Throws `TriggerError` `timeout`, or the signal's reason; the run itself goes on. A run that fails is no
   * error here: its last state says so.
   */
  changes(): AsyncGenerator<Run, void, undefined> {
    return latest(({next, end, fail}) => {
      const tell = () => {
        if (this.#failure) return fail(this.#failure.error);
        next(this.#state);
        if (isOver(this.#state)) end();
      };
      this.#watchers.add(tell);
      tell();
      return () => this.#watchers.delete(tell);
    });
  }

  /** The same as `changes`, for `for await`. */
  [Symbol.asyncIterator](): AsyncGenerator<Run, void, undefined> {
    return this.changes();
  }

  /**
   * Waits for its end, and with `reload` for its data to be published. Throws `TriggerError`: `failed`, naming the facet and with the
   * log's words; `stopped`; `lost`; `publication`; `timeout`. Throws the signal's reason when that aborts.
   */
  async result(): Promise<Run> {
    for await (const run of this) if (this.#isEnough(run)) break;
    return ended(this.#state);
  }

  #tell(): void {
    for (const tell of [...this.#watchers]) tell();
  }
}

const late = (run: Run, timeout: number) =>
  new TriggerError(
    "timeout",
    `flow "${run.flow}" has not ended within ${timeout / 1000} s. It goes on: look at its last runs, or allow more time`,
    {run}
  );

/** The run if it ended well. */
function ended(run: Run): Run {
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
      throw new TriggerError("lost", `nobody can tell how the run of flow "${flow}" ended${reason}`, {run});
  }
  if (data?.status === "failed") {
    const message = `flow "${flow}" went well, but its data couldn't be published: ${data.message}`;
    throw new TriggerError("publication", message, {run});
  }
  return run;
}
