// The server in front of a site: it holds the key, applies the access rule, and answers the pages' API.
import {join} from "node:path";
import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest
} from "fastify";
import type {Ikigai} from "../client/index.js";
import type {CheckedConfig} from "../config/index.js";
import {accessRule} from "./access.js";
import {api} from "./api.js";
import {strictHeaders} from "./headers.js";
import {limitConnections, limits, serverLimits} from "./limits.js";
import {listen} from "./listen.js";
import {checkOrigin} from "./origin.js";
import {servePreview} from "./preview.js";
import {addresses} from "./proxy-user.js";
import {Refused} from "./refused.js";
import type {Publish} from "./runs/runs.js";
import {signInPage} from "./sign-in-page.js";
import {openSite} from "./site.js";
import {serveStatic} from "./static.js";

export interface GatewayOptions {
  config: CheckedConfig;
  client: Ikigai;
  /** The folder that Framework built, or where its preview listens. */
  site: {folder: string} | {upstream: string};
  /** Where to listen; this machine alone if left out. Anything else needs an access rule. */
  host?: string;
  /** 0, the default, takes any free one. */
  port?: number;
  /** A folder for what must outlive the process, on the disk of the site's folder. */
  state: string;
  /** What viewers sign in with. */
  token?: string;
  publish?: Publish;
  log: (line: string) => void;
}

export interface Gateway {
  /** Where it answers, such as `http://127.0.0.1:3000`. */
  url: string;
  /** Serves the site in another folder from now on, the whole of it at once. After an error the old one stays. */
  swap: (folder: string) => Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the gateway, and resolves once it answers. Throws an Error when others could reach it without an access rule, when there
 * is no built site, and when the port is taken; each says how to fix it.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const {config, site, host = "127.0.0.1", port = 0, state, token, log} = options;
  const access = accessRule({host, token, gateway: config.gateway});
  const proxies = config.gateway.trustedProxies ?? [];
  const server = fastify({
    ...serverLimits,
    forceCloseConnections: true,
    trustProxy: proxies.length > 0 && proxies,
    routerOptions: {maxParamLength: 500},
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply)
  });
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers(strictHeaders);
    const refused = asRefused(error, (cause) =>
      log(`${request.method} ${request.routeOptions.url ?? "?"}: ${cause}`)
    );
    if (refused.code === "signin" && access.sessions && wantsPage(request)) {
      const {html, policy} = signInPage;
      return reply
        .code(401)
        .header("content-security-policy", policy)
        .type("text/html; charset=utf-8")
        .send(html);
    }
    // 415 says more than 400.
    const {statusCode} = refused.code === "invalid" ? (error as FastifyError) : refused;
    return reply.code(statusCode ?? refused.statusCode).send(refused.body);
  };
  try {
    limitConnections(server.server, addresses(proxies));
    await server.register(cookie);
    await server.register(rateLimit, {global: false});
    const {limitViewer, limitSignIn} = limits(server, access);

    server.removeContentTypeParser("text/plain");
    server.decorateRequest("viewer");
    server.setErrorHandler(answerError);
    server.addHook("onRequest", async (request, reply) => {
      void reply.headers(strictHeaders);
      checkOrigin(request);
      // A viewer who hasn't signed in yet must be able to sign in.
      if (request.routeOptions.config.signsIn) return limitSignIn(request);
      request.viewer = access.admit(request);
      await limitViewer(request);
    });

    const {sessions} = access;
    if (sessions) {
      server.post("/api/session", {config: {signsIn: true}}, (request, reply) => {
        sessions.signIn(request, reply);
        return reply.code(204).send();
      });
    }
    await server.register(api(options), {prefix: "/api"});
    const unknown = () => {
      throw new Refused("unknown", "The gateway has nothing at this path.");
    };
    server.all("/api/*", unknown);
    server.setNotFoundHandler(unknown);
    const swap = "folder" in site ? await serveFolder(server, site.folder, join(state, "site")) : noSwap;
    if ("upstream" in site) await servePreview(server, site.upstream);
    return {url: await listen(server, host, port), swap, close: () => server.close()};
  } catch (error) {
    await server.close();
    throw error;
  }
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether viewers who haven't signed in yet may send it. */
    signsIn?: boolean;
  }
}

async function serveFolder(
  server: FastifyInstance,
  folder: string,
  copies: string
): Promise<Gateway["swap"]> {
  const site = await openSite(folder, copies);
  await serveStatic(server, site);
  return (folder) => site.swap(folder);
}

const noSwap = () => Promise.reject(new Error("A preview's site is Framework's to change."));

const isApi = ({url}: FastifyRequest) => /^\/api(?:\/|$)/.test(url);

/** Whether a browser asks for a page, and not a page for one of its files. */
const wantsPage = (request: FastifyRequest) =>
  (request.method === "GET" || request.method === "HEAD") &&
  !isApi(request) &&
  request.headers.accept?.includes("text/html") === true;

/** What was thrown, as an answer. Unexpected errors are only logged. */
function asRefused(error: unknown, log: (cause: string) => void): Refused {
  if (error instanceof Refused) return error;
  const {code = "", statusCode, message} = error as FastifyError;
  const isBadRequest = code.startsWith("FST_") && statusCode !== undefined && statusCode < 500;
  if (isBadRequest && statusCode === 413) {
    return new Refused("toolarge", "That is larger than anything the gateway takes here.");
  }
  if (isBadRequest)
    return new Refused(
      "invalid",
      "The request can't be read: its body is JSON, and says so in its content-type."
    );
  log(message.replace(/[\p{Cc}\u2028\u2029]+/gu, " "));
  return new Refused("internal", "Something went wrong in the gateway, and its log has more.");
}
