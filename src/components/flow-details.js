// What a flow does and how its last runs went, kept up to date: its graph, and the runs as a picture and a table.
import {html} from "npm:htl";
import {flowGraph, runHistory} from "npm:ikigai-kit/charts";
import {picture} from "npm:ikigai-kit/page";
import {runsTable} from "./runs-table.js";

/**
 * Two elements for a flow such as `trigger.flow("reforecast")`.
 * @param graph its definition
 * @param invalidation when to stop listening
 */
export function flowDetails(flow, graph, invalidation) {
  const history = flow.history();
  invalidation.then(() => history.return());
  let runs = [];

  const table = runsTable();
  const none = html`<p class="remark">It hasn't been run from here yet.</p>`;
  const past = picture((width) => (runs.length ? runHistory(runs, {width}) : none), {invalidation});
  table.hidden = true;

  const failing = () => (runs[0]?.status === "failed" ? runs[0].facet?.facetId : undefined);
  const definition = picture(
    (width) => flowGraph(graph, {width, failing: failing(), ariaLabel: "What it does"}),
    {invalidation}
  );

  void (async () => {
    for await (const newest of history) {
      const failed = failing();
      runs = newest;
      past.draw();
      table.hidden = !runs.length;
      table.show(runs);
      if (failing() !== failed) definition.draw();
    }
  })();
  return {runs: html`<div>${past}${table}</div>`, graph: definition};
}
