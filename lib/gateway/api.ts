// The gateway's API, as a plugin that its server registers under /api: flows, their runs, and one stream of events a page.
import type {FastifyPluginAsync} from "fastify";
import type {Ikigai} from "../client/index.js";
import type {CheckedConfig} from "../config/index.js";
import type {Publication} from "../gateway-api/index.js";

export interface ApiOptions {
  config: CheckedConfig;
  client: Ikigai;
  /** The folder of what must survive: runs, presses, saved flows, and the audit. */
  state: string;
  /** Publishes these files anew, by their names without extension, and tells where pages find them. Without it nothing is. */
  publish?: (files: string[], signal: AbortSignal) => Promise<Publication["files"]>;
  /** Gets a line when something goes wrong that no page is told of. */
  log: (line: string) => void;
}

/** Serves the API until the server closes. Runs that are under way then go on, and are taken up by the next start. */
export function api(_options: ApiOptions): FastifyPluginAsync {
  return async () => {};
}
