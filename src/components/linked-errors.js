// Errors by month, version, months ahead and sector, each chart filtered by what is chosen in the others. Mosaic asks the page's
// database; until it is open, the same charts stand there from a small file.
/* global MutationObserver, ResizeObserver */
import {html} from "npm:htl";
import * as Inputs from "npm:@observablehq/inputs";
import * as Plot from "npm:@observablehq/plot";
import {clausePoint, makeClient} from "npm:@uwdata/mosaic-core";
import {count, div, sum} from "npm:@uwdata/mosaic-sql";
import * as vg from "npm:@uwdata/vgplot";
import {connector} from "npm:ikigai-kit/database";
import {formatInteger, formatMonth, formatShare} from "./format.js";

/** The charts: what each is by, what can be done in it, its height in pixels, and whether its bars are names. */
const views = [
  {by: "month", title: "By month", hint: "Drag to choose months.", height: 180, isWide: true},
  {by: "version", title: "By version", hint: "Click a bar to choose a version.", height: 150, hasNames: true},
  {by: "horizon", title: "By months ahead", hint: "Drag to choose.", height: 180},
  {
    by: "sector",
    title: "By sector",
    hint: "Click a bar to choose a sector.",
    height: 418,
    hasNames: true,
    isTall: true
  }
];

const color = "var(--theme-foreground-focus)";

/** A ratio of sums, which Mosaic can sum up ahead for each step of a brush. */
const wape = () => div(sum("error"), sum("actual"));

/**
 * The four charts and what they say together. `overview` has rows of `dimension`, `key`, `error` and `actual`, summed up: what is drawn
 * until `start` has been called and the database is open. `db` has a table `forecast`.
 */
export function linkedErrors({db, overview, invalidation}) {
  const coordinator = new vg.Coordinator(connector(db), {logger: null});
  const api = vg.createAPIContext({coordinator});
  /** The names that are chosen, by view, and all choices together. */
  const named = {version: vg.Selection.single(), sector: vg.Selection.single()};
  const brush = vg.Selection.crossfilter({include: Object.values(named)});
  const cards = views.map((view) =>
    cardOf(
      view,
      overview.filter((row) => row.dimension === view.by)
    )
  );
  const menus = cards.filter(({hasNames}) => hasNames).map((card) => menu(card, named[card.by]));
  const summary = html`<p class="remark" role="status">All forecasts</p>`;
  const reset = html`<button type="button" disabled>Show all</button>`;
  reset.onclick = () => {
    brush.reset();
    for (const selection of Object.values(named)) selection.reset();
    for (const {element} of menus) element.value = "";
  };

  async function start() {
    await db.query(`CREATE OR REPLACE TEMP VIEW errors AS
      SELECT month, version, horizon, sector, abs(actual - forecast) AS error, abs(actual) AS actual
      FROM forecast WHERE actual IS NOT NULL`);
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
      cards.map(async (card) => {
        const plot = linkedPlot(api, brush, named[card.by], card);
        await follow(plot, card);
        menus.find(({by}) => by === card.by)?.enable(plot.value);
      })
    );
    reset.disabled = false;
  }
  invalidation.then(() => coordinator.clear());

  const [wide, tall, others] = [
    cards.filter(({isWide}) => isWide),
    cards.filter(({isTall}) => isTall),
    cards.filter(({isWide, isTall}) => !isWide && !isTall)
  ].map((group) => group.map(({element}) => element));
  const element = html`<div>
    <div class="card controls">
      ${menus.map(({element}) => element)}
      <div>${reset}</div>
    </div>
    ${summary} ${wide}
    <div class="grid grid-cols-2 linked">
      <div>${others}</div>
      ${tall}
    </div>
  </div>`;
  return {element, start};
}

function cardOf({...view}, rows) {
  view.names = rows.map(({key}) => key).sort();
  const figure = html`<div style=${{minHeight: `${view.height}px`}}></div>`;
  // The width is known once the card is in the page.
  const observer = new ResizeObserver(() => {
    if (!figure.clientWidth) return;
    observer.disconnect();
    figure.append(firstPicture(view, rows, figure.clientWidth));
  });
  observer.observe(figure);
  const element = html`<div class="card">
    <h2>${view.title}</h2>
    <h3>Weighted MAPE. ${view.hint}</h3>
    ${figure}
  </div>`;
  return {...view, figure, element};
}

