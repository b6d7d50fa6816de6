// Flows of an app: what they do, how they stand, and how their runs ended.
import * as wire from "../wire/index.js";
import type {Source} from "./browser.js";
import {assignFields} from "./fields.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** A flow. Its fields are as they were when it was fetched; `describe` fetches them anew. */
export class Flow {
  declare readonly appId: string;
  declare readonly flowId: string;
  declare readonly name: string;
  /** Undefined at the top level of the app. */
  declare readonly directory?: wire.DirectoryRef;
  declare readonly definition?: wire.FlowDefinition;
  /** Whether flows that read what this one writes run after it. */
  declare readonly triggerDownstreamFlows?: boolean;
  /** Whether it runs on the platform's engine for large data. */
  declare readonly highVolumePreference?: boolean;
  declare readonly agentAccess?: boolean;
  /** Undefined when it runs only when it is told to. */
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

  /** How it stands now: `IDLE` when it doesn't run. */
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

  /** Its fields as they are now on the platform, its definition included. */
  async describe(options: CallOptions = {}): Promise<wire.Flow> {
    const {flowId} = this;
    return (await this.#transport.call(wire.getFlow, {flowId}, options)).flow;
  }
}

/** How the flows of an app are fetched. */
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
