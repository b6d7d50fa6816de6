// The description of an argument: one shape for the arguments of facets and arrows, and models' parameters and hyperparameters.
import type {ArgumentSpec} from "../wire/facet-spec.js";
import type {HyperparameterSpec, ParameterSpec} from "../wire/model-spec.js";

/** `children` are what a MAP holds, by name. A hyperparameter with a `group` is sent inside the argument of that name. */
export interface Argument {
  readonly name: string;
  /** `MAP`, `BOOLEAN`, `TEXT` or `NUMBER`. */
  readonly type: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
  /** Not shown in help, but accepted. */
  readonly isHidden: boolean;
  readonly isDeprecated: boolean;
  readonly defaultValue: unknown;
  /** The allowed values; empty when any is allowed. */
  readonly options: readonly unknown[];
  readonly children: Arguments;
  readonly group?: string;
}

/** Arguments by name. */
export type Arguments = Readonly<Record<string, Argument>>;

type Spec = ArgumentSpec | HyperparameterSpec | ParameterSpec;

/** Arguments by their own names, which sometimes differ from their keys on the wire. */
export const argumentsOf = (specs: Iterable<Spec>): Arguments =>
  Object.fromEntries(Array.from(specs, (spec) => [spec.name, argumentOf(spec)]));

const argumentOf = (spec: Spec): Argument => ({
  name: spec.name,
  type: typeOf(spec),
  isList: spec.isList,
  isRequired: spec.isRequired,
  isHidden: spec.isHidden,
  isDeprecated: spec.isDeprecated,
  defaultValue: spec.defaultValue ?? null,
  options: spec.options ?? [],
  children: "children" in spec ? argumentsOf(Object.values<Spec>(spec.children)) : {},
  ...("hyperparameterGroup" in spec && spec.hyperparameterGroup && {group: spec.hyperparameterGroup})
});

function typeOf(spec: Spec): string {
  if ("argumentType" in spec) return spec.argumentType;
  return "hyperparameterType" in spec ? spec.hyperparameterType : spec.parameterType;
}
