// The builder of a new custom facet: its script and arguments.
import type {FacetType} from "../definition/index.js";
import * as wire from "../wire/index.js";
import {CustomFacet} from "./custom-facet.js";
import {ValidationError} from "./errors.js";
import type {CallOptions} from "./options.js";
import {scriptFields, type ScriptOptions} from "./script.js";
import type {Transport} from "./transport.js";

/**
 * ```ts
 * const {MID} = await ikigai.facetTypes();
 * const facet = await ikigai.customFacet
 *   .new("Scale", MID.CUSTOM_FACET)
 *   .script("result = data * factor", {arguments: {factor: 2}})
 *   .build();
 * ```
 */
export class NewCustomFacet {
  #description = "";
  #script = scriptFields("", {});

  /** Made by `ikigai.customFacet.new`. Throws `ValidationError` for another facet type than CUSTOM_FACET. */
  constructor(
    private readonly transport: Transport,
    private readonly name: string,
    private readonly facetType: FacetType
  ) {
    if (facetType.name === "CUSTOM_FACET") return;
    throw new ValidationError(
      `custom facet "${name}" needs the facet type CUSTOM_FACET of a chain group, such as facetTypes.MID.CUSTOM_FACET, ` +
        `not ${facetType.name}`
    );
  }

  /** What it does, for its users. */
  description(description: string): this {
    this.#description = description;
    return this;
  }

  /**
   * Python that reads `data`, a pandas frame, and its arguments, and leaves its output in `result`. Indentation that all of its
   * lines share is dropped.
   */
  script(script: string, options: ScriptOptions = {}): this {
    this.#script = scriptFields(script, options);
    return this;
  }

  /** Makes it. */
  async build(options: CallOptions = {}): Promise<CustomFacet> {
    const {transport, name, facetType} = this;
    const customFacet = {
      name,
      chainGroup: facetType.chainGroup,
      description: this.#description,
      tags: [],
      ...this.#script
    };
    const {customFacetId} = await transport.call(wire.createCustomFacet, {customFacet}, options);
    const made = await transport.call(wire.getCustomFacet, {customFacetId}, options);
    return new CustomFacet(transport, made.customFacet);
  }
}
