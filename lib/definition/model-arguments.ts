// The arguments of a facet that trains a model or runs one: the model's parameters and hyperparameters among them.
import type {Arguments} from "./argument.js";
import {FacetArguments} from "./facet-arguments.js";
import type {FacetType} from "./facet-type.js";
import {merge} from "./merge.js";
import type {SubModelType} from "./model-type.js";
import {sentence} from "./name.js";
import {ValidationError} from "../wire/validation-error.js";
import {checkValues, isMap} from "./values.js";

/** What one model facet was given so far. */
export class ModelArguments extends FacetArguments {
  constructor(
    facetType: FacetType,
    label: string,
    private readonly modelType: SubModelType
  ) {
    super(facetType, label);
  }

  setParameters(values: unknown): void {
    this.#require("parameters");
    this.merge({parameters: this.#check("parameter", values, this.modelType.parameters)});
  }

  setHyperparameters(values: unknown): void {
    const {hyperparameters} = this.modelType;
    const checked = this.#check("hyperparameter", values, hyperparameters);
    const isGrouped = Object.values(hyperparameters).some(({group}) => group !== undefined);
    if (!isGrouped) {
      this.#require("hyperparameters");
      return this.merge({hyperparameters: checked});
    }
    const groups = new Map<string, Record<string, unknown>>();
    for (const [name, value] of Object.entries(checked)) {
      const group = this.#groupOf(name);
      groups.set(group, {...groups.get(group), [name]: value});
    }
    this.merge(
      Object.fromEntries(Array.from(groups, ([group, some]) => [group, this.#inGroup(group, some)]))
    );
  }

  /** `parameters` and `hyperparameters` are arguments too, for which the facet's spec leaves all to the model's. */
  protected override known(): Arguments {
    const {parameters, hyperparameters} = this.modelType;
    const children: Record<string, Arguments> = {parameters, hyperparameters};
    return Object.fromEntries(
      Object.entries(this.facetType.arguments).map(([name, argument]) => [
        name,
        Object.hasOwn(children, name) ? {...argument, children: children[name]!} : argument
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
    this.#require(group);
    if (!this.facetType.arguments[group]!.isList) return values;
    const sent = this.sent();
    const before = Object.hasOwn(sent, group) ? sent[group] : undefined;
    const [first] = Array.isArray(before) ? (before as unknown[]) : [];
    return [isMap(first) ? merge(first, values) : values];
  }

  /** Throws unless the facet takes that argument. */
  #require(argument: string): void {
    if (Object.hasOwn(this.facetType.arguments, argument)) return;
    throw new ValidationError([
      sentence(
        `${this.#model} sends ${argument}, which ${this.label} doesn't take: choose the facet type made for it.`
      )
    ]);
  }
}
