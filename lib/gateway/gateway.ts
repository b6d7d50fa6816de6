// The server in front of a site: it holds the key, applies the access rule, and answers the pages' API.
import type {IncomingMessage} from "node:http";
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
import {attachedFiles} from "../site/served.js";
import {accessRule} from "./access.js";
import {api, type OpenPages} from "./api.js";
import {baseItself, belowBase, checkBase} from "./base-path.js";
import {countedAddress} from "./address.js";
import {strictHeaders} from "./headers.js";
import {healthOf, type DataStatus} from "./health.js";
import {limitConnections, limits, serverLimits} from "./limits.js";
import {listen} from "./listen.js";
import {isLoopback} from "./loopback.js";
import {Metrics, metricsType} from "./metrics.js";
import {checkOrigin} from "./origin.js";
import {servePreview, type PreviewSite} from "./preview.js";
import {addresses} from "./proxy-user.js";
import {Refused} from "./refused.js";
import {recordHolder} from "./runs/lock.js";
import type {Publish} from "./runs/runs.js";
import {queryEndpoint} from "./query/endpoint.js";
import {serveSite, type ServedSite} from "./serve-site.js";
import {signInPage} from "./sign-in-page.js";
import {streamLimit} from "./stream-limit.js";

export interface GatewayOptions {
  config: CheckedConfig;
  client: Ikigai;
  /** The folder that Framework built, or a link to it, which another process may replace; or where Framework's preview listens. */
  site: {folder: string} | PreviewSite;
  /** The path that all is served below, such as `/team/dashboard/`; `/` if left out. A preview knows no other. */
  base?: string | undefined;
  /** Where to listen; this machine alone if left out. Anything else needs an access rule. */
  host?: string;
  /** 0, the default, takes any free one. */
  port?: number;
  /** A folder for what must outlive the process, on the disk of the site's folder. */
  state: string;
  /** The command that runs the gateway, such as `ikigai-kit serve`. A second gateway on the same state folder names it in its error. */
  command?: string;
  /** What viewers sign in with. */
  token?: string;
  publish?: Publish;
  /** Brings the data up to date when a viewer asks for it with `POST /api/refresh`, which isn't there without it. */
  refresh?: (() => Promise<void>) | undefined;
  /** Describes the data, for the health endpoint and the metrics. */
  status?: () => DataStatus | Promise<DataStatus>;
  log: (line: string) => void;
}

export interface Gateway {
  /** Where it answers, without the base: such as `http://127.0.0.1:3000`. */
  url: string;
  /** The path that all is served below; `/` if there is none. */
  base: string;
  /** Serves the site in another folder from now on, the whole of it at once. After an error the old one stays. */
  swap: (folder: string) => Promise<void>;
  /** Tells open pages where they find files now: of a preview, whose files change in their places. */
  published: (files: Record<string, string>) => void;
  /** Ends what is idle at once, and gives what is being answered some seconds. */
  close(): Promise<void>;
}

/** Milliseconds that downloads get to end when the gateway stops. */
const grace = 5_000;

