// What the gateway's one stream of events carries to each page.
import * as z from "../zod/index.js";
import {run} from "./run.js";

/** Data that has been published: `files` gives for each name that pages use (`data/x.parquet`) the URL path where it is now. */
export const publication = z.object({
  at: z.iso.datetime(),
  files: z.record(z.string(), z.string()),
  /** The run that wrote it. */
  run: z.nullable(z.string())
});
export interface Publication extends z.output<typeof publication> {}

/** First event of a stream that doesn't resume another: the runs under way, and what was published last. */
export const hello = z.object({runs: z.array(run), publication: z.nullable(publication)});
export interface Hello extends z.output<typeof hello> {}

/** The stream's events by name: each `run` event carries the whole run as it stands then. */
export const events = {hello, run, publication};
