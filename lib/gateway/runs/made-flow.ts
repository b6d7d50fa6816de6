// Whether the platform has made a flow though its answer was lost, or what it answered couldn't be noted.
import {NotFoundError, type Ikigai} from "../../client/index.js";
import {FlowDefinition} from "../../definition/index.js";
import type {SavedFlowRecord} from "./records.js";

/**
 * The id of the flow with the record's name and definition, except those that `others` have; undefined if the
 * platform has none.
 */
export async function madeFlow(
  client: Ikigai,
  {appId, name, definition}: SavedFlowRecord,
  others: ReadonlySet<string | null>,
  signal: AbortSignal
): Promise<string | undefined> {
  const wanted = FlowDefinition.from(definition!);
  try {
    const app = await client.apps.byId(appId, {signal});
    const namesakes = [...(await app.flows.list({signal}))].filter(
      (flow) => flow.name === name && !others.has(flow.flowId)
    );
    for (const flow of namesakes) {
      const {definition: made = {}} = await flow.describe({signal});
      if (new FlowDefinition(made).equals(wanted)) return flow.flowId;
    }
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error; // the app is gone, and all in it
  }
  return undefined;
}
