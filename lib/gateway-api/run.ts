// A run as the gateway describes it to pages.
import * as z from "../zod/index.js";

export const runStatus = z.enum(["queued", "scheduled", "running", "done", "failed", "stopped", "lost"]);
/**
 * A run's status. It is `queued` while it waits in the gateway for another run of its flow, `scheduled` when the platform
 * has it, then `running`; `done`, `failed`, `stopped` and `lost` are final. `lost`: it can't be known how it ended.
 */
export type RunStatus = z.output<typeof runStatus>;

const time = z.iso.datetime();

/** One run. Times are ISO 8601 in UTC. */
export const run = z.object({
  id: z.string(),
  /** The flow's key. */
  flow: z.string(),
  status: runStatus,
  /** Percent, if the platform knows it. */
  progress: z.nullable(z.number()),
  variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Who started it, if the gateway knows. */
  user: z.nullable(z.string()),
  /** When it was asked for. */
  createdAt: time,
  /** When the platform was asked to start it. */
  startedAt: z.nullable(time),
  endedAt: z.nullable(time),
  /** What the platform's log says of it, once it has ended; before that, what it waits for, if anything unusual. */
  message: z.string(),
  /** Where it failed. */
  facet: z.nullable(z.object({facetId: z.string(), name: z.string(), type: z.string()})),
  /** Whether the data that it wrote is published; null when it writes none, or has not succeeded. */
  data: z.nullable(
    z.object({
      status: z.enum(["publishing", "published", "failed"]),
      message: z.string(),
      at: z.nullable(time)
    })
  )
});
export interface Run extends z.output<typeof run> {}

/** Answer of `GET flows/:key/runs`, newest first. */
export const runList = z.object({runs: z.array(run)});
export interface RunList extends z.output<typeof runList> {}
