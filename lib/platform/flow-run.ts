// The seam between the platform, which keeps the records, and the engine, which runs a flow and sees only what it is lent.
import type {Host, RunOptions, RunResult} from "./engine/index.js";

/** What a run is given. Its folder is empty, its own, and removed when it is over. */
export type FlowRun = Host &
  Required<Pick<RunOptions, "definition" | "variables" | "folder" | "signal" | "onProgress">>;

/** Runs a flow to its end, or throws: an error with a `facetId` blames that facet, in a sentence for the user. */
export type RunFlow = (run: FlowRun) => Promise<RunResult>;
