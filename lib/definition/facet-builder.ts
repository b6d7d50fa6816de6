// The facets of a flow definition that is being built. The three kinds are in one file, because each can be followed by any other.
import type {Arrow, Facet} from "../wire/flow-definition.js";
import type {Argument} from "./argument.js";
import {FacetArguments, facetLabel} from "./facet-arguments.js";
import type {FacetType} from "./facet-type.js";
import type {FlowDefinition} from "./flow-definition.js";
import {ModelArguments} from "./model-arguments.js";
import type {SubModelType} from "./model-type.js";
import {ScriptArguments, type CustomFacetUse} from "./script-arguments.js";
import type {FacetShape, Given, ModelShape} from "./typed.js";
import {ValidationError} from "../wire/validation-error.js";
import {checkValues, findArgument, whichAreKnown} from "./values.js";

/** Options of a new facet of any kind. */
export interface NewFacetOptions<Shape extends FacetShape> {
  /** The facet's name, by which run variables find it. */
  name?: string;
  /** The same as calling `arguments` of the new facet. */
  arguments?: Given<Shape["arguments"]>;
  /** The facet whose output is the new one's input; the same as calling `addArrow` of the new facet. */
  after?: FacetBuilder;
  /** Arguments of the arrow from `after`. */
  arrowArguments?: Given<Shape["inArrow"]>;
}

/** Options of a new facet. */
export interface FacetOptions<Shape extends FacetShape> extends NewFacetOptions<Shape> {
  /** Such as `facetTypes.MID.COUNT`. It is never undefined, though `noUncheckedIndexedAccess` adds that to its type. */
  facetType: FacetType<Shape> | undefined;
}

/** Options of a new model facet. */
export interface ModelFacetOptions<
  Shape extends FacetShape,
  Model extends ModelShape
> extends FacetOptions<Shape> {
  /** Such as `modelTypes.Linear.Lasso`. */
  modelType: SubModelType<Model> | undefined;
}

/** Options of a new custom facet. */
export interface CustomFacetOptions extends NewFacetOptions<FacetShape> {
  /** A version of a custom facet; without a `versionId` it is whichever is newest when the flow runs. */
  customFacetVersion: CustomFacetUse;
}

/** The flow that a facet is part of, as the facet needs it: a `FlowBuilder`. */
interface Flow {
  readonly facets: readonly FacetBuilder[];
  facet<Shape extends FacetShape>(options: FacetOptions<Shape>): FacetBuilder<Shape>;
  modelFacet<Shape extends FacetShape, Model extends ModelShape>(
    options: ModelFacetOptions<Shape, Model>
  ): ModelFacetBuilder<Shape, Model>;
  customFacet(options: CustomFacetOptions): CustomFacetBuilder;
  build(): FlowDefinition;
}

/** Options of a facet that follows another: `after` is that other one. */
type Chained<Options> = Omit<Options, "after">;

/** A facet of a flow that is being built: it takes arguments, arrows and variables, and can be followed by another facet. */
export class FacetBuilder<Shape extends FacetShape = FacetShape> {
  /** As errors name it. */
  readonly label: string;
  readonly #arguments: FacetArguments;
  readonly #arrows: Arrow[] = [];
  readonly #variables = new Map<string, string>();

  /** @internal Made by a `FlowBuilder` and by other facets. */
  constructor(
    private readonly flow: Flow,
    /** Its id in arrows: "0" for the first facet of the flow, "1" for the next. */
    readonly facetId: string,
    readonly facetType: FacetType<Shape>,
    /** Its name for run variables; "" for none. */
    readonly name: string,
    args?: FacetArguments
  ) {
    this.label = facetLabel(facetType, facetId, name);
    this.#arguments = args ?? new FacetArguments(facetType, this.label);
  }

  /** A new facet whose input is this one's output. */
  facet<Next extends FacetShape>(options: Chained<FacetOptions<Next>>): FacetBuilder<Next> {
    return this.flow.facet({...options, after: this});
  }

  /** A new model facet whose input is this one's output. */
  modelFacet<Next extends FacetShape, Model extends ModelShape>(
    options: Chained<ModelFacetOptions<Next, Model>>
  ): ModelFacetBuilder<Next, Model> {
    return this.flow.modelFacet({...options, after: this});
  }

  /** A new custom facet whose input is this one's output. */
  customFacet(options: Chained<CustomFacetOptions>): CustomFacetBuilder {
    return this.flow.customFacet({...options, after: this});
  }

  /**
   * Sets arguments, by the spec's names or in camelCase. They are merged into what was set before: maps at every depth,
   * anything else is replaced. Throws `ValidationError` if one doesn't fit the facet's spec, and then sets none.
   */
  arguments(values: Given<Shape["arguments"]>): this {
    this.#arguments.set(values);
    return this;
  }

