// Whether a run is at its end. Apart from the schemas, so that a page that asks this needs no zod.
import type {Run} from "./run.js";

/** Whether a run has come to an end. What it wrote may still be on its way to the pages. */
export const hasEnded = ({status}: Pick<Run, "status">) =>
  status === "done" || status === "failed" || status === "stopped" || status === "lost";
