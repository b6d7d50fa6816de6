// How a run ended, as pages see it, by what the platform's log says.
import {expect, it} from "vitest";
import type {Flow, RunLog} from "../../lib/client/index.js";
import type {Flows} from "../../lib/gateway/runs/flows.js";
import {outcomeOf} from "../../lib/gateway/runs/outcome.js";

const ended = (status: string, data = "", erroneousFacetId?: string) =>
  outcomeOf(
    {status, data, erroneousFacetId} as unknown as RunLog,
    {} as Flow,
    {
      graphOf: async () => ({facets: [{facetId: "f", name: "Total", type: "AGGREGATE"}]})
    } as unknown as Flows,
    new AbortController().signal
  );

it.each([
  ["SUCCESS", "", "done", ""],
  ["STOPPED", "by a user", "stopped", "by a user"],
  ["FAILED", "no such column", "failed", "no such column"],
  ["FAILED", "", "failed", "The platform gave no reason."],
  ["EVICTED", "", "failed", `The run ended as "EVICTED", which this version of ikigai-kit doesn't know.`],
  [
    "EVICTED",
    "no room",
    "failed",
    `The run ended as "EVICTED", which this version of ikigai-kit doesn't know. The platform says: no room`
  ]
])("%s with the text %j", async (status, text, outcome, message) => {
  expect(await ended(status, text)).toEqual({status: outcome, message, facet: null});
});

it("names the facet that failed", async () => {
  expect((await ended("FAILED", "no", "f")).facet).toEqual({facetId: "f", name: "Total", type: "AGGREGATE"});
});
