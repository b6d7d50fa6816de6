/**
 * `defineConfig` for ikigai.config.ts, and functions that read the config and the credentials.
 *
 * Stability: stable.
 *
 * @module
 */
export type {
  CheckedConfig,
  CheckedDataset,
  CheckedDefinitions,
  CheckedFlow,
  CheckedModel,
  CheckedNotify
} from "./checked-config.js";
export {defineConfig} from "./config.js";
export type {
  Config,
  DatasetEntry,
  DefinitionsEntry,
  FlowEntry,
  GatewayEntry,
  QueryEntry,
  ModelEntry,
  NotifyEntry,
  NotifyOptions,
  PublishEntry,
  RefreshEntry,
  Spans
} from "./config.js";
export type {
  BooleanVariable,
  ChoiceVariable,
  DateVariable,
  IntegerVariable,
  NumberVariable,
  TextVariable,
  Variable
} from "../gateway-api/index.js";
export {Credentials, credentials, hasCredentials} from "./credentials.js";
export {dataFiles, modelTables, ownFiles, partList, partSource} from "./files.js";
export type {FileSource, ModelTable, OwnFile} from "./files.js";
export {loadConfig} from "./load.js";
export {measureColumn} from "./summary.js";
export type {SummaryAggregate, SummaryEntry, SummaryMeasure} from "./summary.js";
export {checkConfig, ConfigError} from "./schema.js";
