// Upgrades a facet of an older definition to the arguments that its type has today.
import type {Facet} from "../wire/flow-definition.js";
import type {FacetType} from "./facet-type.js";

/**
 * `submodel_type` becomes `sub_model_type`. Of a facet whose type is known, arguments that the type doesn't have are
 * dropped, `experiment_selection` too, and a MAP that was sent as a list becomes the list's first map. `warnings` says
 * what is lost.
 */
export function upgradeFacet(facet: Facet, type: FacetType | undefined): {facet: Facet; warnings: string[]} {
  const renamed = Object.entries(facet.arguments).map(
    ([name, value]) => [name === "submodel_type" ? "sub_model_type" : name, value] as const
  );
  if (!type) return {facet: {...facet, arguments: Object.fromEntries(renamed)}, warnings: []};

  const label = `${type.name} facet ${facet.name ? JSON.stringify(facet.name) : `with id ${facet.facetId}`}`;
  const warnings: string[] = [];
  const kept = renamed.flatMap(([name, value]) => {
    const argument = Object.hasOwn(type.arguments, name) ? type.arguments[name]! : undefined;
    if (!argument || name === "experiment_selection") {
      warnings.push(`Dropped the argument "${name}" of the ${label}: it has no such argument any more.`);
      return [];
    }
    if (argument.type !== "MAP" || argument.isList || !Array.isArray(value)) return [[name, value]];
    const [first = {}, ...others] = value as unknown[];
    if (others.length > 0) {
      warnings.push(
        `Kept only the first map of the argument "${name}" of the ${label}: it takes a single one now.`
      );
    }
    return [[name, first]];
  });
  return {facet: {...facet, arguments: Object.fromEntries(kept) as Record<string, unknown>}, warnings};
}
