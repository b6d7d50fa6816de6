// Has Mosaic draw the charts of errors and filter each by what is chosen in the others. It asks the page's database. Imported only when
// the first pictures are there: Mosaic is large.
import {clausePoint, makeClient} from "npm:@uwdata/mosaic-core";
import {count, div, sum} from "npm:@uwdata/mosaic-sql";
import * as vg from "npm:@uwdata/vgplot";
import {connector, type Database} from "npm:ikigai-kit/database";
import {describeErrors, type ErrorByKey} from "./describe-errors.js";
import type {ErrorChart, ErrorMenu} from "./error-chart.js";
import {formatInteger, formatShare} from "./format.js";
import {arePartsSql} from "./sectors.js";

/** What this uses of vgplot, whose functions have no types: each makes a part of a plot, and `plot` puts them together. */
type Part = (...values: unknown[]) => object;
type Parts = "from" | "areaY" | "lineY" | "barX" | "intervalX" | "toggleY" | "highlight";
type Attributes =
  "xTickFormat" | "yTickFormat" | "xGrid" | "yGrid" | "width" | "height" | "xLabel" | "yLabel";
type Margins = keyof ErrorChart["margins"];
type Context = Record<Parts | Attributes | Margins, Part> & {plot(...parts: object[]): Plot};
type Selection = ReturnType<typeof vg.Selection.single>;

/** What this uses of a plot of Mosaic's, which has no types of its own for it. */
interface Plot extends HTMLElement {
  value: {
    setAttribute(name: "width", value: number): boolean;
    update(): void;
    marks: {
      data: {columns: Record<string, ArrayLike<unknown>>};
      channelField(channel: string): {as: string};
    }[];
    markSet: Set<never>;
  };
}

interface Totals {
  toArray(): {wape: number; n: number | bigint}[];
}

interface Links {
  db: Database;
  charts: ErrorChart[];
  menus: ErrorMenu[];
  summary: HTMLElement;
  reset: HTMLButtonElement;
  invalidation: Promise<unknown>;
}

/** A ratio of sums, which Mosaic can sum up ahead for each step of a brush. */
const wape = () => div(sum("error"), sum("actual"));

/** Replaces the charts' first pictures, and resolves when all are there. See linked-errors.ts for what it is given. */
export async function linkPlots({db, charts, menus, summary, reset, invalidation}: Links): Promise<void> {
  await db.query(`CREATE OR REPLACE TEMP VIEW errors AS
    SELECT month, version, horizon, sector, abs(actual - forecast) AS error, abs(actual) AS actual
    FROM forecast WHERE actual IS NOT NULL AND ${arePartsSql}`);
  const coordinator = new vg.Coordinator(connector(db), {logger: null});
  void invalidation.then(() => coordinator.clear());
  const api = vg.createAPIContext({coordinator}) as Context;
  /** The names that are chosen, by chart, and all choices together. */
  const named: Record<string, Selection> = Object.fromEntries(
    menus.map(({by}) => [by, vg.Selection.single()])
  );
  const brush = vg.Selection.crossfilter({include: Object.values(named)});

  makeClient({
    coordinator,
    selection: brush,
    query: (filter) => vg.Query.from("errors").select({wape: wape(), n: count()}).where(filter),
    queryResult: (answer) => {
      const {wape, n} = (answer as Totals).toArray()[0]!;
      summary.textContent = n
        ? `${formatShare(wape)} weighted MAPE of ${formatInteger(Number(n))} forecasts`
        : "No forecast fits what is chosen";
    }
  });
  await Promise.all(
    charts.map(async (chart) => {
      const plot = plotOf(api, brush, named[chart.by], chart);
      await firstDrawing(plot, chart);
      chart.linked = (width: number) => {
        if (plot.value.setAttribute("width", width)) plot.value.update();
        return plot;
      };
      await chart.element.draw();
      const menu = menus.find(({by}) => by === chart.by);
      if (menu) enable(menu, named[chart.by]!, plot.value);
    })
  );
  reset.onclick = () => {
    brush.reset();
    for (const selection of Object.values(named)) selection.reset();
    for (const {element} of menus) element.value = "";
  };
  reset.disabled = false;
}

function enable({by, element}: ErrorMenu, selection: Selection, plot: Plot["value"]): void {
  element.querySelector("select")!.disabled = false;
  const source = {}; // by which Mosaic tells one choice from another
  // Its own chart goes on to show all names.
  element.addEventListener("input", () =>
    selection.update(clausePoint(by, element.value || undefined, {source, clients: plot.markSet}))
  );
}

function plotOf(api: Context, brush: Selection, clicked: Selection | undefined, chart: ErrorChart): Plot {
  const {by, height, hasNames, margins, color, element} = chart;
  const from = api.from("errors", {filterBy: brush});
  const frame = {...margins, width: element.clientWidth, height, xLabel: null, yLabel: null};
  const attributes = Object.entries(frame).map(([name, value]) => api[name as keyof typeof frame](value));
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
const firstDrawing = (plot: Plot, chart: ErrorChart) =>
  new Promise<void>((resolve) => {
    new MutationObserver(() => {
      const svg = plot.querySelector("svg");
      if (!svg) return;
      const mark = plot.value.marks[0]!;
      const valuesOf = (channel: string) => mark.data.columns[mark.channelField(channel).as]!;
      const [keys, values] = chart.hasNames ? [valuesOf("y"), valuesOf("x")] : [valuesOf("x"), valuesOf("y")];
      const rows = Array.from(keys, (key, i) => ({key, wape: values[i]}) as ErrorByKey);
      describeErrors(svg, chart, rows);
      resolve();
    }).observe(plot, {childList: true});
  });
