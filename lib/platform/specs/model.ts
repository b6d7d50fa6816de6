// Builds model specs: parameters, hyperparameters and sub-models, a line each.
import type {HyperparameterSpec, ModelSpec, ParameterSpec, ScalarType, SubModelSpec} from "./types.js";

interface Traits {
  default?: unknown;
  options?: readonly unknown[];
  required?: boolean;
  list?: boolean;
  hidden?: boolean;
}

const common = (name: string, traits: Traits) => ({
  name,
  default_value: traits.default ?? null,
  have_options: (traits.options?.length ?? 0) > 0,
  is_deprecated: false,
  is_required: traits.required ?? false,
  is_hidden: traits.hidden ?? false,
  is_list: traits.list ?? false,
  options: [...(traits.options ?? [])]
});

/** A parameter says what the model works on: columns, and what to do with them. */
export const parameter = (name: string, traits: Traits = {}, type: ScalarType = "TEXT"): ParameterSpec => ({
  ...common(name, traits),
  parameter_type: type
});

export type Hyperparameter = (group: string | null) => HyperparameterSpec;

const hyperparameter =
  (type: HyperparameterSpec["hyperparameter_type"]) =>
  (name: string, traits: Traits = {}, children: Hyperparameter[] = []): Hyperparameter =>
  (group) => ({
    ...common(name, traits),
    have_sub_hyperparameters: children.length > 0,
    hyperparameter_group: group,
    hyperparameter_type: type,
    children: byName(children.map((child) => child(group))),
    sub_hyperparameter_requirements: []
  });

export const text = hyperparameter("TEXT");
export const number = hyperparameter("NUMBER");
export const boolean = hyperparameter("BOOLEAN");
export const map = hyperparameter("MAP");

export const byName = <T extends {name: string}>(specs: T[]): Record<string, T> =>
  Object.fromEntries(specs.map((spec) => [spec.name, spec]));

interface SubModel {
  keywords?: string[];
  metrics: SubModelSpec["metrics"];
  parameters: ParameterSpec[];
  /** Hyperparameters in the order that help shows. */
  hyperparameters?: HyperparameterSpec[];
}

export function subModel(
  name: string,
  {keywords, metrics, parameters, hyperparameters}: SubModel
): SubModelSpec {
  return {
    name,
    is_deprecated: false,
    is_hidden: false,
    keywords: keywords ?? [name.toLowerCase()],
    metrics,
    parameters: byName(parameters),
    hyperparameters: byName(hyperparameters ?? [])
  };
}

export const model = (name: string, keywords: string[], subModels: SubModelSpec[]): ModelSpec => ({
  name,
  is_deprecated: false,
  is_hidden: false,
  keywords,
  sub_model_types: subModels
});

/** For models whose facet takes `hyperparameters` as one map. */
export const ungrouped = (hyperparameters: Hyperparameter[]) => hyperparameters.map((h) => h(null));
