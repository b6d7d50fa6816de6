// One facet of a flow definition that is being built.
import type {Arrow, Facet} from "../wire/flow-definition.js";
import type {Argument, Arguments} from "./argument.js";
import type {FacetType} from "./facet-type.js";
import type {CustomFacetBuilder} from "./custom-facet-builder.js";
import type {CustomFacetOptions, FacetOptions, FlowBuilder, ModelFacetOptions} from "./flow-builder.js";
import type {FlowDefinition} from "./flow-definition.js";
import {merge} from "./merge.js";
import type {ModelFacetBuilder} from "./model-facet-builder.js";
import type {FacetShape, Given, ModelShape} from "./typed.js";
import {ValidationError} from "../wire/validation-error.js";
import {checkValues, findArgument, whichAreKnown} from "./values.js";

/** What `facet`, `modelFacet` and `customFacet` of a facet take besides: what its arrow to the new facet says. */
type Chained<Options> = Omit<Options, "after">;

/** A facet of a flow that is being built: it takes arguments, arrows and variables, and goes on to the next facet. */
export class FacetBuilder<Shape extends FacetShape = FacetShape> {
  #arguments: Readonly<Record<string, unknown>> = {};
  readonly #arrows: Arrow[] = [];
  readonly #variables = new Map<string, string>();

  /** Made by a `FlowBuilder` and by other facets. */
  constructor(
    private readonly flow: FlowBuilder,
    /** What arrows call it: "0" for the first facet of the flow, "1" for the next. */
    readonly facetId: string,
    readonly facetType: FacetType<Shape>,
    /** What run variables call it; "" for none. */
    readonly name: string
  ) {}

  /** As errors name it. */
  get label(): string {
    const which = this.name ? JSON.stringify(this.name) : `with id ${this.facetId}`;
    return `the ${this.facetType.name} facet ${which}`;
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
   * anything else is replaced. Throws `ValidationError` where one doesn't fit the facet's spec, and then sets none.
   */
  arguments(values: Given<Shape["arguments"]>): this {
    return this.set(checkValues(values, this.known(), {kind: "argument", name: this.label}));
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
   * Adds an arrow from another facet of the same builder, so that its output comes in here. What the arrow says goes by
   * the specs: `table_side` of a union, `input_type` of aiCast.
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
        arguments: structuredClone(this.sent(this.#arguments))
      },
      arrows: structuredClone(this.#arrows),
      variables: this.#variables
    };
  }

  /** The arguments that it takes. */
  protected known(): Arguments {
    return this.facetType.arguments;
  }

  /** The arguments as they are sent. */
  protected sent(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return values;
  }

  /** An argument as set so far. */
  protected given(name: string): unknown {
    return Object.hasOwn(this.#arguments, name) ? this.#arguments[name] : undefined;
  }

  /** Takes values that have been checked. */
  protected set(values: Readonly<Record<string, unknown>>): this {
    this.#arguments = merge(this.#arguments, values);
    return this;
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
