// Every facet the platform knows.
import type {ArgumentSpec, FacetSpec, FacetSpecs} from "../types.js";
import {code} from "./code.js";
import * as input from "./input.js";
import {machineLearning} from "./machine-learning.js";
import {conversion, exploration} from "./other.js";
import * as output from "./output.js";
import {tables} from "./tables.js";
import {time} from "./time.js";
import {wrangling} from "./wrangling.js";

/**
 * What `get-facet-specs` answers. Groups stand from the last one shown to the first: the Python client lays them into
 * a ChainMap, which walks its maps backwards, and lists the types in the document's order only so.
 */
export const facetSpecs: FacetSpecs = {
  INPUT: {...input.external, ...input.internal, ...input.sap},
  MID: {...code, ...exploration, ...conversion, ...machineLearning, ...tables, ...time, ...wrangling},
  OUTPUT: {...output.external, ...output.intermediate, ...output.internal, ...output.sap}
};

const byUid = new Map<string, FacetSpec>(
  Object.values(facetSpecs)
    .flatMap((groups) => Object.values(groups))
    .flatMap((facets) => Object.values(facets))
    .map((spec) => [spec.facet_info.facet_uid, spec])
);

/** The facet of a uid such as `M_003`, or undefined. */
export const facetByUid = (uid: string): FacetSpec | undefined => byUid.get(uid);

/** The argument of a name, or undefined. */
export const argumentOf = (spec: FacetSpec, name: string): ArgumentSpec | undefined =>
  spec.facet_arguments.find((argument) => argument.name === name);
