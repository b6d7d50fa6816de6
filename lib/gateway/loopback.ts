// The gateway on one's own machine, where nobody else can reach it and no rule is needed.
import type {FastifyRequest} from "fastify";
import {Refused} from "./refused.js";
import type {Viewer} from "./viewer.js";

/** Whether only this machine can reach what listens at the host. */
export const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/**
 * Admits requests that name this machine itself. Another name that leads here belongs to somebody else's page, and the browser
 * would let its scripts read everything ("DNS rebinding"). Ports don't matter: such a page can't choose the name.
 */
export function loopbackOnly(request: FastifyRequest): Viewer {
  const name = request.headers.host?.replace(/:\d+$/, "");
  if (name === undefined || !isLoopback(name)) {
    throw new Refused(
      "forbidden",
      "This gateway answers only to localhost. To reach it by another name, give it an access rule: IKIGAI_GATEWAY_TOKEN, or gateway.userHeader in ikigai.config.ts"
    );
  }
  return {name: null, id: "local"};
}
