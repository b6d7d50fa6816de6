// Writes a flow whose facets stand in a row, each fed by the one before.
import {type ChainGroup, facetSpecs} from "../specs/index.js";
import type {SeedFlow} from "./types.js";

interface Facet {
  uid: string;
  name: string;
  arguments: Record<string, unknown>;
}

/** A facet by its place in the specs; a name is needed only where a run variable sets one of its arguments. */
export function facet(
  chain: ChainGroup,
  group: string,
  type: string,
  args: Record<string, unknown>,
  name = ""
): Facet {
  const spec = facetSpecs[chain][group]?.[type];
  if (!spec) throw new Error(`the specs have no facet ${type} in ${chain} ${group}: name one that they have`);
  return {uid: spec.facet_info.facet_uid, name, arguments: args};
}

export const imported = (dataset: string) =>
  facet("INPUT", "INTERNAL", "IMPORTED", {
    dataset_id: {dataset},
    file_type: "csv",
    header: true,
    use_raw_file: false
  });

export const exported = (name: string) =>
  facet("OUTPUT", "INTERNAL", "EXPORTED", {dataset_name: name, file_type: "csv", header: true});

/** @param variables run variables: each sets an argument of a facet that has a name */
export function flow(
  name: string,
  facets: Facet[],
  variables: Record<string, {facet_name: string; name: string}> = {}
): SeedFlow {
  return {
    name,
    definition: {
      facets: facets.map((each, i) => ({
        facet_id: String(i),
        facet_uid: each.uid,
        name: each.name,
        arguments: each.arguments
      })),
      arrows: facets.slice(1).map((_, i) => ({source: String(i), destination: String(i + 1), arguments: {}})),
      arguments: {},
      variables,
      model_variables: {}
    }
  };
}
