// The shape of the specs as they travel: what `get-facet-specs` and `get-model-specs` answer, field for field.

export type ChainGroup = "INPUT" | "MID" | "OUTPUT";
export type ScalarType = "BOOLEAN" | "TEXT" | "NUMBER";

export interface ArgumentSpec {
  name: string;
  argument_type: ScalarType | "MAP";
  default_value: unknown;
  children: Record<string, ArgumentSpec>;
  have_sub_arguments: boolean;
  is_deprecated: boolean;
  is_hidden: boolean;
  is_list: boolean;
  is_required: boolean;
  options: unknown[];
}

export interface FacetSpec {
  facet_info: {chain_group: ChainGroup; facet_group: string; facet_type: string; facet_uid: string};
  is_deprecated: boolean;
  is_hidden: boolean;
  facet_keywords: string[];
  /** How many arrows may leave (children) and enter (parents) the facet. */
  facet_requirement: {
    max_child_count: number;
    min_child_count: number;
    max_parent_count: number;
    min_parent_count: number;
  };
  facet_arguments: ArgumentSpec[];
  in_arrow_arguments: ArgumentSpec[];
  out_arrow_arguments: ArgumentSpec[];
}

/** Chain group, then facet group, then the facet's name. */
export type FacetSpecs = Record<ChainGroup, Record<string, Record<string, FacetSpec>>>;

export interface ParameterSpec {
  name: string;
  default_value: unknown;
  have_options: boolean;
  is_deprecated: boolean;
  is_required: boolean;
  is_hidden: boolean;
  is_list: boolean;
  options: unknown[];
  parameter_type: ScalarType;
}

export interface HyperparameterSpec {
  name: string;
  default_value: unknown;
  have_options: boolean;
  have_sub_hyperparameters: boolean;
  hyperparameter_group: string | null;
  hyperparameter_type: ScalarType | "MAP";
  is_deprecated: boolean;
  is_required: boolean;
  is_hidden: boolean;
  is_list: boolean;
  children: Record<string, HyperparameterSpec>;
  options: unknown[];
  sub_hyperparameter_requirements: [value: unknown, names: string[]][];
}

export interface SubModelSpec {
  name: string;
  is_deprecated: boolean;
  is_hidden: boolean;
  keywords: string[];
  metrics: Record<string, Record<string, unknown>>;
  parameters: Record<string, ParameterSpec>;
  hyperparameters: Record<string, HyperparameterSpec>;
}

export interface ModelSpec {
  name: string;
  is_deprecated: boolean;
  is_hidden: boolean;
  keywords: string[];
  sub_model_types: SubModelSpec[];
}

export type ModelSpecs = Record<string, ModelSpec>;