/** A menu that chooses one of a card's names, for keys and thumbs. */
function menu({by, names}, selection) {
  const label = by[0].toUpperCase() + by.slice(1);
  const element = Inputs.select(["", ...names], {label, format: (name) => name || "All", disabled: true});
  const select = element.querySelector("select");
  return {
    by,
    element,
    enable(plot) {
      select.disabled = false;
      const source = {}; // by which Mosaic tells one choice from another
      // Its own chart goes on to show all names.
      element.addEventListener("input", () =>
        selection.update(clausePoint(by, element.value || undefined, {source, clients: plot.markSet}))
      );
    }
  };
}

/** Names need some six pixels a letter. */
const marginsOf = ({hasNames, names}) => ({
  marginLeft: hasNames ? 16 + 6 * Math.max(...names.map((name) => name.length)) : 44,
  marginRight: 20,
  marginTop: 10,
  marginBottom: 34
});

function linkedPlot(api, brush, clicked, view) {
  const {by, height, hasNames, figure} = view;
  const from = api.from("errors", {filterBy: brush});
  const frame = Object.entries({
    ...marginsOf(view),
    width: figure.clientWidth,
    height,
    xLabel: null,
    yLabel: null
  });
  const attributes = frame.map(([name, value]) => api[name](value));
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

/** The same picture, drawn from the small file. */
function firstPicture(view, rows, width) {
  const {by, height, hasNames, title} = view;
  const keyOf = {month: (key) => new Date(key), horizon: Number}[by] ?? String;
  const data = rows
    .map(({key, error, actual}) => ({key: keyOf(key), wape: error / actual}))
    .sort((a, b) => a.key - b.key);
  const named = (svg) => {
    name(svg, title, data);
    return svg;
  };
  const percent = {tickFormat: "%", label: null, grid: true};
  const frame = {...marginsOf(view), width, height};
  if (hasNames) {
    const bars = Plot.barX(data, {y: "key", x: "wape", fill: color, sort: {y: "-x"}});
    return named(Plot.plot({...frame, x: percent, y: {label: null}, marks: [bars]}));
  }
  const channels = {x: "key", y: "wape"};
  const marks = [
    Plot.areaY(data, {...channels, fill: color, fillOpacity: 0.25}),
    Plot.lineY(data, {...channels, stroke: color})
  ];
  return named(Plot.plot({...frame, x: {label: null}, y: percent, marks}));
}

/** Puts Mosaic's plot into its card once it is drawn, has it follow the card's width, and keeps its description true. */
const follow = (plot, {hasNames, title, figure}) =>
  new Promise((resolve) => {
    new MutationObserver(() => {
      const svg = plot.querySelector("svg");
      if (!svg) return;
      const [{data, channelField}] = plot.value.marks;
      const [key, value] = (hasNames ? ["y", "x"] : ["x", "y"]).map(
        (channel) => data.columns[channelField.call(plot.value.marks[0], channel).as]
      );
      name(
        svg,
        title,
        Array.from(key, (key, i) => ({key, wape: value[i]}))
      );
      if (plot.parentElement) return;
      figure.replaceChildren(plot); // the first picture stays until this one is there
      new ResizeObserver(() => {
        if (!figure.clientWidth || !plot.value.setAttribute("width", figure.clientWidth)) return;
        plot.value.update();
      }).observe(figure);
      resolve();
    }).observe(plot, {childList: true});
  });

/** What screen readers say of a chart. */
function name(svg, title, rows) {
  const [first, last] = [rows.toSorted((a, b) => b.wape - a.wape)].flatMap((sorted) => [
    sorted[0],
    sorted.at(-1)
  ]);
  const tell = ({key, wape}) => `${key instanceof Date ? formatMonth(key) : key}: ${formatShare(wape)}`;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Weighted MAPE, ${title.toLowerCase()}`);
  svg.setAttribute(
    "aria-description",
    rows.length ? `Largest at ${tell(first)}; smallest at ${tell(last)}.` : "Nothing to show."
  );
}
