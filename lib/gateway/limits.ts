// How much one viewer, one address and one connection may ask for. Only the latest 5,000 of each are counted.
import type {Server} from "node:http";
import type {Socket} from "node:net";
import type {FastifyHttpOptions, FastifyInstance, FastifyRequest} from "fastify";
import type {Access} from "./access.js";
import {countedAddress} from "./address.js";
import {isLoopback} from "./loopback.js";
import {Refused} from "./refused.js";

/** Requests a minute: a page takes some hundred files, and a person clicks a few buttons. */
const readsPerMinute = 6_000;
const changesPerMinute = 120;
/** A slider asks the data with each of its moves. */
const queriesPerMinute = 1_200;
const signInsPerMinute = 10;
/** Of what a program asks with the token, which may be a guess, and of what anybody may ask. */
const scrapesPerMinute = 60;
const openReadsPerMinute = 600;

/** How many viewers at one address count together where each could sign in again and again to be another. */
const viewersPerAddress = 8;

/** Connections of one address, which a whole office may share, and of all addresses together. */
const connectionsPerAddress = 512;
const connectionsInAll = 10_000;

/** Cuts off who sends or reads too slowly, or too much. A stream of events stays open, for it sends a heartbeat. */
export const serverLimits = {
  bodyLimit: 64 * 1024,
  requestTimeout: 30_000,
  connectionTimeout: 120_000,
  http: {headersTimeout: 10_000, connectionsCheckingInterval: 1_000}
} satisfies FastifyHttpOptions<Server>;

/** Counts a request, and throws a Refused when it is one too many. Needs @fastify/rate-limit. */
export type Limit = (request: FastifyRequest) => Promise<void>;

export function limits(
  server: FastifyInstance,
  {local, sessions}: Pick<Access, "local" | "sessions">
): {limitViewer: Limit; limitSignIn: Limit; limitScrape: Limit; limitAnybody: Limit} {
  const limit = (max: number, keyGenerator: (request: FastifyRequest) => string): Limit => {
    const count = server.createRateLimit({max, timeWindow: 60_000, keyGenerator});
    return async (request) => {
      const counted = await count(request);
      if (counted.isAllowed || !counted.isExceeded) return;
      throw new Refused("toomany", `Too many requests. Try again in ${counted.ttlInSeconds} seconds.`);
    };
  };
  const address = (request: FastifyRequest) => countedAddress(request.ip);
  const ofViewer = (max: number): Limit => {
    const limitOne = limit(max, (request) => request.viewer.id);
    const limitTogether = limit(max * viewersPerAddress, address);
    return async (request) => {
      await limitOne(request);
      if (sessions) await limitTogether(request);
    };
  };
  const limitReads = ofViewer(readsPerMinute);
  const limitChanges = ofViewer(changesPerMinute);
  const limitQueries = ofViewer(queriesPerMinute);
  return {
    async limitViewer(request) {
      if (request.routeOptions.config.queries) await limitQueries(request);
      else if (request.method !== "GET" && request.method !== "HEAD") await limitChanges(request);
      else if (!local) await limitReads(request);
    },
    limitSignIn: limit(signInsPerMinute, address),
    limitScrape: limit(scrapesPerMinute, address),
    limitAnybody: limit(openReadsPerMinute, address)
  };
}

/** Closes connections beyond the limit of one address. A proxy, which everybody comes through, and this machine have no limit. */
export function limitConnections(server: Server, isProxy: (address: string | undefined) => boolean): void {
  server.maxConnections = connectionsInAll;
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const {remoteAddress} = socket;
    if (remoteAddress === undefined || isProxy(remoteAddress)) return;
    const address = countedAddress(remoteAddress);
    if (isLoopback(remoteAddress) || isLoopback(address)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > connectionsPerAddress) return void socket.destroy();
    open.set(address, count);
    socket.once("close", () => {
      const left = open.get(address)! - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
