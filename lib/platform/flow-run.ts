// The seam between the platform and what runs flows: what a run is given, and what it gives back. The platform keeps
// the records; an engine only sees these.
import type {CustomFacetArgument, DataTypes} from "./records.js";

/** Runs a flow to its end, or throws: an error with a `facetId` blames that facet, in a sentence for the user. */
export type RunFlow = (run: FlowRun) => Promise<FlowRunResult>;

export interface FlowRun {
  /** As the wire has it. */
  definition: unknown;
  /** Values of run variables, by the variable's name. */
  variables: Record<string, unknown>;
  /** An empty folder for this run alone, which is removed when it is over. */
  folder: string;
  /** Ends the run. */
  signal: AbortSignal;
  /** How much is done, 0 to 1, and what is under way. */
  onProgress: (progress: {fraction: number; title: string}) => void;
  /** The dataset of an id in the flow's app; its CSV stays where it is while the run lasts. */
  dataset: (id: string) => Promise<{name: string; path: string; dataTypes: DataTypes} | undefined>;
  /** The model of a name in the flow's app, its versions oldest first. */
  model: (name: string) => Promise<FlowRunModel | undefined>;
  /** A version of a custom facet that who runs the flow may run; "" is the newest one, or the draft while there is none. */
  customFacet: (id: string, versionId: string) => Promise<FlowRunCustomFacet | undefined>;
}

export interface FlowRunModel {
  name: string;
  modelType: string;
  subModelType: string;
  versions: {version: string; state: Record<string, unknown> | undefined}[];
}

export interface FlowRunCustomFacet {
  name: string;
  script: string;
  arguments: CustomFacetArgument[];
}

export interface FlowRunResult {
  /** CSV files in the run's folder; each becomes the app's dataset of that name. */
  datasets: {name: string; path: string; dataTypes: DataTypes}[];
  /** Each becomes a version of the app's model of that name, in the place of one that is called the same. */
  modelVersions: {
    modelName: string;
    version: string;
    hyperparameters: Record<string, unknown>;
    metrics: Record<string, unknown>;
    state: Record<string, unknown>;
  }[];
  /** What the user should know though nothing failed. */
  notes: string[];
}
