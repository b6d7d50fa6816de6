// A statement that a page asks the gateway to answer.
import * as z from "../zod/index.js";

const param = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Body of `POST query`, which is answered with an Arrow IPC stream, or refused. */
export const query = z.strictObject({
  /** The URL paths of each table's files, as the page has them; its rows come in their order. One path stands for a list of one. */
  files: z.record(
    z.string().min(1),
    z.union([z.string().transform((path) => [path]), z.array(z.string()).min(1)])
  ),
  /** One SELECT statement. */
  text: z.string(),
  /** A value for each `?` of the text. */
  params: z.array(param).default([]),
  /** Statements that create what the text calls, such as macros. */
  setup: z.array(z.string()).default([])
});
export interface Query extends z.output<typeof query> {}
/** A value that is bound to a statement. */
export type QueryParam = z.output<typeof param>;
