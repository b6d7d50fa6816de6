// Who sends a request, as the access rule found before any route runs.
import type {FastifyRequest} from "fastify";

/** The person or browser behind a request. */
export interface Viewer {
  /** What the trusted proxy calls them; null without such a proxy. */
  name: string | null;
  /** Identifies the viewer, for limits and repeated requests. Never shown to others. */
  id: string;
}

/** Returns who sends a request, or throws a Refused. */
export type Admit = (request: FastifyRequest) => Viewer;

declare module "fastify" {
  interface FastifyRequest {
    viewer: Viewer;
  }
}