/**
 * Starts the gateway, and resolves once it answers. Throws an Error when others could reach it without an access rule, when there
 * is no built site, and when the port is taken; each says how to fix it.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const {config, site, host = "127.0.0.1", port = 0, state, token, publish, log} = options;
  const base = checkBase(options.base ?? "/");
  if (base !== "/" && "upstream" in site) {
    throw new Error(`A preview can't be served below a path: leave out the base ${base}.`);
  }
  const access = accessRule({host, token, gateway: config.gateway, base});
  const proxies = config.gateway.trustedProxies ?? [];
  const server = fastify({
    ...serverLimits,
    forceCloseConnections: "upstream" in site ? true : "idle",
    trustProxy: proxies.length > 0 && proxies,
    routerOptions: {maxParamLength: 500},
    // What is elsewhere is turned away before its route counts.
    rewriteUrl: ({url = ""}: IncomingMessage) => belowBase(base, url) ?? url,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply)
  });
  const signIn = signInPage(base);
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers(strictHeaders);
    const refused = asRefused(error, (cause) =>
      log(`${request.method} ${request.routeOptions.url ?? "?"}: ${cause}`)
    );
    if (refused.code === "signin" && access.sessions && wantsPage(request)) {
      const {html, policy} = signIn;
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
  const metrics = new Metrics();
  const closers: (() => Promise<void>)[] = [() => closeGracefully(server)];
  try {
    const isProxy = addresses(proxies);
    limitConnections(server.server, isProxy);
    // A proxy that doesn't say whom it speaks for is no address of a viewer, and on this machine a proxy may be that nobody named.
    const limitStreams = streamLimit(({ip}) =>
      isProxy(ip) || isLoopback(ip) ? undefined : countedAddress(ip)
    );
    await server.register(cookie);
    await server.register(rateLimit, {global: false});
    const {limitViewer, limitSignIn, limitScrape, limitAnybody} = limits(server, access);
    const {sessions} = access;

    server.removeContentTypeParser("text/plain");
    server.decorateRequest("viewer");
    server.decorateReply("bodySize", 0);
    server.setErrorHandler(answerError);
    server.addHook("onRequest", async (request, reply) => {
      const {open, ownHeaders, scraped, signsIn, streams} = request.routeOptions.config;
      if (!ownHeaders) void reply.headers(strictHeaders);
      const begin = baseItself(base, request.originalUrl);
      if (begin !== undefined) return reply.headers(strictHeaders).redirect(begin, 308);
      if (belowBase(base, request.originalUrl) === undefined) throw nothing();
      checkOrigin(request);
      // A viewer who hasn't signed in yet must be able to sign in.
      if (signsIn) return limitSignIn(request);
      if (open) return limitAnybody(request);
      if (scraped && sessions && request.headers.authorization !== undefined) {
        await limitScrape(request);
        request.viewer = sessions.admitBearer(request);
        return;
      }
      request.viewer = access.admit(request);
      await limitViewer(request);
      // On one's own machine all are one viewer.
      if (streams && !access.local) limitStreams(request, reply);
    });
    server.addHook("onResponse", (request, reply, done) => {
      metrics.request(reply.statusCode);
      if (!request.routeOptions.config.streams)
        metrics.duration(reply.elapsedTime / 1000, sentBytes(request, reply));
      done();
    });

    if (sessions) {
      server.post("/api/session", {config: {signsIn: true}}, (request, reply) => {
        sessions.signIn(request, reply);
        return reply.code(204).send();
      });
    }
    const below = (files: Record<string, string>) =>
      Object.fromEntries(Object.entries(files).map(([name, path]) => [name, base + path.replace(/^\//, "")]));
    let pages: OpenPages | undefined;
    const onPages: Parameters<typeof api>[0] = {
      ...options,
      publish: publish && (async (files, signal) => below(await publish(files, signal))),
      onRunEnd: (status) => metrics.runEnded(status),
      onOpen: (open) => (pages = open)
    };
    await server.register(api(onPages), {prefix: "/api"});

    const {refresh} = options;
    if (refresh) {
      server.post("/api/refresh", async (_, reply) => {
        await refresh();
        return reply.code(204).send();
      });
    }
    let assetAt: ServedSite["assetAt"] = () => undefined;
    queryEndpoint(server, {
      config,
      isPreview: "upstream" in site,
      assetAt: (path) => assetAt(path),
      base,
      metrics
    });
    let edition = (): string | undefined => undefined;
    const health = healthOf({status: options.status, edition: () => edition(), log});
    server.get("/api/health", {config: {open: true}}, () => health());
    const answerMetrics = async (_: FastifyRequest, reply: FastifyReply) => {
      const text = metrics.text({health: await health(), eventStreams: pages?.count() ?? 0});
      return reply.type(metricsType).send(text);
    };
    server.get("/api/metrics", {config: {scraped: true}}, answerMetrics);
    server.all("/api/*", () => {
      throw nothing();
    });
    server.setNotFoundHandler(() => {
      throw nothing();
    });

    let swap: Gateway["swap"] = () => Promise.reject(new Error("A preview's site is Framework's to change."));
    if ("folder" in site) {
      const served = await serveSite(server, {
        folder: site.folder,
        state,
        base,
        scope: access.local ? "public" : "private",
        metrics,
        answerMetrics,
        onNew: async (folder) => pages?.published(below(await attachedFiles(folder))),
        log
      });
      closers.push(() => served.close());
      ({swap, edition, assetAt} = served);
    } else {
      await servePreview(server, site);
    }
    const published = (files: Record<string, string>) => pages?.published(below(files));
    const url = await listen(server, host, port);
    recordHolder(state, {command: options.command, url: url + (base === "/" ? "" : base)});
    return {url, base, swap, published, close: () => closeAll(closers)};
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

const nothing = () => new Refused("unknown", "The gateway has nothing at this path.");

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

async function closeGracefully(server: FastifyInstance): Promise<void> {
  // A connection that is answered when the server begins to close is idle a moment later, and would be kept.
  const sweep = setInterval(() => server.server.closeIdleConnections(), 100);
  const end = setTimeout(() => server.server.closeAllConnections(), grace);
  try {
    await server.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(end);
  }
}

/** The length of an answer's body, as far as it is told. */
function sentBytes({method}: FastifyRequest, reply: FastifyReply): number {
  if (method === "HEAD") return 0;
  return reply.bodySize || Number(reply.getHeader("content-length") ?? 0);
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether viewers who haven't signed in yet may send it. */
    signsIn?: boolean;
    /** Whether anybody may ask it. */
    open?: boolean;
    /** Whether a program may ask it that sends the token itself. */
    scraped?: boolean;
    /** Whether its answers tell all their headers themselves. */
    ownHeaders?: boolean;
    /** Whether its answer goes on until somebody ends it. */
    streams?: boolean;
  }
}

const isApi = ({url}: FastifyRequest) => /^\/api(?:\/|$)/.test(url);

/** Whether a browser asks for a page, and not a page for one of its files. */
const wantsPage = (request: FastifyRequest) =>
  (request.method === "GET" || request.method === "HEAD") &&
  !isApi(request) &&
  request.headers.accept?.includes("text/html") === true;

/** What was thrown, as an answer. Unexpected errors are only logged. */
function asRefused(error: unknown, log: (cause: string) => void): Refused {
  if (error instanceof Refused) {
    if (error.cause instanceof Error) log(error.cause.message);
    return error;
  }
  const {code = "", statusCode, message} = error as FastifyError;
  const isBadRequest = code.startsWith("FST_") && statusCode !== undefined && statusCode < 500;
  if (isBadRequest && statusCode === 413) {
    return new Refused("toolarge", "The request is larger than the gateway accepts.");
  }
  if (isBadRequest)
    return new Refused(
      "invalid",
      "The request can't be read: its body must be JSON, with the content-type application/json."
    );
  log(message.replace(/[\p{Cc}\u2028\u2029]+/gu, " "));
  return new Refused("internal", "Something went wrong in the gateway, and its log has more.");
}
