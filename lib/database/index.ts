/**
 * The page's database: DuckDB-WASM over the files of a dashboard, opened when it is first asked something.
 *
 * @module
 */
export type {Asking, QueryOptions} from "./asking.js";
export {database, type Database, type DatabaseOptions} from "./database.js";
export type {DatabaseFile} from "./file.js";
export type {Progress} from "./progress.js";
export {progressBar} from "./progress-bar.js";
