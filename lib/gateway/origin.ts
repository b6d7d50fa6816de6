// Whether a request comes from one of the gateway's own pages, and not from another site that the viewer has open.
import type {FastifyRequest} from "fastify";
import {pageHeader} from "../gateway-api/index.js";
import {Refused} from "./refused.js";

/**
 * Refuses what another site asks for. Browsers send where a request comes from, and scripts can't change that. A request that
 * changes something or opens a socket must have an origin, and one that changes something also a header that no form or image can send.
 */
export function checkOrigin(request: FastifyRequest): void {
  const {origin, upgrade, "sec-fetch-site": from} = request.headers;
  const reads = request.method === "GET" || request.method === "HEAD";
  const isOwn = (origin === undefined || hostOf(origin) === ownHost(request, origin)) && fromOwn(from);
  if (upgrade !== undefined) {
    if (origin === undefined || !isOwn) throw refusal();
  } else if (!reads) {
    if ((origin ?? from) === undefined || !isOwn || request.headers[pageHeader] === undefined)
      throw refusal();
  } else if (request.routeOptions.url?.startsWith("/api/") && !isOwn) {
    throw refusal();
  }
}

const refusal = () =>
  new Refused(
    "origin",
    `Only this site's own pages may ask this. Programs send the headers Origin (this site's) and ${pageHeader}: 1`
  );

/** "none" is what a person typed. */
const fromOwn = (from: unknown) => from === undefined || from === "same-origin" || from === "none";

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : undefined);

/** The host that was asked, as the origin would write it: without its protocol's own port. */
function ownHost({host}: FastifyRequest, origin: string): string | undefined {
  return hostOf(`${origin.split(":", 1)[0]}://${host}`);
}
