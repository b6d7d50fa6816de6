// Every kind of facet that a platform offers, by chain group and name.
import type {FacetSpec, FacetSpecs} from "../wire/facet-spec.js";
import {catalog} from "./catalog.js";
import {FacetType, facetHelp} from "./facet-type.js";
import type {KnownFacets} from "./known.js";
import {nameKey} from "../names/index.js";
import type {DeclaredFacetTypes, FacetShape, Spelt} from "./typed.js";

/** The chain groups, in the order that help has them. */
export const chains = ["INPUT", "MID", "OUTPUT"] as const;
type Chain = (typeof chains)[number];

type Declared<Shapes> = {
  [Name in keyof Shapes]: Shapes[Name] extends FacetShape ? FacetType<Shapes[Name]> : never;
};

/** The facet types of a chain group: those declared, or else those known by name and any other. */
type Members<Group extends Chain> = Group extends keyof DeclaredFacetTypes
  ? Spelt<Declared<DeclaredFacetTypes[Group]>>
  : Spelt<Record<KnownFacets[Group], FacetType>> & {readonly [name: string]: FacetType};

/** Facet types by name, in any casing: `facetTypes.MID.COUNT`, `.Count`, `["count"]`. An unknown one throws. */
export type ChainGroup<Group extends Chain = Chain> = Members<Group> & {
  /** The names of its facet types, but for hidden ones. */
  readonly types: readonly string[];
  /** Help on each of its facet types. */
  help(): string;
};

/**
 * Every kind of facet, by chain group: INPUT facets bring tables in, MID facets work on them, OUTPUT facets take them out.
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

/** Facet types from what the platform answers to `get-facet-specs`. */
export function facetTypes(specs: FacetSpecs): FacetTypes {
  const byChain = new Map(chains.map((chain) => [chain, typesOf(specs[chain] ?? {})]));
  const every = [...byChain.values()].flat();
  const byUid = new Map(every.map((type) => [type.facetUid, type]));
  return catalog({
    of: "chain group of facet types",
    entries: new Map(chains.map((chain) => [chain, chainGroup(chain, byChain.get(chain)!, every)])),
    shown: chains,
    members: {
      byUid: (uid: string) => byUid.get(uid),
      help: () =>
        chains.map((chain) => [chain, helpOf(byChain.get(chain)!, 4)].filter(Boolean).join("\n")).join("\n")
    }
  }) as FacetTypes;
}

/**
 * The facet types of a chain group's facet groups. The last group comes first, and of two of one name the first group's
 * stands: so the platform's own client lists them.
 */
export function typesOf(groups: Record<string, Record<string, FacetSpec>>): FacetType[] {
  const specs = Object.assign({}, ...Object.values(groups).reverse()) as Record<string, FacetSpec>;
  return Object.values(specs).map((spec) => new FacetType(spec));
}

function chainGroup(chain: Chain, types: FacetType[], every: FacetType[]): ChainGroup {
  const shown = types.filter(({isHidden}) => !isHidden).map(({name}) => name);
  return catalog({
    of: `${chain} facet type`,
    entries: new Map(types.map((type) => [type.name, type])),
    shown,
    members: {types: shown, help: () => helpOf(types, 2)},
    hint: (name) => {
      const elsewhere = every.find((type) => nameKey(type.name) === nameKey(name));
      return elsewhere && `${elsewhere.name} is an ${elsewhere.chainGroup} facet type.`;
    }
  }) as ChainGroup;
}

const helpOf = (types: FacetType[], indent: number) =>
  types
    .filter(({isHidden}) => !isHidden)
    .map((type) => facetHelp(type, indent))
    .join("\n");
