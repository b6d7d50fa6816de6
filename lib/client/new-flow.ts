// The builder of a new flow: definition, schedule and directory.
import {FlowDefinition} from "../definition/index.js";
import * as wire from "../wire/index.js";
import {definitionOf, type DefinitionSource} from "./definition-source.js";
import type {Directory} from "./directory.js";
import {Flow} from "./flow.js";
import type {CallOptions} from "./options.js";
import {scheduleOf, type ScheduleSource} from "./schedule.js";
import type {Transport} from "./transport.js";

/**
 * ```ts
 * const flow = await app.flow.new("Nightly").definition(definition).schedule("0 6 * * *").build();
 * ```
 */
export class NewFlow {
  #definition: DefinitionSource = new FlowDefinition({});
  #schedule: ScheduleSource | undefined;
  #highVolumePreference = false;
  #agentAccess: boolean | undefined;
  #directory: Directory<Flow> | undefined;

  /** Made by `app.flow.new`. */
  constructor(
    private readonly transport: Transport,
    private readonly appId: string,
    private readonly name: string
  ) {}

  /** Its definition. Without one it does nothing. */
  definition(definition: DefinitionSource): this {
    this.#definition = definition;
    return this;
  }

  /** When it runs by itself. Without a schedule it runs only on request. */
  schedule(schedule: ScheduleSource): this {
    this.#schedule = schedule;
    return this;
  }

  /** Whether it runs on the platform's engine for large data. */
  highVolumePreference(preference: boolean): this {
    this.#highVolumePreference = preference;
    return this;
  }

  /** Whether the platform's agents may use it. */
  agentAccess(access: boolean): this {
    this.#agentAccess = access;
    return this;
  }

  /** Puts it into a directory of the app's flows. */
  directory(directory: Directory<Flow>): this {
    this.#directory = directory;
    return this;
  }

  /** Makes it. Throws `ValidationError` before anything is created when its schedule or definition is invalid. */
  async build(options: CallOptions = {}): Promise<Flow> {
    const {transport, appId, name} = this;
    const schedule = this.#schedule === undefined ? null : scheduleOf(this.#schedule, name);
    const definition = await definitionOf(transport, this.#definition, appId, options.signal);
    const {flowId} = await transport.call(
      wire.createFlow,
      {
        flow: {
          appId,
          name,
          directory: this.#directory?.ref ?? null,
          highVolumePreference: this.#highVolumePreference,
          definition,
          agentAccess: this.#agentAccess,
          schedule
        }
      },
      options
    );
    return new Flow(transport, (await transport.call(wire.getFlow, {flowId}, options)).flow);
  }
}
