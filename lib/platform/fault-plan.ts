// What a plan of faults may say.
import {z} from "zod";

const milliseconds = z.number().min(0).max(600_000);

const hit = {
  /** Requests whose path begins with this are hit. */
  path: z.string().default("/"),
  /** How likely each of them is, 0 to 1. */
  chance: z.number().min(0).max(1).default(1),
  /** How many are hit at most. */
  times: z.number().int().positive().optional()
};

const rule = z.discriminatedUnion("kind", [
  /** The answer comes late. */
  z.object({...hit, kind: z.literal("latency"), ms: milliseconds}),
  /** 429, come again in so many seconds. */
  z.object({...hit, kind: z.literal("throttle"), retryAfter: z.number().min(0).default(1)}),
  /** The platform fails. */
  z.object({...hit, kind: z.literal("error"), status: z.number().int().min(500).max(599).default(500)}),
  /** The connection breaks before anything is answered. */
  z.object({...hit, kind: z.literal("drop")}),
  /** The connection breaks after so many bytes of the body, by default half of it. */
  z.object({...hit, kind: z.literal("truncate"), bytes: z.number().int().min(0).optional()}),
  /** The body comes slowly. */
  z.object({...hit, kind: z.literal("trickle"), bytesPerSecond: z.number().positive()}),
  /** A signed URL has expired. */
  z.object({...hit, path: z.string().default("/object-store/"), kind: z.literal("expire")}),
  /** The body is JSON that breaks off, though the answer says it is whole. */
  z.object({...hit, kind: z.literal("malformed")}),
  /** Another answer than the true one: a download that stays IN_PROGRESS, a run that never ends, a log without it. */
  z.object({
    ...hit,
    kind: z.literal("answer"),
    status: z.number().int().min(200).max(599).default(200),
    body: z.unknown()
  })
]);

/** Checks a plan, and fills in what it leaves out. */
export const faultPlan = z.object({
  seed: z.number().int().default(1),
  rules: z.array(rule).default([])
});

export type FaultRule = z.output<typeof rule>;
export type FaultRuleOf<Kind extends FaultRule["kind"]> = Extract<FaultRule, {kind: Kind}>;

/** The faults; see the kinds of the rules. */
export interface FaultPlan extends z.input<typeof faultPlan> {}
