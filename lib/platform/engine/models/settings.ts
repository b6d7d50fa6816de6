// Which model a facet trains or asks, and what it is told to do, checked against the model's spec.
import {
  type ArgumentSpec,
  type HyperparameterSpec,
  type ParameterSpec,
  subModelSpec
} from "../../specs/index.js";
import {type Arguments, readValues} from "../arguments.js";
import {FacetError} from "../failure.js";
import type {HostModel, ModelState} from "../host.js";
import type {Step} from "../step.js";

export interface ModelSettings {
  model: HostModel;
  version: string;
  /** What the version learned in an earlier run, if it did. */
  learned: ModelState | undefined;
  parameters: Arguments;
  /** By name, defaults filled in, whatever group they came in. */
  hyperparameters: Arguments;
  /** The same, as a version keeps them. */
  hyperparameterValues: Record<string, unknown>;
}

/** Throws a FacetError where the model isn't there, or isn't one for this facet. */
export async function readModel(step: Step, modelType: string): Promise<ModelSettings> {
  const {args, options} = step;
  const name = args.text("model_name");
  const version = args.optionalText("model_version") ?? args.optionalText("version");
  if (version === undefined) throw new FacetError("argument 'model_version' is missing: it takes text");
  const model = await options.model(name);
  if (!model)
    throw new FacetError(`the app has no model '${name}': create it, or set 'model_name' to one that it has`);
  if (canonical(model.modelType) !== canonical(modelType)) {
    throw new FacetError(
      `model '${name}' is of the type '${model.modelType}', and here only '${modelType}' models run in this facet`
    );
  }
  const spec = subModelSpec(model.modelType, model.subModelType);
  if (!spec)
    throw new FacetError(
      `model '${name}' is of the sub-type '${model.subModelType}', which the model specs don't have`
    );
  const hyperparameterSpecs = Object.values(spec.hyperparameters);
  const grouped = Object.assign(
    {},
    ...groupsOf(hyperparameterSpecs).map((group) => args.firstMap(group))
  ) as object;
  const given = {...args.map("hyperparameters"), ...grouped};
  const values = readValues(hyperparameterSpecs.map(hyperparameterArgument), given, "hyperparameter");
  return {
    model,
    version,
    learned: model.versions.findLast((each) => each.version === version)?.state,
    parameters: readValues(
      Object.values(spec.parameters).map(parameterArgument),
      args.map("parameters"),
      "parameter"
    ).args,
    hyperparameters: values.args,
    hyperparameterValues: values.values
  };
}

const canonical = (name: string) => name.toLowerCase().replace(/[_ ]/g, "");

const groupsOf = (specs: HyperparameterSpec[]) => [
  ...new Set(specs.flatMap((spec) => spec.hyperparameter_group ?? []))
];

const parameterArgument = ({parameter_type, ...spec}: ParameterSpec): ArgumentSpec => ({
  ...spec,
  argument_type: parameter_type,
  children: {},
  have_sub_arguments: false
});

const hyperparameterArgument = ({
  hyperparameter_type,
  children,
  ...spec
}: HyperparameterSpec): ArgumentSpec => ({
  ...spec,
  argument_type: hyperparameter_type,
  // A default of "" stands for none.
  default_value: spec.default_value === "" ? null : spec.default_value,
  children: Object.fromEntries(
    Object.entries(children).map(([name, child]) => [name, hyperparameterArgument(child)])
  ),
  have_sub_arguments: spec.have_sub_hyperparameters
});
