// Builds flow definitions: facets, each with its arguments, and the arrows between them. Nothing here calls the platform.
import {
  CustomFacetBuilder,
  FacetBuilder,
  ModelFacetBuilder,
  type CustomFacetOptions,
  type FacetOptions,
  type ModelFacetOptions,
  type NewFacetOptions
} from "./facet-builder.js";
import {FacetType} from "./facet-type.js";
import {FlowDefinition} from "./flow-definition.js";
import {graphProblems} from "./graph-problems.js";
import {sentence} from "./name.js";
import {missingArguments} from "./missing-arguments.js";
import {SubModelType} from "./model-type.js";
import type {FacetShape, ModelShape} from "./typed.js";
import {listed} from "../names/index.js";
import {ValidationError} from "../wire/validation-error.js";

/**
 * ```ts
 * const definition = new FlowBuilder()
 *   .facet({facetType: facetTypes.INPUT.IMPORTED})
 *   .arguments({datasetId: "…", fileType: "csv", header: true, useRawFile: false})
 *   .facet({facetType: facetTypes.OUTPUT.EXPORTED})
 *   .arguments({datasetName: "copy", fileType: "csv", header: true})
 *   .build();
 * ```
 * Calls on a builder and on its facets change it. A call that throws `ValidationError` changes nothing.
 */
export class FlowBuilder {
  readonly #facets: FacetBuilder[] = [];
  readonly #warnings: string[] = [];

  /** Its facets, in the order they were added. */
  get facets(): readonly FacetBuilder[] {
    return this.#facets;
  }

  /** A new facet. */
  facet<Shape extends FacetShape>(options: FacetOptions<Shape>): FacetBuilder<Shape> {
    const facetType = facetTypeOf(options);
    return this.#add(new FacetBuilder(this, this.#nextId, facetType, options.name ?? ""), options);
  }

  /** A new facet that trains a model or runs one: its type must be of the group MACHINE_LEARNING. */
  modelFacet<Shape extends FacetShape, Model extends ModelShape>(
    options: ModelFacetOptions<Shape, Model>
  ): ModelFacetBuilder<Shape, Model> {
    const facetType = facetTypeOf(options);
    if (!facetType.isModelFacet || !Object.hasOwn(facetType.arguments, "model_name")) {
      throw new ValidationError([`${facetType.name} is not a model facet: add it with facet({facetType}).`]);
    }
    const {modelType} = options;
    if (!(modelType instanceof SubModelType)) {
      throw new ValidationError([
        "modelFacet needs a modelType, and of a model type one of its sub-models: modelTypes.Linear.Lasso, say."
      ]);
    }
    return this.#add(
      new ModelFacetBuilder(this, this.#nextId, facetType, modelType, options.name ?? ""),
      options
    );
  }

  /** A new facet that runs a user's own script. */
  customFacet(options: CustomFacetOptions): CustomFacetBuilder {
    const {customFacetVersion, name = ""} = options;
    const facet = this.#add(new CustomFacetBuilder(this, this.#nextId, customFacetVersion, name), options);
    if (!customFacetVersion.versionId) {
      this.#warnings.push(
        `${sentence(facet.label)} is not pinned to a version: the flow may fail when the script's input, output or arguments ` +
          "change. Better use a saved version."
      );
    }
    return facet;
  }

  /**
   * The definition as it stands. Throws `ValidationError` when a facet has too few or too many arrows coming in or going
   * out, when the arrows run in a circle, or when a variable's facet shares its name with another.
   */
  build(): FlowDefinition {
    const parts = this.#facets.map((facet) => facet.parts());
    const arrows = parts.flatMap((part) => part.arrows);
    const variables = parts.flatMap(({facet, variables}) =>
      Array.from(
        variables,
        ([variable, argument]) => [variable, {facetName: facet.name, name: argument}] as const
      )
    );
    const targets = new Set(variables.map(([, {facetName}]) => facetName));
    const problems = [...graphProblems(this.#facets, arrows), ...this.#ambiguousNames(targets)];
    if (problems.length > 0) throw new ValidationError(problems);
    return new FlowDefinition(
      {facets: parts.map(({facet}) => facet), arrows, variables: Object.fromEntries(variables)},
      [
        ...this.#warnings,
        ...parts.flatMap(({facet, variables}, i) => missingArguments(this.#facets[i]!, facet, variables))
      ]
    );
  }

  get #nextId(): string {
    return String(this.#facets.length);
  }

  /** Adds a facet once it is complete, so that one with a wrong argument is never part of the flow. */
  #add<Facet extends FacetBuilder>(facet: Facet, options: NewFacetOptions<FacetShape>): Facet {
    if (options.arguments) facet.arguments(options.arguments);
    if (options.after) facet.addArrow(options.after, options.arrowArguments);
    this.#facets.push(facet);
    if (facet.facetType.isDeprecated) {
      this.#warnings.push(`${sentence(facet.label)} is of a deprecated type.`);
    }
    return facet;
  }

  /** Variables find their facet by its name only. */
  #ambiguousNames(targets: ReadonlySet<string>): string[] {
    return [...targets].flatMap((target) => {
      const named = this.#facets.filter(({name}) => name === target);
      if (named.length === 1) return [];
      const labels = listed(named.map(({label}) => label));
      return `Variables set arguments by the facet's name, which ${labels} share: give each its own.`;
    });
  }
}

function facetTypeOf<Shape extends FacetShape>({facetType}: FacetOptions<Shape>): FacetType<Shape> {
  if (facetType instanceof FacetType) return facetType;
  throw new ValidationError(["A facet needs a facetType: facetTypes.MID.COUNT, say."]);
}
