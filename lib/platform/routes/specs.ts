// The calls that tell which facets and models there are.
import {z} from "zod";
import {get, type Call} from "../call.js";
import {facetSpecs, modelSpecs} from "../specs/index.js";

export const specCalls = (): Call[] => [
  get("/component/get-facet-specs", z.unknown(), () => facetSpecs),
  get("/component/get-model-specs", z.unknown(), () => modelSpecs)
];
