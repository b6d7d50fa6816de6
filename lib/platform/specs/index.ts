// The facets and models that the platform offers, as the wire has them.
export {argumentOf, facetByUid, facetSpecs} from "./facets/index.js";
export {modelSpecs, subModelSpec} from "./models/index.js";
export type {ArgumentSpec, ChainGroup, FacetSpec, HyperparameterSpec, ParameterSpec} from "./types.js";
