/**
 * Everything that is sent to and from the platform: a codec for each message, with its type's name in lower case (`flow` of
 * `Flow`), which turns the wire's names and spellings into ours and back; and a `Call` for each request to the platform.
 * Pure: it runs in Node and in a page.
 *
 * Stability: internal.
 *
 * @module
 */
export * from "./app.js";
export * from "./call.js";
export * from "./custom-facet.js";
export * from "./dataset.js";
export * from "./directory.js";
export * from "./facet-spec.js";
export * from "./flow-definition.js";
export * from "./flow.js";
export * from "./heartbeat.js";
export type {Codec} from "./message.js";
export * from "./model-spec.js";
export * from "./model.js";
export type {Problem} from "./problem.js";
export * from "./rejection.js";
export * from "./schedule.js";
export type {Word} from "./word.js";
