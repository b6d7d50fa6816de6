// Whether a run has ended. In a file without schemas, so that a page that needs only this doesn't load zod.
import type {Run} from "./run.js";

/** Whether a run has ended. What it wrote may still be on its way to the pages. */
export const hasEnded = ({status}: Pick<Run, "status">) =>
  status === "done" || status === "failed" || status === "stopped" || status === "lost";
