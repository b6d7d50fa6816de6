// Finds required arguments that were not given.
import {listed} from "../names/index.js";
import type {Facet} from "../wire/flow-definition.js";
import type {Arguments} from "./argument.js";
import {sentence} from "./name.js";

/** The fields of a facet that are used here. */
interface FacetWithSpec {
  /** As warnings name it. */
  readonly label: string;
  readonly facetType: {readonly arguments: Arguments};
}

/**
 * A sentence when required arguments have neither a value nor a default nor a variable. Not an error: the platform's
 * own client lets it pass, and specs require more than some facets need.
 */
export function missingArguments(
  {facetType, label}: FacetWithSpec,
  {arguments: given}: Facet,
  variables: ReadonlyMap<string, string>
): string[] {
  const targets = new Set(variables.values());
  const missing = Object.values(facetType.arguments)
    .filter(({isRequired, isHidden, defaultValue}) => isRequired && !isHidden && defaultValue == null)
    .filter(({name}) => !Object.hasOwn(given, name) && !targets.has(name))
    .map(({name}) => name);
  return missing.length > 0 ? [sentence(`${label} has no ${listed(missing)} yet, which it requires.`)] : [];
}
