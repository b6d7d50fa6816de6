// Who asks, as the access rules found it before any route runs.
import type {FastifyRequest} from "fastify";

/** The person or browser behind a request. */
export interface Viewer {
  /** What the trusted proxy calls them; null where nobody told. */
  name: string | null;
  /** Tells viewers apart: whose requests and limits are whose. Never shown to others. */
  id: string;
}

/** Tells who asks, or throws a Refused. */
export type Admit = (request: FastifyRequest) => Viewer;

declare module "fastify" {
  interface FastifyRequest {
    viewer: Viewer;
  }
}
