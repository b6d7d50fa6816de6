// A flow's definition: facets, and the arrows between them.
import * as z from "../zod/index.js";
import {message, type Codec} from "./message.js";
import {flag, freeMap, list, maybe, text} from "./scalars.js";

const mapOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.codec(z.unknown().optional(), z.record(z.string(), schema), {
    decode: (value) => (value ?? {}) as Record<string, z.input<Schema>>,
    encode: (value) => value
  });

const anyMap = mapOf(z.unknown());

const facetMessage = message({
  facetId: text,
  facetUid: text,
  name: maybe(text),
  arguments: anyMap
});

/** `facetId` is any text that no other facet of the definition has; `facetUid` is its facet type. */
export interface Facet extends z.output<typeof facetMessage> {}
export const facet: Codec<Facet> = facetMessage;

const arrowMessage = message({source: text, destination: text, arguments: anyMap});

/** From the facet `source` to the facet `destination`, both by `facetId`. */
export interface Arrow extends z.output<typeof arrowMessage> {}
export const arrow: Codec<Arrow> = arrowMessage;

const flowVariableMessage = message({
  facetName: maybe(text),
  name: text,
  type: maybe(text),
  isList: flag.optional(),
  value: z.unknown().optional()
});

/** A run variable: it sets the argument `name` of the facet called `facetName`. */
export interface FlowVariable extends z.output<typeof flowVariableMessage> {}
export const flowVariable: Codec<FlowVariable> = flowVariableMessage;

const flowDefinitionMessage = message({
  facets: list(facet),
  arrows: list(arrow),
  arguments: anyMap,
  variables: mapOf(flowVariable),
  modelVariables: mapOf(freeMap)
});

/** A flow's definition: facets and the arrows between them. `variables` can be set by a run, by name. */
export interface FlowDefinition extends z.output<typeof flowDefinitionMessage> {}
export const flowDefinition: Codec<FlowDefinition> = flowDefinitionMessage;
