// The gateway on one's own machine, where nobody else can reach it and no rule is needed.
import type {FastifyRequest} from "fastify";
import {Refused} from "./refused.js";
import type {Viewer} from "./viewer.js";

/** Whether listening at the host is listening to this machine alone. */
export const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/**
 * Admits who asks for this machine by a name of its own. Another name that leads here belongs to somebody else's page, whose
 * scripts the browser would then let read everything ("DNS rebinding"). Ports don't matter: such a page can't choose the name.
 */
export function loopbackOnly(request: FastifyRequest): Viewer {
  const name = request.headers.host?.replace(/:\d+$/, "");
  if (name === undefined || !isLoopback(name)) {
    throw new Refused(
      "forbidden",
      "This gateway answers only to localhost. To reach it by another name, give it a rule of who may: IKIGAI_GATEWAY_TOKEN, or gateway.userHeader in ikigai.config.ts"
    );
  }
  return {name: null, id: "local"};
}
