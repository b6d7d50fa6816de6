// The platform's facet and model types, fetched once for each client.
import {facetTypes, modelTypes, type FacetTypes, type ModelTypes} from "../definition/index.js";
import * as wire from "../wire/index.js";
import type {Transport} from "./transport.js";

/** All facet types. */
export const facetTypesOf = oncePerClient(async (transport): Promise<FacetTypes> =>
  facetTypes(await transport.call(wire.getFacetSpecs, {}))
);

/** All model types. */
export const modelTypesOf = oncePerClient(async (transport): Promise<ModelTypes> =>
  modelTypes(await transport.call(wire.getModelSpecs, {}))
);

/** Fetches something once for each transport. After a failure the next caller tries again. */
function oncePerClient<T>(ask: (transport: Transport) => Promise<T>): (transport: Transport) => Promise<T> {
  const asked = new WeakMap<Transport, Promise<T>>();
  return (transport) => {
    const known = asked.get(transport);
    if (known) return known;
    const answer = ask(transport).catch((error: unknown) => {
      asked.delete(transport);
      throw error;
    });
    asked.set(transport, answer);
    return answer;
  };
}
