// The arguments that a facet was given while its flow is being built: checked against its spec, and merged.
import type {Arguments} from "./argument.js";
import type {FacetType} from "./facet-type.js";
import {merge} from "./merge.js";
import {checkValues} from "./values.js";

type Values = Readonly<Record<string, unknown>>;

/** A facet as errors name it: `the COUNT facet "sales"`. */
export function facetLabel(facetType: FacetType, facetId: string, name: string): string {
  return `the ${facetType.name} facet ${name ? JSON.stringify(name) : `with id ${facetId}`}`;
}

/** What one facet was given so far. What throws `ValidationError` sets nothing. */
export class FacetArguments {
  #values: Values = {};

  constructor(
    protected readonly facetType: FacetType,
    protected readonly label: string
  ) {}

  /** Checks values against what is known and merges them into what was set before. */
  set(values: unknown): void {
    this.merge(checkValues(values, this.known(), {kind: "argument", name: this.label}));
  }

  /** The arguments as they are sent. */
  sent(): Values {
    return this.#values;
  }

  /** The arguments that the facet takes. */
  protected known(): Arguments {
    return this.facetType.arguments;
  }

  /** Takes values that have been checked. */
  protected merge(values: Values): void {
    this.#values = merge(this.#values, values);
  }
}
