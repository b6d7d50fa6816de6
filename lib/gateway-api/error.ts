// How the gateway refuses a request.
import * as z from "../zod/index.js";

/** The gateway's answer, with a status of 4xx or 5xx, to a request that it refuses. */
export const refusal = z.object({
  error: z.object({
    /** One word that a program can check. */
    code: z.enum([
      "signin",
      "forbidden",
      "origin",
      "unknown",
      "variables",
      "definition",
      "invalid",
      "conflict",
      "toolarge",
      "toomany",
      "statement",
      "limit",
      "busy",
      "preview",
      "platform",
      "internal"
    ]),
    /** What is wrong and how to fix it, for a person. */
    message: z.string(),
    /** For `variables`: what is wrong with each, by name, to show beside its field. */
    faults: z.optional(z.record(z.string(), z.string()))
  })
});
export interface Refusal extends z.output<typeof refusal> {}
/** Why the gateway refuses. */
export type RefusalCode = Refusal["error"]["code"];
