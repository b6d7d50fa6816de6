// What was acknowledged, and what was seen, while everything went wrong.

/** A viewer's request to start a run. */
export interface Press {
  mark: string;
  viewer: string;
  /** The run's id, once the gateway has answered with it; null where the gateway refused; undefined where nobody knows. */
  run?: string | null;
  /** Why the gateway refused. */
  refusal?: string;
}

/** A flow that a viewer saved: acknowledged, by its key. */
export interface Save {
  key: string;
  name: string;
  viewer: string;
  /** Whether it was deleted: undefined where that was asked for and nobody answered. */
  deleted: boolean | undefined;
}

/** A measurement of the gateway's memory. */
export interface Sample {
  /** Seconds since the gateway was started. */
  at: number;
  megabytes: number;
}

export class Records {
  readonly presses: Press[] = [];
  readonly saves: Save[] = [];
  readonly samples: Sample[] = [];
  /** What was wrong while it went on, each once. */
  readonly problems = new Set<string>();
  readonly counts = new Map<string, number>();

  /** Counts something for the figures. */
  count(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by);
  }
}
