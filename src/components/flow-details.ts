// What a flow does and how its last runs went, kept up to date: its graph, and the runs as a picture and a table.
import {html} from "npm:htl";
import {flowGraph, runHistory} from "npm:ikigai-kit/charts";
import type {FlowGraph, Run} from "npm:ikigai-kit/gateway-api";
import {picture} from "npm:ikigai-kit/page";
import type {FlowTrigger} from "npm:ikigai-kit/trigger";
import {runsTable} from "./runs-table.js";

/**
 * Two elements for a flow such as `trigger.flow("reforecast")`.
 * @param graph its definition
 * @param invalidation when to stop listening
 */
export function flowDetails(flow: FlowTrigger, graph: FlowGraph, invalidation: Promise<unknown>) {
  const history = flow.history();
  void invalidation.then(() => history.return());
  let runs: Run[] = [];

  const table = runsTable();
  const none = html`<p class="remark">Not run from here yet.</p>`;
  const past = picture((width) => (runs.length ? runHistory(runs, {width}) : none), {invalidation});
  table.hidden = true;

  const failing = () => (runs[0]?.status === "failed" ? runs[0].facet?.facetId : undefined);
  const definition = picture(
    (width) => flowGraph(graph, {width, failing: failing(), ariaLabel: "What it does"}),
    {invalidation}
  );

  async function follow(): Promise<void> {
    for await (const newest of history) {
      const failed = failing();
      runs = newest;
      void past.draw();
      table.hidden = !runs.length;
      table.show(runs);
      if (failing() !== failed) void definition.draw();
    }
  }
  void follow();
  return {runs: html`<div>${past}${table}</div>`, graph: definition};
}
