// One thing that a client can do, as the real client does it and as ours does, and what must come of it.
import type {Here} from "./here.js";

/** @typeParam Kept what its area's operations keep for each other on our side, as Python keeps variables */
export interface Operation<Kept extends object = object> {
  does: string;
  /** Python for the real client. Variables stay for the operations after it; `scope.ts` says what is there from the start. */
  python: string;
  /** The same for our client: it keeps what later ones need on what it is given. */
  typescript(at: Here & Kept): unknown;
  /** What the value of Python's last expression holds, and `typescript`'s; dates, ids and the like by matchers. */
  gives?: unknown;
  /** What `typescript`'s value holds, where our client says it otherwise. */
  givesHere?: unknown;
  /** What Python raises instead. */
  raises?: {type: string; message: unknown};
  /** What our client throws instead. */
  throws?: {name: string; message: unknown};
  /** "METHOD /path" of what Python asks the platform, where that is worth saying. */
  asks?: unknown;
  /** Seconds by which the platform's clock is ahead meanwhile. */
  clockAhead?: number;
}

/** Operations that build on each other, and on those of no other area. */
export interface Area<Kept extends object = object> {
  title: string;
  operations: Operation<Kept>[];
}
