// A facet that trains a model or runs one: besides arguments it takes the model's parameters and hyperparameters.
import type {Arguments} from "./argument.js";
import {FacetBuilder} from "./facet-builder.js";
import type {FacetType} from "./facet-type.js";
import type {FlowBuilder} from "./flow-builder.js";
import {merge} from "./merge.js";
import type {SubModelType} from "./model-type.js";
import {sentence} from "./name.js";
import type {FacetShape, Given, ModelShape} from "./typed.js";
import {ValidationError} from "../wire/validation-error.js";
import {checkValues, isMap} from "./values.js";

/** A facet that trains a model or runs one: a facet that takes the model's parameters and hyperparameters, too. */
export class ModelFacetBuilder<
  Shape extends FacetShape = FacetShape,
  Model extends ModelShape = ModelShape
> extends FacetBuilder<Shape> {
  constructor(
    flow: FlowBuilder,
    facetId: string,
    facetType: FacetType<Shape>,
    readonly modelType: SubModelType<Model>,
    name: string
  ) {
    super(flow, facetId, facetType, name);
  }

  /** Sets what the model works on, such as its target column; checked and merged as arguments are. */
  parameters(values: Given<Model["parameters"]>): this {
    this.#needs("parameters");
    return this.set({parameters: this.#check("parameter", values, this.modelType.parameters)});
  }

  /**
   * Sets what tunes the model; checked and merged as arguments are. Where the model's spec puts hyperparameters into
   * groups, they are sent as an argument a group: a list of one map where the facet's spec says that it is a list.
   */
  hyperparameters(values: Given<Model["hyperparameters"]>): this {
    const {hyperparameters} = this.modelType;
    const checked = this.#check("hyperparameter", values, hyperparameters);
    const isGrouped = Object.values(hyperparameters).some(({group}) => group !== undefined);
    if (!isGrouped) {
      this.#needs("hyperparameters");
      return this.set({hyperparameters: checked});
    }
    const groups = new Map<string, Record<string, unknown>>();
    for (const [name, value] of Object.entries(checked)) {
      const group = this.#groupOf(name);
      groups.set(group, {...groups.get(group), [name]: value});
    }
    return this.set(
      Object.fromEntries(Array.from(groups, ([group, some]) => [group, this.#inGroup(group, some)]))
    );
  }

  /** `parameters` and `hyperparameters` are arguments too, for which the facet's spec leaves all to the model's. */
  protected override known(): Arguments {
    const {parameters, hyperparameters} = this.modelType;
    const own = this.facetType.arguments;
    const children = {parameters, hyperparameters};
    return Object.fromEntries(
      Object.entries(own).map(([name, argument]) => [
        name,
        Object.hasOwn(children, name)
          ? {...argument, children: children[name as keyof typeof children]}
          : argument
      ])
    );
  }

  get #model(): string {
    return `the model ${this.modelType.modelType} ${this.modelType.name}`;
  }

  #check(kind: string, values: unknown, known: Arguments): Record<string, unknown> {
    return checkValues(values, known, {kind, name: this.#model});
  }

  #groupOf(name: string): string {
    const {group} = this.modelType.hyperparameters[name]!;
    if (group !== undefined) return group;
    throw new ValidationError([
      `Hyperparameter "${name}" of ${this.#model} is in no group, though others are: the platform's spec is faulty.`
    ]);
  }

  /** A group's hyperparameters as the facet takes them, with those that were set before. */
  #inGroup(group: string, values: Readonly<Record<string, unknown>>): unknown {
    this.#needs(group);
    if (!this.facetType.arguments[group]!.isList) return values;
    const before = this.given(group);
    const [first] = Array.isArray(before) ? (before as unknown[]) : [];
    return [isMap(first) ? merge(first, values) : values];
  }

  #needs(argument: string): void {
    if (Object.hasOwn(this.facetType.arguments, argument)) return;
    throw new ValidationError([
      sentence(
        `${this.#model} sends ${argument}, which ${this.label} doesn't take: choose the facet type made for it.`
      )
    ]);
  }
}
