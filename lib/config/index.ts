// The package's root: what ikigai.config.ts imports, and what reads it.
export {defineConfig} from "./config.js";
export type {
  BooleanVariable,
  ChoiceVariable,
  Config,
  DatasetEntry,
  DateVariable,
  FlowEntry,
  IntegerVariable,
  ModelEntry,
  NumberVariable,
  RefreshEntry,
  TextVariable,
  Variable
} from "./config.js";
export {Credentials, credentials, hasCredentials} from "./credentials.js";
export {dataFiles, modelTables} from "./files.js";
export type {FileSource, ModelTable} from "./files.js";
export {loadConfig} from "./load.js";
export {byNearness, nearest} from "./nearest.js";
export {checkConfig, ConfigError} from "./schema.js";
export type {CheckedConfig, CheckedDataset, CheckedFlow, CheckedModel} from "./schema.js";
