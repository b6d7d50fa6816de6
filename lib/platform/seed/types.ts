// What a platform is seeded with: apps as plain data, before anything has an id.

/** An app and everything in it. Names are unique within an app and kind; the platform gives the ids. */
export interface SeedApp {
  name: string;
  description: string;
  /** Directories to create though nothing may lie in them; those that components name are created anyway. */
  directories?: SeedDirectory[];
  datasets: SeedDataset[];
  models: SeedModel[];
  flows?: SeedFlow[];
}

/** A directory of an app's datasets, flows (`PIPELINE`) or models. */
export interface SeedDirectory {
  type: "DATASET" | "PIPELINE" | "MODEL";
  name: string;
  /** Name of the directory, of the same type, that this one lies in; left out at the top. */
  parent?: string;
}

/** A dataset with its data. */
export interface SeedDataset {
  name: string;
  /** Name of a dataset directory; left out at the top of the app. */
  directory?: string;
  /** The rows with a header line: the text itself, or a file to copy. UTF-8, "\n" line ends, blank means missing. */
  csv: string | {path: string};
  /** By column; a column that isn't here gets the type that the platform infers from its values. */
  dataTypes?: Record<string, SeedDataType>;
}

/** As the wire has it: `data_formats` is e.g. `{numeric_format: "INTEGER"}`, mostly empty. */
export interface SeedDataType {
  data_type: "NUMERIC" | "TEXT" | "CATEGORICAL" | "TIME";
  data_formats: Record<string, string>;
}

/** A model with its versions. */
export interface SeedModel {
  name: string;
  /** As the model specs name it, e.g. "Ai Cast". */
  modelType: string;
  subModelType: string;
  description: string;
  directory?: string;
  /** Oldest first: the last one is the model's latest version. */
  versions: SeedModelVersion[];
}

/** A version of a model, as the flow that trained it would have left it. */
export interface SeedModelVersion {
  version: string;
  hyperparameters: Record<string, unknown>;
  /** Nested as the platform nests it: `{feature_importance: {}, performance: {<measure>: {average_test: …}}}`. */
  metrics: Record<string, unknown>;
  createdAt: Date;
}

/** A flow with what it does. */
export interface SeedFlow {
  name: string;
  /** Name of a flow directory. */
  directory?: string;
  /**
   * A flow definition as the wire has it (facets with facet_uid, arrows, variables …), with one exception: ids don't
   * exist yet. Wherever an argument's value is `{dataset: "<name>"}`, and nothing else, the platform puts the id of
   * the app's dataset of that name; a name that isn't there is an error. Models are named, not identified, on the
   * wire.
   */
  definition: SeedFlowDefinition;
  highVolume?: boolean;
}

/** A flow definition, as the wire has it. */
export interface SeedFlowDefinition {
  facets: {facet_id: string; facet_uid: string; name: string; arguments: Record<string, unknown>}[];
  arrows: {source: string; destination: string; arguments: Record<string, unknown>}[];
  arguments: Record<string, unknown>;
  variables: Record<string, {facet_name: string; name: string}>;
  model_variables: Record<string, unknown>;
}
