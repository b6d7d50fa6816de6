// Has Mosaic draw the charts of errors and filter each by what is chosen in the others. It asks the page's database. Imported only when
// the first pictures are there: Mosaic is large.
/* global MutationObserver */
import {clausePoint, makeClient} from "npm:@uwdata/mosaic-core";
import {count, div, sum} from "npm:@uwdata/mosaic-sql";
import * as vg from "npm:@uwdata/vgplot";
import {connector} from "npm:ikigai-kit/database";
import {describeErrors} from "./describe-errors.js";
import {formatInteger, formatShare} from "./format.js";

/** A ratio of sums, which Mosaic can sum up ahead for each step of a brush. */
const wape = () => div(sum("error"), sum("actual"));

/** Replaces the charts' first pictures, and resolves when all are there. See linked-errors.js for what it is given. */
export async function linkPlots({db, charts, menus, summary, reset, invalidation}) {
  await db.query(`CREATE OR REPLACE TEMP VIEW errors AS
    SELECT month, version, horizon, sector, abs(actual - forecast) AS error, abs(actual) AS actual
    FROM forecast WHERE actual IS NOT NULL`);
  const coordinator = new vg.Coordinator(connector(db), {logger: null});
  invalidation.then(() => coordinator.clear());
  const api = vg.createAPIContext({coordinator});
  /** The names that are chosen, by chart, and all choices together. */
  const named = Object.fromEntries(menus.map(({by}) => [by, vg.Selection.single()]));
  const brush = vg.Selection.crossfilter({include: Object.values(named)});

  makeClient({
    coordinator,
    selection: brush,
    query: (filter) => vg.Query.from("errors").select({wape: wape(), n: count()}).where(filter),
    queryResult: (answer) => {
      const [{wape, n}] = answer.toArray();
      summary.textContent = n
        ? `${formatShare(wape)} weighted MAPE of ${formatInteger(Number(n))} forecasts`
        : "No forecast fits what is chosen";
    }
  });
  await Promise.all(
    charts.map(async (chart) => {
      const plot = plotOf(api, brush, named[chart.by], chart);
      await firstDrawing(plot, chart);
      chart.linked = (width) => {
        if (plot.value.setAttribute("width", width)) plot.value.update();
        return plot;
      };
      await chart.element.draw();
      const menu = menus.find(({by}) => by === chart.by);
      if (menu) enable(menu, named[chart.by], plot.value);
    })
  );
  reset.onclick = () => {
    brush.reset();
    for (const selection of Object.values(named)) selection.reset();
    for (const {element} of menus) element.value = "";
  };
  reset.disabled = false;
}

function enable({by, element}, selection, plot) {
  element.querySelector("select").disabled = false;
  const source = {}; // by which Mosaic tells one choice from another
  // Its own chart goes on to show all names.
  element.addEventListener("input", () =>
    selection.update(clausePoint(by, element.value || undefined, {source, clients: plot.markSet}))
  );
}

function plotOf(api, brush, clicked, {by, height, hasNames, margins, color, element}) {
  const from = api.from("errors", {filterBy: brush});
  const frame = {...margins, width: element.clientWidth, height, xLabel: null, yLabel: null};
  const attributes = Object.entries(frame).map(([name, value]) => api[name](value));
  if (hasNames) {
    return api.plot(
      api.barX(from, {y: by, x: wape(), fill: color, sort: {y: "-x"}}),
      api.toggleY({as: clicked}),
      api.highlight({by: clicked}),
      api.xTickFormat("%"),
      api.xGrid(true),
      ...attributes
    );
  }
  return api.plot(
    api.areaY(from, {x: by, y: wape(), fill: color, fillOpacity: 0.25}),
    api.lineY(from, {x: by, y: wape(), stroke: color}),
    api.intervalX({as: brush}),
    api.yTickFormat("%"),
    api.yGrid(true),
    ...attributes
  );
}

/** Resolves when Mosaic has drawn the plot, and keeps its description true whenever it draws again. */
const firstDrawing = (plot, chart) =>
  new Promise((resolve) => {
    new MutationObserver(() => {
      const svg = plot.querySelector("svg");
      if (!svg) return;
      const [mark] = plot.value.marks;
      const [key, value] = (chart.hasNames ? ["y", "x"] : ["x", "y"]).map(
        (channel) => mark.data.columns[mark.channelField(channel).as]
      );
      const rows = Array.from(key, (key, i) => ({key, wape: value[i]}));
      describeErrors(svg, chart, rows);
      resolve();
    }).observe(plot, {childList: true});
  });
