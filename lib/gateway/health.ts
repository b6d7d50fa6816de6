// What the gateway tells everybody of how it does: enough for a load balancer or a monitor, and nothing of the data.
/** The data of a site, as the program that refreshes it knows. */
export interface DataStatus {
  /** When the oldest of the data that pages show was pulled. */
  dataAt: Date | null;
  lastRefresh: {at: Date; outcome: RefreshOutcome} | null;
}

/** All is new, or the same still; some sources failed, and what they gave before is shown; or nothing was published. */
export const refreshOutcomes = ["fresh", "stale", "failed"] as const;
export type RefreshOutcome = (typeof refreshOutcomes)[number];

/** The answer of `GET /api/health`. */
export interface Health {
  /** "ok", or the outcome of the last refresh where that is worse, or "unknown" where it can't be read. The site is served in any case. */
  status: "ok" | "stale" | "failed" | "unknown";
  /** Seconds since the oldest of the data was pulled; null where nobody knows. */
  dataAge: number | null;
  lastRefresh: {at: string; outcome: RefreshOutcome} | null;
  /** The id of the edition that is served; null for a folder that was built there, and a preview. */
  edition: string | null;
}

/** Milliseconds for which an answer holds: anybody may ask, and it reads the disk. */
const lifetime = 1_000;

export interface HealthOptions {
  status: (() => DataStatus | Promise<DataStatus>) | undefined;
  /** The id of the edition that is served. */
  edition: () => string | undefined;
  log: (line: string) => void;
}

export function healthOf({status, edition, log}: HealthOptions): () => Promise<Health> {
  let known: {at: number; data: Promise<DataStatus | undefined>} | undefined;
  let troubled = "";
  const read = async () => {
    try {
      const data = await status?.();
      troubled = "";
      return data ?? {dataAt: null, lastRefresh: null};
    } catch (error) {
      const {message} = error as Error;
      if (message !== troubled) log(`health: ${message}`);
      troubled = message;
      return undefined;
    }
  };
  return async () => {
    if (!known || performance.now() - known.at > lifetime) known = {at: performance.now(), data: read()};
    const data = await known.data;
    const last = data?.lastRefresh;
    const outcome = last?.outcome ?? "fresh";
    return {
      status: !data ? "unknown" : outcome === "fresh" ? "ok" : outcome,
      dataAge: data?.dataAt ? Math.max(0, Math.round((Date.now() - data.dataAt.getTime()) / 1000)) : null,
      lastRefresh: last ? {at: last.at.toISOString(), outcome: last.outcome} : null,
      edition: edition() ?? null
    };
  };
}
