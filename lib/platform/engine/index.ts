// Runs flow definitions on DuckDB: `runFlow` takes a definition and callbacks, and gives back files and model versions.
export {FlowFailure} from "./failure.js";
export type {
  DataTypes,
  Host,
  HostCustomFacet,
  HostModel,
  OutputDataset,
  OutputVersion,
  Progress,
  RunResult
} from "./host.js";
export {runFlow} from "./run.js";
export type {RunOptions} from "./run-options.js";
