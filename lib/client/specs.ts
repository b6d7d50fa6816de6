// The kinds of facets and models that the platform has, asked for once by each client.
import {facetTypes, modelTypes, type FacetTypes, type ModelTypes} from "../definition/index.js";
import * as wire from "../wire/index.js";
import type {Transport} from "./transport.js";

/** Every kind of facet. */
export const facetTypesOf = once(async (transport): Promise<FacetTypes> =>
  facetTypes(await transport.call(wire.getFacetSpecs, {}))
);

/** Every kind of model. */
export const modelTypesOf = once(async (transport): Promise<ModelTypes> =>
  modelTypes(await transport.call(wire.getModelSpecs, {}))
);

/** What is asked of each transport once. What failed is asked again by the next who wants it. */
function once<T>(ask: (transport: Transport) => Promise<T>): (transport: Transport) => Promise<T> {
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
