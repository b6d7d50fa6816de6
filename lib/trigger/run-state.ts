// How far a run is, and which of two states of it is the later one.
import type {Run} from "../gateway-api/index.js";
import {hasEnded} from "../gateway-api/has-ended.js";

/** Whether it won't change any more: it has ended, and its data is published or couldn't be. */
export const isOver = (run: Run) => hasEnded(run) && run.data?.status !== "publishing";

/** Whether `run` is not an earlier state than `known`: answers and events can overtake each other. */
export const isNewer = (run: Run, known: Run) => stage(run) >= stage(known);

function stage(run: Run): number {
  if (isOver(run)) return 4;
  if (hasEnded(run)) return 3;
  return {queued: 0, scheduled: 1, running: 2}[run.status as "queued" | "scheduled" | "running"];
}

/** Whether two states are equal. */
export const isSame = (run: Run, other: Run) => JSON.stringify(run) === JSON.stringify(other);

/** A facet's name and type, as shown to a person. */
export const facetName = ({name, type, facetId}: NonNullable<Run["facet"]>) =>
  name ? `"${name}"${type && ` (${type})`}` : type ? `a facet of kind ${type}` : `facet ${facetId}`;
