/**
 * The page's database: DuckDB-WASM over the files of a dashboard, opened when it is first asked something.
 *
 * @module
 */
export {database, type Database, type DatabaseFile} from "./database.js";
export type {Progress} from "./progress.js";
export {progressBar} from "./progress-bar.js";
