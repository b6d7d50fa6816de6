// How the gateway says no.
import * as z from "zod";

/** What the gateway answers, with a status of 4xx or 5xx, instead of doing what it was asked. */
export const refusal = z.object({
  error: z.object({
    /** One word a program can go by. */
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
      "platform",
      "internal"
    ]),
    /** What is wrong and what mends it, for a person. */
    message: z.string(),
    /** For `variables`: by name what is wrong with each, to show beside its field. */
    faults: z.optional(z.record(z.string(), z.string()))
  })
});
export interface Refusal extends z.output<typeof refusal> {}
/** Why the gateway refuses. */
export type RefusalCode = Refusal["error"]["code"];
