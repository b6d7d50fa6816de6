// Serves a built site, and whatever takes its place: Framework's clean URLs, its 404 page, and each file in the encoding that
// the browser takes.
import {join} from "node:path";
import type {FastifyInstance, FastifyReply, FastifyRequest} from "fastify";
import {editionAt} from "../site/served.js";
import {answer, type AnswerOptions} from "./answer.js";
import type {Asset} from "./asset.js";
import {followSite, markOf} from "./follow-site.js";
import {strictHeaders} from "./headers.js";
import type {Metrics} from "./metrics.js";
import {Refused} from "./refused.js";
import {openSite, type Site} from "./site.js";

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

export interface ServeSiteOptions extends Pick<AnswerOptions, "scope"> {
  /** The folder that Framework built, or a link to it. */
  folder: string;
  /** A folder for what must outlive the process, on the disk of the site's. */
  state: string;
  /** The path below which the site is served. */
  base: string;
  metrics: Metrics;
  /** Answers at /metrics, where the site has no page of this name. */
  answerMetrics: Handler;
  /** Called when what another process has put into the folder's place is served. */
  onNew: (folder: string) => Promise<void>;
  log: (line: string) => void;
}

export interface ServedSite {
  /** The id of the edition that is served. */
  edition: () => string | undefined;
  /** What a request for a URL path gets, below the base; undefined where that is no file or page. */
  assetAt: (path: string) => Asset | undefined;
  /** Serves the site in another folder from now on, whole; after an error, the same as before. */
  swap: (folder: string) => Promise<void>;
  close: () => Promise<void>;
}

/** Adds the site's routes: whatever no other route answers. Throws an Error when there is no built site. */
export async function serveSite(server: FastifyInstance, options: ServeSiteOptions): Promise<ServedSite> {
  const {folder, state, base, metrics, answerMetrics, onNew, log} = options;
  const mark = await markOf(folder);
  const site = await openSite(folder, {copies: join(state, "site"), base});
  let edition = await idOf(folder);
  const fromSite = handlerOf(site, options);
  const get = {method: ["GET", "HEAD"], exposeHeadRoute: false};
  // Monitors look here by themselves.
  server.route({
    ...get,
    url: "/metrics",
    config: {scraped: true},
    handler: async (request, reply) => (site.find("/metrics") ? fromSite : answerMetrics)(request, reply)
  });
  server.route({...get, url: "/*", config: {ownHeaders: true}, handler: fromSite});
  const followed = followSite(folder, mark, {
    async take(folder) {
      try {
        await site.swap(folder);
        edition = await idOf(folder);
        metrics.publication("served");
      } catch (error) {
        metrics.publication("refused");
        throw error;
      }
    },
    onNew,
    log
  });
  const assetAt = (path: string) => {
    const found = site.find(pathOf(path));
    return found?.kind === "asset" ? found.asset : undefined;
  };
  return {
    edition: () => edition,
    assetAt,
    swap: (folder) => followed.swap(folder),
    close: () => followed.close()
  };
}

/** The id of the edition at a site's folder, for those who ask; what can't be read there is served all the same. */
const idOf = async (folder: string) => (await editionAt(folder).catch(() => undefined))?.id;

function handlerOf(site: Site, {base, scope}: Pick<ServeSiteOptions, "base" | "scope">): Handler {
  return async (request, reply) => {
    const found = site.find(pathOf(request.url));
    if (found?.kind === "asset") return answer(request, reply, found.asset, {scope});
    if (found?.kind === "moved") {
      return reply.headers(strictHeaders).redirect(base + encodeURI(found.to.slice(1)), 308);
    }
    const missing = site.find("/404");
    if (missing?.kind === "asset") return answer(request, reply, missing.asset, {scope, status: 404});
    throw new Refused("unknown", "There is no such page here.");
  };
}

/** A URL's path, decoded once; what can't be decoded is no path of a site. */
function pathOf(url: string): string {
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
