// How the gateway says no.
import * as z from "zod";

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
export type Refusal = z.output<typeof refusal>;
export type RefusalCode = Refusal["error"]["code"];
