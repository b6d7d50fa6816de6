// The server in front of a built site, or of a preview: it holds the key, and starts flows for the site's pages.
export {startGateway, type Gateway, type GatewayOptions} from "./gateway.js";
export type {DataStatus, RefreshOutcome} from "./health.js";
export {checkUnlocked} from "./runs/lock.js";
export type {Publish} from "./runs/runs.js";
export {freePort} from "./listen.js";
export type {PreviewSite} from "./preview.js";
