// A model type, such as Linear's Lasso: its parameters, hyperparameters and help text.
import type {SubModelSpec} from "../wire/model-spec.js";
import {argumentsOf, type Arguments} from "./argument.js";
import {subModelHelp} from "./model-help.js";
import type {ModelShape, shape} from "./typed.js";

/** A sub-model type, such as `modelTypes.Linear.Lasso`. */
export class SubModelType<Shape extends ModelShape = ModelShape> {
  declare readonly [shape]?: Shape;
  readonly name: string;
  /** The name of the model type that it belongs to: `Linear`. */
  readonly modelType: string;
  readonly keywords: readonly string[];
  readonly isDeprecated: boolean;
  readonly isHidden: boolean;
  /** The metrics that the platform computes of it, by kind (`performance`, `feature_importance`). */
  readonly metrics: Readonly<Record<string, unknown>>;
  /** What it works on, such as its target column. */
  readonly parameters: Arguments;
  readonly hyperparameters: Arguments;

  constructor(modelType: string, spec: SubModelSpec) {
    this.modelType = modelType;
    this.name = spec.name;
    this.keywords = spec.keywords;
    this.isDeprecated = spec.isDeprecated;
    this.isHidden = spec.isHidden;
    this.metrics = Object.fromEntries(
      Object.entries(spec.metrics).map(([name, value]) => [name.toLowerCase(), value])
    );
    this.parameters = argumentsOf(Object.values(spec.parameters));
    this.hyperparameters = argumentsOf(Object.values(spec.hyperparameters));
  }

  /** Its name on the wire: `Lasso`. */
  get subModelType(): string {
    return this.name;
  }

  /** Its metrics, parameters and hyperparameters, as text. */
  help(): string {
    return subModelHelp(this);
  }
}
