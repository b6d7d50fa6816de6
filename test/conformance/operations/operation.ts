// One thing that a client can do, as the real client does it, and what must come of it.

export interface Operation {
  does: string;
  /** Python for the real client. Variables stay for the operations after it; `scope.ts` says what is there from the start. */
  python: string;
  /** What the value of its last expression holds; dates, ids and the like by matchers. */
  gives?: unknown;
  /** What it raises instead. */
  raises?: {type: string; message: unknown};
  /** "METHOD /path" of what it asks the platform, where that is worth saying. */
  asks?: unknown;
  /** Seconds by which the platform's clock is ahead meanwhile. */
  clockAhead?: number;
}

/** Operations that build on each other, and on those of no other area. */
export interface Area {
  title: string;
  operations: Operation[];
}
