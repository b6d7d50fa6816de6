// An app's flows: definition, status, schedule and runs.
import {FlowDefinition} from "../definition/index.js";
import * as wire from "../wire/index.js";
import type {Source} from "./browser.js";
import {definitionOf, type DefinitionSource} from "./definition-source.js";
import type {Directory} from "./directory.js";
import {FlowError} from "./errors.js";
import {assignFields} from "./fields.js";
import type {CallOptions} from "./options.js";
import {withProgress} from "./progress.js";
import {pause} from "./retry.js";
import {
  followRun,
  startRun,
  watchRun,
  type FollowOptions,
  type RunOptions,
  type RunVariables,
  type WatchOptions
} from "./run.js";
import {overSchedule, scheduleOf, type ScheduleSource} from "./schedule.js";
import {facetTypesOf} from "./specs.js";
import type {Transport} from "./transport.js";

/** Milliseconds that the platform may take to drop a schedule, and between two polls whether it has. */
const longestDropWait = 120_000;
const dropPollInterval = 5_000;

/** The fields of a flow that an edit can change. */
interface Changes {
  name?: string;
  directory?: wire.DirectoryRef | null;
  definition?: wire.FlowDefinition;
  schedule?: wire.Schedule;
  highVolumePreference?: boolean;
  agentAccess?: boolean;
}

/** A flow. Its fields have the values of the moment when it was fetched; `describe` fetches them again. */
export class Flow {
  declare readonly appId: string;
  declare readonly flowId: string;
  declare readonly name: string;
  /** Undefined at the top level of the app. */
  declare readonly directory?: wire.DirectoryRef;
  /** As it was written, which may have been for an older version of its facets; `describe` upgrades it. */
  declare readonly definition?: wire.FlowDefinition;
  /** Whether flows that read what this one writes run after it. */
  declare readonly triggerDownstreamFlows?: boolean;
  /** Whether it runs on the platform's engine for large data. */
  declare readonly highVolumePreference?: boolean;
  /** Whether the platform's agents may use it. */
  declare readonly agentAccess?: boolean;
  /** Undefined when it runs only on request. */
  declare readonly schedule?: wire.Schedule;
  /** As the platform keeps it. */
  declare readonly lastRun?: Record<string, unknown>;
  /** As the platform keeps it. */
  declare readonly nextRun?: Record<string, unknown>;
  declare readonly createdAt: Date;
  declare readonly modifiedAt: Date;
  readonly #transport: Transport;

  /** Made by the client. */
  constructor(transport: Transport, data: wire.Flow) {
    this.#transport = transport;
    assignFields(this, data);
  }

  /** Its status now: `IDLE` when it doesn't run. */
  async status(options: CallOptions = {}): Promise<wire.FlowStatusReport> {
    const {appId, flowId} = this;
    return this.#transport.call(wire.getFlowStatus, {appId, flowId}, options);
  }

  /** How its last runs ended, newest first: at most `maxCount`, and only those after `since`. */
  async runLogs({
    maxCount = 1,
    since,
    ...options
  }: CallOptions & {maxCount?: number; since?: Date} = {}): Promise<wire.RunLog[]> {
    const request = {appId: this.appId, flowId: this.flowId, limit: maxCount};
    const {flowLog} = await this.#transport.call(wire.getFlowLog, request, options);
    return since ? flowLog.filter(({timestamp}) => timestamp > since) : flowLog;
  }

  /**
   * Runs it, waits for the end, and returns the run's log entry. `variables` by name are for this run only.
   *
   * Throws `FlowError` when the run fails, naming the facet that failed, and `TimeoutError` when it takes longer than
   * `timeout`. When the signal aborts, the run goes on, but isn't waited for.
   *
   * ```ts
   * const log = await flow.run({horizon: 12}, {onProgress: progressBar("Re-forecast")});
   * ```
   */
  async run(variables: RunVariables = {}, {onProgress, ...options}: RunOptions = {}): Promise<wire.RunLog> {
    return withProgress(onProgress, async (report) => {
      const changes = this.watch(variables, options);
      for (;;) {
        const {done, value} = await changes.next();
        if (done) return value;
        report(value);
      }
    });
  }

