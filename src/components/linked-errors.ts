// Errors by month, version, months ahead and sector: drawn at once from a small file, and linked when DuckDB is there, so that each
// chart is filtered by what is chosen in the others.
import {html} from "npm:htl";
import * as Inputs from "npm:@observablehq/inputs";
import * as Plot from "npm:@observablehq/plot";
import type {Database} from "npm:ikigai-kit/database";
import {picture, type Picture} from "npm:ikigai-kit/page";
import {describeErrors} from "./describe-errors.js";
import type {ErrorChart, ErrorMenu, ErrorView} from "./error-chart.js";

/** A row of the small file: errors and actual values summed up, by one dimension. */
interface ErrorSum {
  dimension: string;
  key: string;
  error: number;
  actual: number;
}

const views: ErrorView[] = [
  {by: "month", title: "By month", height: 180},
  {by: "version", title: "By version", height: 150, hasNames: true},
  {by: "horizon", title: "By months ahead", height: 180},
  {by: "sector", title: "By sector", height: 418, hasNames: true}
];

const color = "var(--theme-foreground-focus)";

/** "v2" comes before "v10". */
const byName = new Intl.Collator("en", {numeric: true}).compare;

/**
 * The four charts by what they are by (`month`, `version`, `horizon`, `sector`), `menus` of versions and sectors, a `summary` of what
 * is chosen and a button that chooses all. `overview` has rows of `dimension`, `key`, `error` and `actual`, summed up.
 */
export function linkedErrors({
  overview,
  invalidation
}: {
  overview: ErrorSum[];
  invalidation: Promise<unknown>;
}) {
  const charts = views.map((view): ErrorChart => {
    const rows = overview.filter(({dimension}) => dimension === view.by);
    const names = rows.map(({key}) => key).sort(byName);
    const draw = (width: number) => chart.linked?.(width) ?? firstPicture(chart, rows, width);
    const element = picture(draw, {height: view.height, invalidation});
    const chart: ErrorChart = {...view, color, names, margins: marginsOf(view, names), element};
    return chart;
  });
  const menus = charts.filter(({hasNames}) => hasNames).map(menu);
  const summary = html`<p class="remark" role="status">All forecasts</p>`;
  const reset = html`<button type="button" disabled>Show all</button>` as HTMLButtonElement;

  /** Links the charts. `db` has a table `forecast`. Mosaic is fetched only now. */
  async function link(db: Database): Promise<void> {
    if (!overview.length) {
      summary.textContent = "";
      return;
    }
    try {
      const {linkPlots} = await import("./link-plots.js");
      await linkPlots({db, charts, menus, summary, reset, invalidation});
    } catch (error) {
      summary.textContent = `The charts can’t be linked: ${(error as Error).message}`;
      throw error;
    }
  }
  const elements = Object.fromEntries(charts.map(({by, element}) => [by, element])) as Record<
    ErrorView["by"],
    Picture
  >;
  return {...elements, menus: menus.map(({element}) => element), summary, reset, link};
}

/** A menu that chooses one of a chart's names, for keys and thumbs; off until the charts are linked. */
function menu({by, names}: ErrorChart): ErrorMenu {
  const label = by.charAt(0).toUpperCase() + by.slice(1);
  const format = (name: string) => name || "All";
  return {by, element: Inputs.select(["", ...names], {label, format, disabled: true})};
}

/** Names need some six pixels a letter. */
const marginsOf = ({hasNames}: ErrorView, names: string[]) => ({
  marginLeft: hasNames ? 16 + 6 * Math.max(0, ...names.map((name) => name.length)) : 44,
  marginRight: 20,
  marginTop: 10,
  marginBottom: 34
});

function firstPicture(chart: ErrorChart, rows: ErrorSum[], width: number): Element {
  if (!rows.length) return html`<p class="remark">No forecast can be compared with an actual value yet.</p>`;
  const {by, height, hasNames, margins} = chart;
  const keyOf: (key: string) => string | number | Date =
    by === "month" ? (key) => new Date(key) : by === "horizon" ? Number : String;
  const data = rows
    .map(({key, error, actual}) => ({key: keyOf(key), wape: error / actual}))
    .sort((a, b) => +a.key - +b.key);
  const percent = {tickFormat: "%", label: null, grid: true};
  const frame = {...margins, width, height};
  const bars = () => [Plot.barX(data, {y: "key", x: "wape", fill: color, sort: {y: "-x"}})];
  const line = (channels: {x: string; y: string}) => [
    Plot.areaY(data, {...channels, fill: color, fillOpacity: 0.25}),
    Plot.lineY(data, {...channels, stroke: color})
  ];
  const svg = Plot.plot(
    hasNames
      ? {...frame, x: percent, y: {label: null}, marks: bars()}
      : {...frame, x: {label: null}, y: percent, marks: line({x: "key", y: "wape"})}
  );
  describeErrors(svg, chart, data);
  return svg;
}
