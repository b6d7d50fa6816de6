/**
 * Flow definitions: types of facets and models with their help, a builder that checks its arguments against them, and
 * methods that read, compare and draw definitions. It sends no requests, and runs in Node and in a page.
 *
 * Stability: stable.
 *
 * @module
 */
export type {Argument, Arguments} from "./argument.js";
export {declarations} from "./declarations.js";
export type {
  CustomFacetBuilder,
  CustomFacetOptions,
  FacetBuilder,
  FacetOptions,
  ModelFacetBuilder,
  ModelFacetOptions
} from "./facet-builder.js";
export {FacetType, type FacetRequirement} from "./facet-type.js";
export {facetTypes, type ChainGroup, type FacetTypes} from "./facet-types.js";
export {FlowBuilder} from "./flow-builder.js";
export {FlowDefinition, type FlowDefinitionJSON, type FlowGraph, type FlowNode} from "./flow-definition.js";
export {IkigaiError, type ErrorDetails} from "../wire/ikigai-error.js";
export {SubModelType} from "./model-type.js";
export {
  modelTypes,
  type ModelType,
  type ModelTypeMembers,
  type ModelTypes,
  type ModelTypesMembers
} from "./model-types.js";
export type {CustomFacetUse} from "./script-arguments.js";
// All of it, for only what an `export *` gives can be augmented by generated declarations.
export * from "./typed.js";
export {ValidationError} from "../wire/validation-error.js";
