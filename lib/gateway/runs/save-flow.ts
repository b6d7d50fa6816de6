// Saving a flow that was built in a page.
import * as z from "zod";
import {RequestError, type Ikigai} from "../../client/index.js";
import {ValidationError} from "../../definition/index.js";
import {Refused} from "../refused.js";
import type {Viewer} from "../viewer.js";
import type {Audit} from "./audit.js";
import {checkDefinition, variablesOf} from "./definition.js";
import {savedKey, type Flows, type KnownFlow} from "./flows.js";
import {KeyedQueue} from "./keyed-queue.js";
import type {GatewayStore} from "./gateway-store.js";

/** Flows that pages may save in all. */
const mostSavedFlows = 500;

export const flowToSave = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "is empty")
    .max(200, "is longer than 200 characters")
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "has characters that can't be shown"),
  definition: z.record(z.string(), z.unknown())
});
export type FlowToSave = z.output<typeof flowToSave>;

export interface SaveOptions {
  client: Ikigai;
  flows: Flows;
  store: GatewayStore;
  audit: Audit;
}

/** How pages save flows: one at a time, so that no two get one name. */
export function flowSaver({client, flows, store, audit}: SaveOptions) {
  const queue = new KeyedQueue();
  /** Throws `Refused` where the app isn't open to pages, the definition doesn't fit, or the name is taken. */
  return async (
    appName: string,
    {name, definition: source}: FlowToSave,
    viewer: Viewer
  ): Promise<KnownFlow> => {
    const app = await flows.openApp(appName);
    const facetTypes = await client.facetTypes();
    const definition = checked(() => checkDefinition(source, facetTypes));
    return queue.take(app.appId, async () => {
      if (store.tables.flows.size >= mostSavedFlows) {
        throw new Refused(
          "toomany",
          `Pages have saved ${mostSavedFlows} flows, which is as many as the gateway keeps.`
        );
      }
      if ((await app.flows.list()).has(name)) {
        throw new Refused(
          "conflict",
          `The app ${app.name} has a flow called ${JSON.stringify(name)}: choose another name.`
        );
      }
      const {flowId} = await app.flow
        .new(name)
        .definition(definition)
        .build()
        .catch((error: unknown) => {
          throw error instanceof RequestError ? new Refused("definition", error.message) : error;
        });
      const saved = {
        id: flowId,
        appId: app.appId,
        app: app.name,
        name,
        variables: variablesOf(definition, facetTypes)
      };
      await store.commit(["put", "flows", saved]);
      await audit.write({event: "save", flow: savedKey(saved), user: viewer.name, message: name});
      return flows.get(savedKey(saved));
    });
  };
}

function checked<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof ValidationError ? new Refused("definition", error.message) : error;
  }
}
