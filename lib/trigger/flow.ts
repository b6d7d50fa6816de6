// The builder that starts a flow: its variables, how long to wait, and what to refresh after the run.
import type {FlowGraph, FlowInfo, Run, RunList, VariableValues} from "../gateway-api/index.js";
import {TriggerError} from "./error.js";
import {commandFor} from "./command.js";
import {flowInfo} from "./flows.js";
import {call, gatewayPath} from "./gateway.js";
import {watchHistory} from "./history.js";
import {latest} from "./latest.js";
import {startRequest, startRequestKey} from "./start-request.js";
import {checkWrites, reloadOf, type Reload} from "./reload.js";
import {FlowRun} from "./run.js";

interface Settings {
  variables: VariableValues;
  onProgress?: (run: Run) => void;
  timeout?: number;
  signal?: AbortSignal;
  reload?: Reload;
}

/**
 * ```js
 * const run = await trigger.flow("reforecast").variables({horizon: 12}).start();
 * for await (const {status, progress} of run) …
 * ```
 *
 * Each method returns a new builder and leaves this one unchanged, so that cells can share one.
 */
export class FlowTrigger {
  /** The flow's key in ikigai.config.ts. */
  readonly key: string;
  readonly #settings: Settings;
  /** The key of a request without an answer yet: sending it again uses the same key. */
  #unanswered: string | undefined;

  /** Made by `flow`. */
  constructor(key: string, settings: Settings = {variables: {}}) {
    this.key = key;
    this.#settings = settings;
  }

  /** Run variables by name, added to those given before. A variable that isn't given takes its default. A date is `YYYY-MM-DD`. */
  variables(variables: VariableValues): FlowTrigger {
    return this.#with({variables: {...this.#settings.variables, ...variables}});
  }

  /** The variables that were given. */
  get given(): VariableValues {
    return {...this.#settings.variables};
  }

  /** Called with the run when it has started and at each change. */
  onProgress(onProgress: (run: Run) => void): FlowTrigger {
    return this.#with({onProgress});
  }

  /** Milliseconds after which to stop waiting for the run. The run goes on. */
  timeout(timeout: number): FlowTrigger {
    return this.#with({timeout});
  }

  /** Stops waiting for the run when it aborts. The run goes on. */
  signal(signal: AbortSignal): FlowTrigger {
    return this.#with({signal});
  }

  /**
   * What to refresh when the run has succeeded and its data is published: the whole page if nothing is named; else the named
   * files, such as `"data/forecast.parquet"`, which `result` then waits for; or what a function does. The flow's `writes` in
   * ikigai.config.ts must name the files.
   */
  reload(...targets: (string | ((run: Run) => void))[]): FlowTrigger {
    return this.#with({reload: reloadOf(targets)});
  }

  /**
   * Starts it, or joins the run under way if the config says so. One call is one run: when nothing answers, the same request is
   * sent again for about eight seconds, and calling `start` of this builder once more repeats that request.
   *
   * Throws `TriggerError`: `variables` with the faults by name, `signin`, `forbidden`, `unknown`, `network`, `static` …
   */
  async start(): Promise<FlowRun> {
    const {variables, reload, signal, ...waiting} = this.#settings;
    signal?.throwIfAborted();
    if (gatewayPath() === undefined) {
      const how = commandFor(this.key, variables);
      throw new TriggerError(
        "static",
        `this page is served without a gateway, so it can't start flow "${this.key}". Run it with: ${how}`
      );
    }
    if (reload?.files.length) checkWrites(await flowInfo(this.key), reload.files);
    const key = (this.#unanswered ??= startRequestKey());
    try {
      const {run, isNew} = await startRequest(this.key, key, variables, signal);
      this.#unanswered = undefined;
      return new FlowRun(run, {...waiting, signal, reload, joined: !isNew});
    } catch (error) {
      if (!(error instanceof TriggerError) || error.code !== "network") this.#unanswered = undefined;
      throw error;
    }
  }

  /** Its last runs, newest first; none if the page has no gateway. */
  async runs({limit = 20}: {limit?: number} = {}): Promise<Run[]> {
    if (gatewayPath() === undefined) return [];
    const {answer} = await call<RunList>(`flows/${encodeURIComponent(this.key)}/runs?limit=${limit}`);
    return answer.runs;
  }

  /** Its last runs, of all users, now and at each change: a generator for a cell, as `runs` is a list. */
  history({limit = 20}: {limit?: number} = {}): AsyncGenerator<Run[], void, undefined> {
    return latest(({next}) => {
      if (gatewayPath() === undefined) next([]);
      return watchHistory(this.key, limit, next);
    });
  }

  /** What it is, what variables it has, and whether this viewer may start it. */
  describe(): Promise<FlowInfo> {
    return flowInfo(this.key);
  }

  /** Its facets and arrows, to draw. */
  async graph(): Promise<FlowGraph> {
    return (await call<FlowGraph>(`flows/${encodeURIComponent(this.key)}/graph`)).answer;
  }

  #with(settings: Partial<Settings>): FlowTrigger {
    return new FlowTrigger(this.key, {...this.#settings, ...settings});
  }
}

/** A flow by its key in ikigai.config.ts. No request is sent before a method needs one. */
export const flow = (key: string): FlowTrigger => new FlowTrigger(key);
