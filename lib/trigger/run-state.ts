// How far a run is, and which of two reports on it is the later one.
import type {Run} from "../gateway-api/index.js";
import {hasEnded} from "../gateway-api/has-ended.js";

/** Whether nothing more will come: it has ended, and what it wrote is published or couldn't be. */
export const isOver = (run: Run) => hasEnded(run) && run.data?.status !== "publishing";

/** Answers and events overtake each other: a run never goes back. */
export const isNewer = (run: Run, known: Run) => stage(run) >= stage(known);

function stage(run: Run): number {
  if (isOver(run)) return 4;
  if (hasEnded(run)) return 3;
  return {queued: 0, scheduled: 1, running: 2}[run.status as "queued" | "scheduled" | "running"];
}

/** Whether two reports say the same. */
export const isSame = (run: Run, other: Run) => JSON.stringify(run) === JSON.stringify(other);

/** A facet as a person knows it: by its name and kind. */
export const facetName = ({name, type, facetId}: NonNullable<Run["facet"]>) =>
  name ? `"${name}"${type && ` (${type})`}` : type ? `a facet of kind ${type}` : `facet ${facetId}`;
