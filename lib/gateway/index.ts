// The server in front of a built site, or of a preview: it holds the key, and starts flows for the site's pages.
export {startGateway, type Gateway, type GatewayOptions, type Publish} from "./gateway.js";
export {freePort} from "./listen.js";
