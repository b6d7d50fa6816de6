// How a run ended, as pages are told.
import type {Flow, RunLog} from "../../client/index.js";
import type {Run} from "../../gateway-api/index.js";
import type {Flows} from "./flows.js";

export type Outcome = Pick<Run, "status" | "message" | "facet">;

/** Longest text that pages are told of a run, in UTF-16 code units: every change of it goes to every page. */
const longest = 10_000;

export const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** An end that the platform's log says nothing of. */
export const ended = (status: "failed" | "lost", message: string): Outcome => ({
  status,
  message: cut(message),
  facet: null
});

/** What the platform's log says, with the facet to blame as a person knows it. */
export async function outcomeOf(
  log: RunLog,
  flow: Flow,
  flows: Flows,
  signal: AbortSignal
): Promise<Outcome> {
  const message = cut(log.data);
  if (log.status === "SUCCESS") return {status: "done", message, facet: null};
  if (log.status === "STOPPED") return {status: "stopped", message, facet: null};
  const {erroneousFacetId: facetId} = log;
  const outcome = {status: "failed", message: message || "The platform gave no reason."} as const;
  if (!facetId) return {...outcome, facet: null};
  // That the run failed is what matters, even if the platform can't say now what the facet is called.
  const graph = await flows.graphOf(flow, {signal}).catch(() => undefined);
  const {name = "", type = ""} = graph?.facets.find((facet) => facet.facetId === facetId) ?? {};
  return {...outcome, facet: {facetId, name, type}};
}
