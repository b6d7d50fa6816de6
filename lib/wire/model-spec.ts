// The platform's model types, and the parameters and hyperparameters of each.
import * as z from "../zod/index.js";
import {get} from "./call.js";
import {argumentType, type ArgumentType} from "./facet-spec.js";
import {message, type Codec} from "./message.js";
import {flag, freeMap, list, maybe, text} from "./scalars.js";

/** A parameter of a model: what it works on, such as its target column. */
export const parameterSpec = message({
  name: text,
  defaultValue: z.unknown().optional(),
  haveOptions: flag,
  isDeprecated: flag,
  isRequired: flag,
  isHidden: flag,
  isList: flag,
  options: z.array(z.unknown()).nullish(),
  parameterType: text
});
export interface ParameterSpec extends z.output<typeof parameterSpec> {}

/** A MAP has `children` by name. With a `hyperparameterGroup` it is sent as part of the argument of that name. */
export interface HyperparameterSpec {
  name: string;
  defaultValue?: unknown;
  haveOptions: boolean;
  haveSubHyperparameters: boolean;
  hyperparameterGroup?: string;
  hyperparameterType: ArgumentType;
  isDeprecated: boolean;
  isRequired: boolean;
  isHidden: boolean;
  isList: boolean;
  children: Record<string, HyperparameterSpec>;
  options?: unknown[] | null;
  /** Which hyperparameters a value of this one requires: pairs of a value and names. */
  subHyperparameterRequirements: [unknown, string[]][];
}

export const hyperparameterSpec: Codec<HyperparameterSpec> = message({
  name: text,
  defaultValue: z.unknown().optional(),
  haveOptions: flag,
  haveSubHyperparameters: flag,
  hyperparameterGroup: maybe(text),
  hyperparameterType: argumentType,
  isDeprecated: flag,
  isRequired: flag,
  isHidden: flag,
  isList: flag,
  children: z.record(
    z.string(),
    z.lazy(() => hyperparameterSpec)
  ),
  options: z.array(z.unknown()).nullish(),
  subHyperparameterRequirements: list(z.tuple([z.unknown(), z.array(text)]))
});

/** A model type's variant, such as Lasso of Linear: its parameters, hyperparameters and metrics. */
export const subModelSpec = message({
  name: text,
  isDeprecated: flag,
  isHidden: flag,
  keywords: list(text),
  metrics: freeMap,
  parameters: z.record(z.string(), parameterSpec),
  hyperparameters: z.record(z.string(), hyperparameterSpec)
});
export interface SubModelSpec extends z.output<typeof subModelSpec> {}

/** A model type. */
export const modelSpec = message({
  name: text,
  isDeprecated: flag,
  isHidden: flag,
  keywords: list(text),
  subModelTypes: z.array(subModelSpec)
});
export interface ModelSpec extends z.output<typeof modelSpec> {}

/** The platform sends a map with any keys: only its values count. */
export const getModelSpecs = get("/component/get-model-specs", message({}), z.record(z.string(), modelSpec));
