// A flow's new definition, in each of the accepted forms.
import {FlowDefinition, type FlowDefinitionJSON} from "../definition/index.js";
import * as wire from "../wire/index.js";
import {ValidationError} from "./errors.js";
import type {Transport} from "./transport.js";

/**
 * A definition as the builder builds it, the builder itself or any of its facets, a flow of the same app whose definition is
 * copied, a flow's `definition`, or a definition as it is sent and saved.
 */
export type DefinitionSource =
  FlowDefinition | Buildable | SavedFlow | wire.FlowDefinition | FlowDefinitionJSON;

/** A flow on the platform, such as a `Flow`. */
export interface SavedFlow {
  readonly name: string;
  readonly flowId: string;
  readonly appId: string;
}

/** A flow builder, or one of its facets. */
export interface Buildable {
  /** The definition of the whole flow. */
  build: () => FlowDefinition;
}

/**
 * The definition, for a flow of this app. Its warnings go to the client's `onWarning`. Throws
 * `ValidationError` when it isn't one.
 */
export async function definitionOf(
  transport: Transport,
  source: DefinitionSource,
  appId: string,
  signal?: AbortSignal
): Promise<FlowDefinition> {
  const definition = await read(transport, source, appId, signal);
  for (const warning of definition.warnings) transport.warn(warning);
  return definition;
}

async function read(
  transport: Transport,
  source: DefinitionSource,
  appId: string,
  signal?: AbortSignal
): Promise<FlowDefinition> {
  if (source instanceof FlowDefinition) return source;
  if ("build" in source) return source.build();
  if ("flowId" in source) return copied(transport, source, appId, signal);
  return "modelVariables" in source ? new FlowDefinition(source) : FlowDefinition.from(source);
}

/** As it is now on the platform. */
async function copied(
  transport: Transport,
  {name, flowId, appId: from}: SavedFlow,
  appId: string,
  signal?: AbortSignal
): Promise<FlowDefinition> {
  if (from !== appId) {
    throw new ValidationError(
      `flow "${name}" is in another app (${from}), whose datasets and models this app (${appId}) doesn't have: ` +
        "build a definition for this app"
    );
  }
  const {flow} = await transport.call(wire.getFlow, {flowId}, {signal});
  return new FlowDefinition(flow.definition ?? {});
}
