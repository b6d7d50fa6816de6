/**
 * The page's database: DuckDB-WASM over the files of a dashboard, opened by the first statement.
 *
 * Stability: stable.
 *
 * @module
 */
export type {Asking, QueryOptions} from "./asking.js";
export {connector, type MosaicConnector, type MosaicRequest} from "./connector.js";
export {database} from "./database.js";
export type {DatabaseFile} from "./file.js";
export {linePoints, type LineOptions, type LinePoints} from "./line-points.js";
export type {GivenFiles} from "./given-files.js";
export type {Progress} from "./progress.js";
export {progressBar} from "./progress-bar.js";
export type {Database, DatabaseOptions} from "./types.js";
