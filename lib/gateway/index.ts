// The server in front of a built site. It listens on loopback only.
export {freePort} from "./listen.js";
export {serveSite} from "./site.js";
export type {Site, SiteOptions} from "./site.js";
