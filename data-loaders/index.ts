/**
 * Data from Ikigai as files for pages: one at a time for Framework's loaders, or many at once.
 *
 * Stability: stable.
 *
 * @module
 */
export {LoadError} from "./error.js";
export {formats, type Format} from "../lib/tabular/formats.js";
export {load} from "./load.js";
export type {PullProgress} from "./make-file.js";
export {pull, type PulledFile, type PullOptions} from "./pull.js";
