// `POST /api/query`: a statement over files of the site, answered by the gateway's own DuckDB as an Arrow IPC stream.
import {createHash} from "node:crypto";
import type {FastifyInstance, FastifyReply, FastifyRequest} from "fastify";
import type {CheckedConfig} from "../../config/index.js";
import {query as querySchema, type Query} from "../../gateway-api/index.js";
import type {Metrics} from "../metrics.js";
import {parsed} from "../parsed.js";
import {Refused} from "../refused.js";
import {AnswerCache} from "./answer-cache.js";
import {JobError} from "./job.js";
import {Pool} from "./pool.js";
import {allowedFiles, queriedFile, type FileOptions} from "./queried-file.js";
import {querySettings} from "./settings.js";

export interface EndpointOptions extends Pick<FileOptions, "assetAt" | "base"> {
  /** `gateway.query` says which files can be queried, and how much that may take; nothing can be queried without it. */
  config: CheckedConfig;
  /** Whether the site is a preview, whose files are Framework's. */
  isPreview: boolean;
  metrics: Metrics;
}

/** Bytes of a request: a statement with the macros that it calls. */
const bodyLimit = 256 * 1024;

const arrowType = "application/vnd.apache.arrow.stream";

/** Adds the route. The processes that answer it start with the first query, and end when the server closes. */
export function queryEndpoint(
  server: FastifyInstance,
  {config, isPreview, metrics, assetAt, base}: EndpointOptions
): void {
  const entry = config.gateway.query;
  const route = {bodyLimit, config: {queries: true}};
  if (!entry || isPreview) {
    server.post("/api/query", route, () => {
      throw entry
        ? new Refused(
            "preview",
            "The gateway answers no statements over a preview: its page does that itself."
          )
        : new Refused(
            "unknown",
            "This gateway answers no statements: gateway.query.files in ikigai.config.ts says which files it may query."
          );
    });
    return;
  }
  const {limits, ...poolOptions} = querySettings(entry);
  const isAllowed = allowedFiles(config);
  const pool = new Pool(poolOptions);
  const cache = new AnswerCache();
  metrics.watchQueries(pool);
  server.addHook("onClose", () => pool.close());

  server.post("/api/query", route, async (request, reply) => {
    const {files, ...query} = parsed(querySchema, request.body);
    const found = Object.entries(files).map(
      ([table, paths]) =>
        [table, paths.map((path) => queriedFile(table, path, {assetAt, base, isAllowed}))] as const
    );
    const key = keyOf(
      found.map(([table, files]) => [table, files.map(({hash}) => hash)]),
      query
    );
    const known = cache.get(key);
    if (known) {
      metrics.query("cached");
      const etag = `"${key}"`;
      if (request.headers["if-none-match"] === etag) return reply.code(304).headers(headersOf(key)).send();
      return answer(reply, key, known);
    }
    const paths = Object.fromEntries(found.map(([table, files]) => [table, files.map(({path}) => path)]));
    const left = whenLeft(request, reply);
    try {
      const {bytes, repeatable} = await pool.run({files: paths, ...query, limits}, request.viewer.id, left);
      if (repeatable) cache.set(key, bytes);
      metrics.query("answered");
      return answer(reply, repeatable ? key : undefined, bytes);
    } catch (error) {
      if (left.aborted) {
        metrics.query("cancelled");
        return reply.hijack();
      }
      metrics.query(error instanceof JobError && error.code === "statement" ? "failed" : "refused");
      throw error instanceof JobError ? new Refused(error.code, error.message) : error;
    }
  });
}

const headersOf = (key: string | undefined) => ({
  // A page's own statement, and the viewer's own answer: no proxy may keep it.
  "cache-control": key === undefined ? "no-store" : "private, no-cache",
  ...(key !== undefined && {etag: `"${key}"`})
});

const answer = (reply: FastifyReply, key: string | undefined, bytes: Buffer) =>
  reply.headers(headersOf(key)).type(arrowType).send(bytes);

/** The same for the same statement over files with the same content. */
const keyOf = (
  hashes: readonly (readonly [string, readonly string[]])[],
  query: Omit<Query, "files">
): string =>
  createHash("sha256")
    .update(JSON.stringify([[...hashes].sort(), query.text, query.params, query.setup]))
    .digest("base64url")
    .slice(0, 27);

/** Aborts when the connection closes before it has been answered. */
function whenLeft({raw: {socket}}: FastifyRequest, {raw}: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const leave = () => {
    if (!raw.writableFinished) controller.abort(new Error("the viewer has left"));
  };
  if (socket.destroyed) leave();
  else raw.once("close", leave);
  return controller.signal;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether it asks the data, as a page does with each move of a slider. */
    queries?: boolean;
  }
}
