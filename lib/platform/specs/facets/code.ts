// Facets that run a user's own Python: a script in the flow, or a custom facet shared across flows.
import {map, text} from "../argument.js";
import {facet, facetGroup} from "../facet.js";
import type {ArgumentSpec, ChainGroup} from "../types.js";

/** Values that the script finds as variables. */
const scriptArguments = map(
  "arguments",
  [
    text("name", {required: true}),
    text("value"),
    text("type", {options: ["BOOLEAN", "NUMBER", "TEXT", "bool", "int", "str", "float"]})
  ],
  {list: true}
);

const customFacet: ArgumentSpec[] = [
  text("custom_facet_id", {required: true}),
  // "" is a version too: the newest saved one.
  text("version_id", {required: true}),
  scriptArguments
];

const python: ArgumentSpec[] = [
  text("script", {required: true}),
  text("libraries", {list: true}),
  scriptArguments
];

const parents: Record<ChainGroup, [number, number]> = {INPUT: [0, 100], MID: [1, 1], OUTPUT: [1, 1]};

/** Uids differ by chain, for a custom facet keeps the uid of the chain it was made for. */
const uids: Record<ChainGroup, {custom: string; python: string}> = {
  INPUT: {custom: "I_001", python: "I_007"},
  MID: {custom: "M_040", python: "M_041"},
  OUTPUT: {custom: "O_001", python: "O_007"}
};

export const customFacetIn = (chain: ChainGroup) =>
  facet("CUSTOM_FACET", uids[chain].custom, customFacet, {parents: parents[chain]});

export const pythonIn = (chain: ChainGroup) =>
  facet("PYTHON", uids[chain].python, python, {parents: parents[chain], keywords: ["script", "code"]});

export const code = facetGroup("MID", "CODE", [customFacetIn("MID"), pythonIn("MID")]);