  /**
   * Lets runs of the flow set arguments: `{dataset: "dataset_id"}` makes the variable `dataset`. The facet must have a
   * name; the argument must be neither a MAP nor a list; no other facet may have a variable of that name.
   */
  variables(targets: Readonly<Record<string, keyof Given<Shape["arguments"]> & string>>): this {
    if (!this.name) {
      throw new ValidationError([
        `Variables need a facet with a name: give ${this.label} one, as in facet({facetType, name: "input"}).`
      ]);
    }
    const problems: string[] = [];
    const found = new Map<string, string>();
    for (const [variable, target] of Object.entries(targets)) {
      const argument = findArgument(this.facetType.arguments, target);
      const problem = this.#problemOf(variable, target, argument);
      if (problem) problems.push(`Variable ${JSON.stringify(variable)}: ${problem}`);
      else found.set(variable, argument!.name);
    }
    if (problems.length > 0) throw new ValidationError(problems);
    for (const [variable, argument] of found) this.#variables.set(variable, argument);
    return this;
  }

  /**
   * Adds an arrow from another facet of the same builder, so that its output is this one's input. The specs list the
   * arrow's arguments: `table_side` of a union, `input_type` of aiCast.
   */
  addArrow<Parent extends FacetShape>(
    parent: FacetBuilder<Parent>,
    values: Given<Shape["inArrow"] & Parent["outArrow"]> = {} as never
  ): this {
    if (!(parent instanceof FacetBuilder)) {
      throw new ValidationError([`addArrow of ${this.label} needs the facet that the arrow comes from.`]);
    }
    const owner = `the arrow from ${parent.label} to ${this.label}`;
    if (parent.flow !== this.flow) {
      throw new ValidationError([
        `There can't be an arrow from ${parent.label} to ${this.label}: they are of different builders.`
      ]);
    }
    const known = {...parent.facetType.outArrowArguments, ...this.facetType.inArrowArguments};
    const checked = checkValues(values, known, {kind: "argument", name: owner});
    this.#arrows.push({source: parent.facetId, destination: this.facetId, arguments: checked});
    return this;
  }

  /** The definition of the whole flow: short for the builder's `build()`. */
  build(): FlowDefinition {
    return this.flow.build();
  }

  /** What it adds to the definition, and the names of its variables with the argument that each sets. */
  parts(): {facet: Facet & {name: string}; arrows: readonly Arrow[]; variables: ReadonlyMap<string, string>} {
    return {
      facet: {
        facetId: this.facetId,
        facetUid: this.facetType.facetUid,
        name: this.name,
        arguments: structuredClone(this.#arguments.sent())
      },
      arrows: structuredClone(this.#arrows),
      variables: this.#variables
    };
  }

  /** Why a variable can't set an argument, or undefined. */
  #problemOf(variable: string, target: string, argument: Argument | undefined): string | undefined {
    // JSON readers that guard against prototype pollution drop this name.
    if (variable === "" || variable === "__proto__") return "choose another name.";
    if (!argument) {
      const known = whichAreKnown(target, this.facetType.arguments);
      return `${this.label} has no argument ${JSON.stringify(target)}. ${known}`;
    }
    if (argument.isList || argument.type === "MAP") {
      const type = argument.isList ? "list" : "MAP";
      return `${argument.name} of ${this.label} is a ${type}; a run can set only single values.`;
    }
    const other = this.flow.facets.find((facet) => facet !== this && facet.#variables.has(variable));
    return other && `it is ${other.label}'s already: choose another name.`;
  }
}

/** A facet that trains a model or runs one: a facet that takes the model's parameters and hyperparameters, too. */
export class ModelFacetBuilder<
  Shape extends FacetShape = FacetShape,
  Model extends ModelShape = ModelShape
> extends FacetBuilder<Shape> {
  readonly #arguments: ModelArguments;

  /** @internal */
  constructor(
    flow: Flow,
    facetId: string,
    facetType: FacetType<Shape>,
    readonly modelType: SubModelType<Model>,
    name: string
  ) {
    const args = new ModelArguments(facetType, facetLabel(facetType, facetId, name), modelType);
    super(flow, facetId, facetType, name, args);
    this.#arguments = args;
  }

  /** Sets the model's parameters, such as its target column; they are checked and merged as arguments are. */
  parameters(values: Given<Model["parameters"]>): this {
    this.#arguments.setParameters(values);
    return this;
  }

  /**
   * Sets the model's hyperparameters; they are checked and merged as arguments are. If the model's spec has groups of
   * hyperparameters, each group is sent as one argument: as a list of one map if the facet's spec says that it is a
   * list.
   */
  hyperparameters(values: Given<Model["hyperparameters"]>): this {
    this.#arguments.setHyperparameters(values);
    return this;
  }
}

/** A facet that runs a user's own script. `arguments` takes the script's arguments by name. */
export class CustomFacetBuilder extends FacetBuilder {
  /** @internal */
  constructor(flow: Flow, facetId: string, use: CustomFacetUse, name: string) {
    const args = new ScriptArguments(use, facetLabel(use.facetType, facetId, name));
    super(flow, facetId, use.facetType, name, args);
  }
}
