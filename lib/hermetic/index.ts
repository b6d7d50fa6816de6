/**
 * Builds without a CDN: runs Observable Framework so that every package comes from node_modules.
 *
 * Stability: stable.
 *
 * @module
 */
export {hermeticConfig} from "./config.js";
export {runFramework, FrameworkError, type FrameworkCommand, type FrameworkOptions} from "./framework.js";
export type {HookedOptions} from "./hooked.js";
