// All model types of a platform, with their sub-model types.
import type {ModelSpec} from "../wire/model-spec.js";
import {catalog} from "./catalog.js";
import type {KnownModels} from "./known.js";
import {modelHelp} from "./model-help.js";
import {SubModelType} from "./model-type.js";
import type {DeclaredModelTypes, ModelShape, AnySpelling} from "./typed.js";

/** What a model type has besides its sub-model types. */
export interface ModelTypeMembers {
  /** Its name on the wire: `Ai Cast`. */
  readonly name: string;
  readonly keywords: readonly string[];
  readonly isDeprecated: boolean;
  readonly isHidden: boolean;
  /** The names of its sub-model types, without hidden ones. */
  readonly types: readonly string[];
  /** Help on it and each of its sub-model types. */
  help(): string;
}

/** What the catalog of model types has besides its entries. */
export interface ModelTypesMembers {
  /** The names of the model types, without hidden ones. */
  readonly types: readonly string[];
  /** Help on every model type. */
  help(): string;
}

type Declared<Shapes> = {
  [Name in keyof Shapes]: Shapes[Name] extends ModelShape ? SubModelType<Shapes[Name]> : never;
};

/** A model type, such as `modelTypes.Linear`: its sub-model types by name, in any casing. An unknown one throws. */
export type ModelType<SubModels = {readonly [name: string]: SubModelType}> = SubModels & ModelTypeMembers;

/** Model types by name, in any casing: `modelTypes.AI_CAST`, `.AiCast`, `["Ai Cast"]`. An unknown one throws. */
export type ModelTypes = ModelTypesMembers &
  ([keyof DeclaredModelTypes] extends [never]
    ? AnySpelling<{
        [Name in keyof KnownModels]: ModelType<
          AnySpelling<Record<KnownModels[Name], SubModelType>> & {readonly [name: string]: SubModelType}
        >;
      }> & {readonly [name: string]: ModelType}
    : AnySpelling<{
        [Name in keyof DeclaredModelTypes]: ModelType<AnySpelling<Declared<DeclaredModelTypes[Name]>>>;
      }>);

/** Model types from the platform's answer to `get-model-specs`, whatever its keys. */
export function modelTypes(specs: Record<string, ModelSpec>): ModelTypes {
  const types = Object.values(specs).map(modelType);
  const shown = types.filter(({isHidden}) => !isHidden);
  return catalog({
    of: "model type",
    entries: new Map(types.map((type) => [type.name, type])),
    shown: shown.map(({name}) => name),
    members: {
      types: shown.map(({name}) => name),
      help: () => shown.map((type) => type.help()).join("\n")
    }
  }) as ModelTypes;
}

function modelType({name, keywords, isDeprecated, isHidden, subModelTypes}: ModelSpec): ModelType {
  const subModels = subModelTypes.map((spec) => new SubModelType(name, spec));
  const shown = subModels.filter((subModel) => !subModel.isHidden);
  return catalog({
    of: `sub-model type of ${name}`,
    entries: new Map(subModels.map((subModel) => [subModel.name, subModel])),
    shown: shown.map((subModel) => subModel.name),
    members: {
      name,
      keywords,
      isDeprecated,
      isHidden,
      types: shown.map((subModel) => subModel.name),
      help: () => modelHelp({name, keywords, subModels: shown})
    }
  }) as ModelType;
}
