// What a flow does and how its last runs went, kept up to date: its graph, and the runs as a picture and a table.
/* global ResizeObserver */
import {html} from "npm:htl";
import {flowGraph, runHistory} from "npm:ikigai-kit/charts";
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
  const picture = drawn((width) => (runs.length ? runHistory(runs, {width}) : none), invalidation);
  table.hidden = true;

  const failing = () => (runs[0]?.status === "failed" ? runs[0].facet?.facetId : undefined);
  const definition = drawn(
    (width) => flowGraph(graph, {width, failing: failing(), ariaLabel: "What it does"}),
    invalidation
  );

  void (async () => {
    for await (const newest of history) {
      const failed = failing();
      runs = newest;
      picture.draw();
      table.hidden = !runs.length;
      table.show(runs);
      if (failing() !== failed) definition.draw();
    }
  })();
  return {runs: html`<div>${picture}${table}</div>`, graph: definition};
}

/**
 * An element that holds what `render(width)` draws, again when its width changes or `draw` is called. Unlike Framework's `resize` it
 * stays in the page between two pictures, so that nothing jumps.
 */
export function drawn(render, invalidation) {
  const element = html`<div></div>`;
  let width = 0;
  let latest = 0;
  async function draw() {
    if (!width) return;
    const mine = ++latest;
    const child = await render(width);
    if (mine === latest) element.replaceChildren(child);
  }
  const observer = new ResizeObserver(([{contentRect}]) => {
    if (contentRect.width === width) return;
    width = contentRect.width;
    void draw();
  });
  observer.observe(element);
  invalidation.then(() => observer.disconnect());
  return Object.assign(element, {draw});
}