  /**
   * Runs it, as `run` does, and yields each change of its status until it has ended. It is started when the first change is
   * requested.
   */
  watch(
    variables: RunVariables = {},
    options: WatchOptions = {}
  ): AsyncGenerator<wire.FlowStatusReport, wire.RunLog, undefined> {
    return watchRun(this.#transport, this, variables, options);
  }

  /**
   * Makes the platform start a run, and doesn't wait for it. The request is sent once. If no answer comes, or the
   * platform fails, the run may have started anyway.
   *
   * ```ts
   * const [last] = await flow.runLogs();
   * await flow.start({horizon: 12});
   * for await (const {status} of flow.follow(last?.logId ?? null)) console.log(status);
   * ```
   */
  async start(variables: RunVariables = {}, options: CallOptions = {}): Promise<void> {
    await startRun(this.#transport, this, variables, options);
  }

  /**
   * Makes the platform stop the current run, even if somebody else started it, and doesn't wait for its end. The
   * run's log entry then says `STOPPED`. Throws `RequestError` when none is under way. The local platform can do it,
   * and platforms that don't have the call answer `NotFoundError`.
   */
  async stop(options: CallOptions = {}): Promise<void> {
    const {appId, flowId} = this;
    await this.#transport.call(wire.stopFlow, {flow: {appId, flowId}}, options);
  }

  /**
   * Yields each change in the status of a run that was started earlier, perhaps by another process, until it has ended; then
   * returns its log entry, however it ended. `after` is the `logId` of the newest entry before the start, null when there was none.
   *
   * Throws `FlowError` when the flow is idle and its log doesn't say how the run ended.
   */
  follow(
    after: string | null,
    options: FollowOptions = {}
  ): AsyncGenerator<wire.FlowStatusReport, wire.RunLog, undefined> {
    return followRun(this.#transport, this, after, options);
  }

  /** Renames it. */
  async rename(name: string, options: CallOptions = {}): Promise<this> {
    await this.#edit({name}, options);
    return Object.assign(this, {name});
  }

  /** Moves it into a directory, or with null to the top level of the app. */
  async move(directory: Directory<Flow> | null, options: CallOptions = {}): Promise<this> {
    const ref = directory?.ref ?? null;
    await this.#edit({directory: ref}, options);
    return Object.assign(this, {directory: ref ?? undefined});
  }

  /** Replaces its definition. */
  async updateDefinition(source: DefinitionSource, options: CallOptions = {}): Promise<this> {
    const definition = await definitionOf(this.#transport, source, this.appId, options.signal);
    await this.#edit({definition}, options);
    return Object.assign(this, {definition});
  }

  /** Sets its schedule. Throws `ValidationError` for one that the platform doesn't accept. */
  async updateSchedule(source: ScheduleSource, options: CallOptions = {}): Promise<this> {
    const schedule = scheduleOf(source, this.name);
    await this.#edit({schedule}, options);
    return Object.assign(this, {schedule});
  }

  /**
   * Removes its schedule, so that it runs only on request. The platform takes up to 90 s for that, and this waits for it. Throws
   * `FlowError` when the schedule is still there after 120 s.
   */
  async removeSchedule(options: CallOptions = {}): Promise<this> {
    await this.#edit({schedule: overSchedule}, options);
    const end = performance.now() + longestDropWait;
    while ((await this.#fetch(options)).schedule) {
      if (performance.now() > end) {
        throw new FlowError(
          `flow "${this.name}" still has a schedule ${longestDropWait / 1000} s after its removal was requested. ` +
            "The schedule has ended and starts no run",
          {call: wire.editFlow.name}
        );
      }
      await pause(dropPollInterval, options.signal);
    }
    return Object.assign(this, {schedule: undefined});
  }

  /** Sets whether it runs on the platform's engine for large data. */
  async updateHighVolumePreference(highVolumePreference: boolean, options: CallOptions = {}): Promise<this> {
    await this.#edit({highVolumePreference}, options);
    return Object.assign(this, {highVolumePreference});
  }

  /** Sets whether the platform's agents may use it. */
  async updateAgentAccess(agentAccess: boolean, options: CallOptions = {}): Promise<this> {
    await this.#edit({agentAccess}, options);
    return Object.assign(this, {agentAccess});
  }

  /** Deletes it, with its log. */
  async delete(options: CallOptions = {}): Promise<void> {
    const {appId, flowId} = this;
    await this.#transport.call(wire.deleteFlow, {flow: {appId, flowId}}, options);
  }

  /**
   * Its fields as they are now on the platform. A definition that was written for an older version of its facets is
   * upgraded; warnings on what is lost by that go to the client's `onWarning`.
   */
  async describe(options: CallOptions = {}): Promise<wire.Flow & {definition?: FlowDefinition}> {
    const {definition: written, ...flow} = await this.#fetch(options);
    if (!written) return flow;
    const definition = new FlowDefinition(written).upgrade(await facetTypesOf(this.#transport));
    for (const warning of definition.warnings) this.#transport.warn(`flow "${flow.name}": ${warning}`);
    return {...flow, definition};
  }

  async #fetch(options: CallOptions): Promise<wire.Flow> {
    const {flowId} = this;
    return (await this.#transport.call(wire.getFlow, {flowId}, options)).flow;
  }

  async #edit(changes: Changes, options: CallOptions): Promise<void> {
    const {appId, flowId} = this;
    await this.#transport.call(wire.editFlow, {flow: {appId, flowId, ...changes}}, options);
  }
}

/** Fetches the flows of an app. */
export function flowSource(transport: Transport, app: Pick<wire.App, "appId" | "name">): Source<Flow> {
  const {appId} = app;
  const flow = (data: wire.Flow) => new Flow(transport, data);
  return {
    what: `flow of app "${app.name}"`,
    id: ({flowId}) => flowId,
    list: async ({directoryId, ...options}) => {
      const request = {appId, fetchAll: directoryId === undefined, directoryId};
      const {flows, limitWarning} = await transport.call(wire.listFlows, request, options);
      return {items: flows.map(flow), limitWarning};
    },
    byName: async (name, options) => flow((await transport.call(wire.getFlow, {appId, name}, options)).flow),
    byId: async (flowId, options) => flow((await transport.call(wire.getFlow, {flowId}, options)).flow),
    search: async (query, options) => {
      const {flows, limitWarning} = await transport.call(wire.searchFlows, {appId, query}, options);
      return {items: flows.map(flow), limitWarning};
    },
    directories: async (directoryId, options) => {
      const request = {appId, directoryId};
      return (await transport.call(wire.flowDirectories.list, request, options)).directories;
    },
    warn: (warning) => transport.warn(warning)
  };
}
