// What a flow does: facets, and the arrows between them.
import * as z from "zod";
import {message} from "./message.js";
import {flag, freeMap, list, maybe, text} from "./scalars.js";

const mapOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.codec(z.unknown().optional(), z.record(z.string(), schema), {
    decode: (value) => (value ?? {}) as Record<string, z.input<Schema>>,
    encode: (value) => value
  });

const anyMap = mapOf(z.unknown());

/** `facetId` is any text that no other facet of the definition has; `facetUid` says which kind of facet it is. */
export const facet = message({
  facetId: text,
  facetUid: text,
  name: maybe(text),
  arguments: anyMap
});
export type Facet = z.output<typeof facet>;

/** From the facet `source` to the facet `destination`, both by `facetId`. */
export const arrow = message({source: text, destination: text, arguments: anyMap});
export type Arrow = z.output<typeof arrow>;

/** A run variable: it sets the argument `name` of the facet called `facetName`. */
export const flowVariable = message({
  facetName: maybe(text),
  name: text,
  type: maybe(text),
  isList: flag.optional(),
  value: z.unknown().optional()
});
export type FlowVariable = z.output<typeof flowVariable>;

export const flowDefinition = message({
  facets: list(facet),
  arrows: list(arrow),
  arguments: anyMap,
  variables: mapOf(flowVariable),
  modelVariables: mapOf(freeMap)
});
export type FlowDefinition = z.output<typeof flowDefinition>;
