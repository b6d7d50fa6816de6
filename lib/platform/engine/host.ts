// What the engine asks of the code that runs it, and what it returns. No HTTP and no state lie behind it.

/** As the wire has them: a column's name to its type and formats. */
export type DataTypes = Record<string, {data_type: string; data_formats: Record<string, string>}>;

export interface HostDataset {
  name: string;
  /** The file, CSV with a header line unless its name ends otherwise (`.xlsx`). */
  path: string;
  dataTypes: DataTypes;
}

export interface HostModel {
  name: string;
  /** As the specs name them, e.g. "Linear" and "Lasso". */
  modelType: string;
  subModelType: string;
  /** Oldest first. */
  versions: {version: string; state: ModelState | undefined}[];
}

/** What a version learned, as plain JSON, so that it can predict later. Kept with the version and never shown. */
export type ModelState = Record<string, unknown>;

export interface HostCustomFacet {
  name: string;
  script: string;
  /** Arguments with their values as they are unless the flow says otherwise. */
  arguments: {name: string; type: string; value: unknown}[];
}

export interface Progress {
  /** The facet under way. */
  facetId: string;
  /** E.g. `COUNT 'by sector'`. */
  title: string;
  /** Which step this is, from 1, and of how many. */
  step: number;
  steps: number;
  /** How much of the whole run is done, 0 to 1. */
  fraction: number;
}

export interface Host {
  /** The dataset of an id in the flow's app, or undefined. */
  dataset: (datasetId: string) => Promise<HostDataset | undefined>;
  /** The model of a name in the flow's app, or undefined. */
  model: (name: string) => Promise<HostModel | undefined>;
  /** The version of a custom facet; `versionId` "" is the newest one, or the draft where there is none. */
  customFacet: (customFacetId: string, versionId: string) => Promise<HostCustomFacet | undefined>;
}

export interface OutputDataset {
  facetId: string;
  name: string;
  /** The CSV, in the run's folder: move or copy it before the folder goes. */
  path: string;
  dataTypes: DataTypes;
  rows: number;
}

export interface OutputVersion {
  facetId: string;
  modelName: string;
  version: string;
  hyperparameters: Record<string, unknown>;
  metrics: Record<string, unknown>;
  state: ModelState;
}

export interface RunResult {
  /** What EXPORTED facets wrote, in the order they ran. */
  datasets: OutputDataset[];
  /** What models learned. A version that exists is to be replaced. */
  modelVersions: OutputVersion[];
  /** What the user should know though nothing failed. */
  notes: string[];
}
