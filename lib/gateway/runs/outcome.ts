// How a run ended, as pages see it.
import type {Flow, RunLog} from "../../client/index.js";
import type {Run} from "../../gateway-api/index.js";
import type {Flows} from "./flows.js";

export type Outcome = Pick<Run, "status" | "message" | "facet">;

/** Longest text that pages get with a run, in UTF-16 code units: every change of a run goes to every page. */
const longest = 10_000;

export const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** An outcome that isn't from the platform's log. */
export const endWithoutLog = (status: "failed" | "lost", message: string): Outcome => ({
  status,
  message: shortened(message),
  facet: null
});

function whyFailed(status: RunLog["status"], message: string): string {
  if (status === "FAILED") return message || "The platform gave no reason.";
  const unknown = `The run ended as ${JSON.stringify(status)}, which this version of ikigai-kit doesn't know.`;
  return shortened(message ? `${unknown} The platform says: ${message}` : unknown);
}

/** What the platform's log says, with the name and type of the facet that failed. */
export async function outcomeOf(
  log: RunLog,
  flow: Flow,
  flows: Flows,
  signal: AbortSignal
): Promise<Outcome> {
  const message = shortened(log.data);
  if (log.status === "SUCCESS") return {status: "done", message, facet: null};
  if (log.status === "STOPPED") return {status: "stopped", message, facet: null};
  const {erroneousFacetId: facetId} = log;
  const outcome = {status: "failed", message: whyFailed(log.status, message)} as const;
  if (!facetId) return {...outcome, facet: null};
  // That the run failed is what matters, even if the platform can't say now what the facet is called.
  const graph = await flows.graphOf(flow, {signal}).catch(() => undefined);
  const {name = "", type = ""} = graph?.facets.find((facet) => facet.facetId === facetId) ?? {};
  return {...outcome, facet: {facetId, name, type}};
}
