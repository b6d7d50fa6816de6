/**
 * A client for the Ikigai platform: `Ikigai` for a user, and `App`, `Dataset`, `Model`, `Flow` and others for what
 * the user has there. For Node: it has the API key, so it must not be used in a page.
 *
 * Stability: stable.
 *
 * @module
 */
export type {
  AppAccessLevel,
  ColumnType,
  Components,
  CustomFacetArgument,
  CustomFacetVersion,
  DatasetLog,
  DataType,
  DirectoryRef,
  FacetSpecs,
  FlowDefinition,
  FlowStatus,
  FlowStatusReport,
  ModelSpec,
  RunLog,
  Schedule
} from "../wire/index.js";
export type {Screen} from "../terminal/index.js";
export type {AppAccess} from "./app-access.js";
export type {App} from "./app.js";
export type {Arrival, Early} from "../tabular/arrival.js";
export type {Browser} from "./browser.js";
export type {SqlType} from "../tabular/type-ladder.js";
export type {CustomFacetAccess, CustomFacetLevel} from "./custom-facet-access.js";
export type {CustomFacet, PinnedCustomFacet} from "./custom-facet.js";
export type {Cell, Row} from "../tabular/csv-writer.js";
export type {CsvStream, DataSource} from "./data-source.js";
export type {Dataset, DownloadOptions, ReadOptions} from "./dataset.js";
export type {Buildable, DefinitionSource, SavedFlow} from "./definition-source.js";
export type {Directory} from "./directory.js";
export * from "./errors.js";
export type {Flow} from "./flow.js";
export {Ikigai} from "./ikigai.js";
export type {Factory} from "./factory.js";
export type {Model, ModelVersion} from "./model.js";
export {NamedMap, type Named} from "./named-map.js";
export type {NewApp} from "./new-app.js";
export type {NewCustomFacet} from "./new-custom-facet.js";
export type {NewDataset} from "./new-dataset.js";
export type {NewDirectory} from "./new-directory.js";
export type {NewFlow} from "./new-flow.js";
export type {ModelKind, NewModel} from "./new-model.js";
export type {CallOptions, IkigaiOptions, ReadyOptions} from "./options.js";
export type {OutageOptions} from "./outage.js";
export {progressBar} from "./progress-bar.js";
export type {Progress, ProgressListener} from "./progress.js";
export type {FollowOptions, RunOptions, RunVariables, WatchOptions} from "./run.js";
export type {RetryOptions} from "./retry.js";
export type {ScheduleSource} from "./schedule.js";
export type {ArgumentDefault, ScriptOptions} from "./script.js";
export {readTypedCsv, type TypedColumn, type TypedCsv} from "../tabular/typed-csv.js";
export type {UploadOptions} from "./upload.js";
