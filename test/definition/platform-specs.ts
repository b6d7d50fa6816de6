// The document's facets and models, as a client gets them: the local platform's specs, decoded as any answer is.
import {facetTypes, modelTypes} from "../../lib/definition/index.js";
import {facetSpecs, modelSpecs} from "../../lib/platform/specs/index.js";
import {decodeAnswer, getFacetSpecs, getModelSpecs} from "../../lib/wire/index.js";

export const decodedFacetSpecs = decodeAnswer(getFacetSpecs, facetSpecs);
export const decodedModelSpecs = decodeAnswer(getModelSpecs, modelSpecs);
export const facets = facetTypes(decodedFacetSpecs);
export const models = modelTypes(decodedModelSpecs);
