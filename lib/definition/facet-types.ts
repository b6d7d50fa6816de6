// All facet types of a platform, by chain group and name.
import type {FacetSpec, FacetSpecs} from "../wire/facet-spec.js";
import {catalog} from "./catalog.js";
import {FacetType, facetHelp} from "./facet-type.js";
import type {KnownFacets} from "./known.js";
import {nameKey} from "../names/index.js";
import type {DeclaredFacetTypes, FacetShape, AnySpelling} from "./typed.js";

/** The chain groups, in the order of help. */
export const chains = ["INPUT", "MID", "OUTPUT"] as const;
type Chain = (typeof chains)[number];

type Declared<Shapes> = {
  [Name in keyof Shapes]: Shapes[Name] extends FacetShape ? FacetType<Shapes[Name]> : never;
};

/** The facet types of a chain group: those declared, or else those known by name and any other. */
type Members<Group extends Chain> = Group extends keyof DeclaredFacetTypes
  ? AnySpelling<Declared<DeclaredFacetTypes[Group]>>
  : AnySpelling<Record<KnownFacets[Group], FacetType>> & {readonly [name: string]: FacetType};

/** Facet types by name, in any casing: `facetTypes.MID.COUNT`, `.Count`, `["count"]`. An unknown one throws. */
export type ChainGroup<Group extends Chain = Chain> = Members<Group> & {
  /** The names of its facet types, without hidden ones. */
  readonly types: readonly string[];
  /** Help on each of its facet types. */
  help(): string;
};

/**
 * All facet types, by chain group: INPUT facets read tables, MID facets change them, OUTPUT facets write them.
 */
export interface FacetTypes {
  readonly INPUT: ChainGroup<"INPUT">;
  readonly MID: ChainGroup<"MID">;
  readonly OUTPUT: ChainGroup<"OUTPUT">;
  /** The facet type of a uid such as `M_003`, hidden ones too, or undefined. */
  byUid(uid: string): FacetType | undefined;
  /** Help on every facet type. */
  help(): string;
}

/** Facet types from the platform's answer to `get-facet-specs`. */
export function facetTypes(specs: FacetSpecs): FacetTypes {
  const byChain = new Map(chains.map((chain) => [chain, typesOf(specs[chain] ?? {})]));
  const allTypes = [...byChain.values()].flat();
  const byUid = new Map(allTypes.map((type) => [type.facetUid, type]));
  return catalog({
    of: "chain group of facet types",
    entries: new Map(chains.map((chain) => [chain, chainGroup(chain, byChain.get(chain)!, allTypes)])),
    shown: chains,
    members: {
      byUid: (uid: string) => byUid.get(uid),
      help: () =>
        chains.map((chain) => [chain, helpOf(byChain.get(chain)!, 4)].filter(Boolean).join("\n")).join("\n")
    }
  }) as FacetTypes;
}

/**
 * The facet types of a chain group's facet groups. The last group comes first, and of two with one name the first group's
 * is kept, as in the platform's own client.
 */
export function typesOf(groups: Record<string, Record<string, FacetSpec>>): FacetType[] {
  const specs = Object.assign({}, ...Object.values(groups).reverse()) as Record<string, FacetSpec>;
  return Object.values(specs).map((spec) => new FacetType(spec));
}

function chainGroup(chain: Chain, types: FacetType[], allTypes: FacetType[]): ChainGroup {
  const shown = types.filter(({isHidden}) => !isHidden).map(({name}) => name);
  return catalog({
    of: `${chain} facet type`,
    entries: new Map(types.map((type) => [type.name, type])),
    shown,
    members: {types: shown, help: () => helpOf(types, 2)},
    hint: (name) => {
      const ofAnotherChain = allTypes.find((type) => nameKey(type.name) === nameKey(name));
      return ofAnotherChain && `${ofAnotherChain.name} is an ${ofAnotherChain.chainGroup} facet type.`;
    }
  }) as ChainGroup;
}

const helpOf = (types: FacetType[], indent: number) =>
  types
    .filter(({isHidden}) => !isHidden)
    .map((type) => facetHelp(type, indent))
    .join("\n");
