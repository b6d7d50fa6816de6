/**
 * Starting flows from a page: builder, form, live runs, and data that stays fresh. It talks only to the gateway that
 * serves the page; without one it sends nothing.
 *
 * Stability: stable.
 *
 * @module
 */
export {app, type AppTrigger} from "./app.js";
export type {PageInput} from "./control.js";
export {TriggerError, type TriggerErrorCode} from "./error.js";
export {type FlowTrigger, flow} from "./flow.js";
export {type FlowFile, type FlowSource, flows, type KnownFlow} from "./flows.js";
export {form, type FormElement, type FormOptions} from "./form.js";
export {fresh, type FreshFile} from "./fresh.js";
export {news} from "./news.js";
export type {Reload} from "./reload.js";
export type {FlowRun} from "./run.js";
export {signIn} from "./session.js";
