// Builds facet specs and gathers them into groups.
import type {ArgumentSpec, ChainGroup, FacetSpec} from "./types.js";

/** The platform sets no limit that a person meets; a number is needed where the spec wants one. */
const many = 100;

interface Traits {
  /** How many tables come in, at least and at most. */
  parents?: [min: number, max: number];
  inArrows?: ArgumentSpec[];
  keywords?: string[];
}

export interface Facet extends Traits {
  type: string;
  uid: string;
  arguments: ArgumentSpec[];
}

/** A facet's name, uid and arguments; the group that it is put in adds the rest. */
export const facet = (type: string, uid: string, args: ArgumentSpec[] = [], traits: Traits = {}): Facet => ({
  type,
  uid,
  arguments: args,
  ...traits
});

/** One group of a chain, in the order that a user is shown. */
export function facetGroup(
  chain: ChainGroup,
  group: string,
  facets: Facet[]
): Record<string, Record<string, FacetSpec>> {
  return {[group]: Object.fromEntries(facets.map((f) => [f.type, spec(chain, group, f)]))};
}

function spec(chain: ChainGroup, group: string, f: Facet): FacetSpec {
  const [minParents, maxParents] = f.parents ?? (chain === "INPUT" ? [0, many] : [1, 1]);
  return {
    facet_info: {chain_group: chain, facet_group: group, facet_type: f.type, facet_uid: f.uid},
    is_deprecated: false,
    is_hidden: false,
    facet_keywords: [...f.type.toLowerCase().split("_"), ...(f.keywords ?? [])],
    facet_requirement: {
      max_child_count: many,
      min_child_count: 0,
      max_parent_count: maxParents,
      min_parent_count: minParents
    },
    facet_arguments: f.arguments,
    in_arrow_arguments: f.inArrows ?? [],
    out_arrow_arguments: []
  };
}
