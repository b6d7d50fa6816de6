// Errors by month, version, months ahead and sector: drawn at once from a small file, and linked when DuckDB is there, so that each
// chart is filtered by what is chosen in the others.
import {html} from "npm:htl";
import * as Inputs from "npm:@observablehq/inputs";
import * as Plot from "npm:@observablehq/plot";
import {picture} from "npm:ikigai-kit/page";
import {describeErrors} from "./describe-errors.js";

/** The charts: what each is by, its height in pixels, and whether its bars are names. */
const views = [
  {by: "month", title: "By month", height: 180},
  {by: "version", title: "By version", height: 150, hasNames: true},
  {by: "horizon", title: "By months ahead", height: 180},
  {by: "sector", title: "By sector", height: 418, hasNames: true}
];

const color = "var(--theme-foreground-focus)";

/**
 * The four charts by what they are by (`month`, `version`, `horizon`, `sector`), `menus` of versions and sectors, a `summary` of what
 * is chosen and a button that chooses all. `overview` has rows of `dimension`, `key`, `error` and `actual`, summed up.
 */
export function linkedErrors({overview, invalidation}) {
  const charts = views.map((view) => {
    const rows = overview.filter(({dimension}) => dimension === view.by);
    const chart = {...view, color, names: rows.map(({key}) => key).sort()};
    chart.margins = marginsOf(chart);
    chart.element = picture((width) => chart.linked?.(width) ?? firstPicture(chart, rows, width), {
      height: chart.height,
      invalidation
    });
    return chart;
  });
  const menus = charts.filter(({hasNames}) => hasNames).map(menu);
  const summary = html`<p class="remark" role="status">All forecasts</p>`;
  const reset = html`<button type="button" disabled>Show all</button>`;

  /** Links the charts. `db` has a table `forecast`. Mosaic is fetched only now. */
  async function link(db) {
    try {
      const {linkPlots} = await import("./link-plots.js");
      await linkPlots({db, charts, menus, summary, reset, invalidation});
    } catch (error) {
      summary.textContent = `The charts can’t be linked: ${error.message}`;
      throw error;
    }
  }
  const byName = Object.fromEntries(charts.map(({by, element}) => [by, element]));
  return {...byName, menus: menus.map(({element}) => element), summary, reset, link};
}

/** A menu that chooses one of a chart's names, for keys and thumbs; off until the charts are linked. */
function menu({by, names}) {
  const label = by[0].toUpperCase() + by.slice(1);
  const element = Inputs.select(["", ...names], {label, format: (name) => name || "All", disabled: true});
  return {by, element};
}

/** Names need some six pixels a letter. */
const marginsOf = ({hasNames, names}) => ({
  marginLeft: hasNames ? 16 + 6 * Math.max(...names.map((name) => name.length)) : 44,
  marginRight: 20,
  marginTop: 10,
  marginBottom: 34
});

function firstPicture(chart, rows, width) {
  const {by, height, hasNames, margins} = chart;
  const keyOf = {month: (key) => new Date(key), horizon: Number}[by] ?? String;
  const data = rows
    .map(({key, error, actual}) => ({key: keyOf(key), wape: error / actual}))
    .sort((a, b) => a.key - b.key);
  const percent = {tickFormat: "%", label: null, grid: true};
  const frame = {...margins, width, height};
  const bars = () => [Plot.barX(data, {y: "key", x: "wape", fill: color, sort: {y: "-x"}})];
  const line = (channels) => [
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
