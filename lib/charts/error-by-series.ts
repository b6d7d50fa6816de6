// The error of each series: a row for each, with a dot for each version.
import * as Plot from "@observablehq/plot";
import type {Data} from "../metrics/column.js";
import {
  betterFirst,
  description,
  errorFormats,
  errorRows,
  versionsOf,
  type ErrorOptions,
  type ErrorRow
} from "./errors.js";
import {colorKey} from "./key.js";
import type {Format} from "./format.js";
import {capitalize, drawable, emptyFrame, frame, room} from "./frame.js";
import {colorsOf, muted} from "./palette.js";
import {referenceMark} from "./reference.js";
import {seriesTip, slices} from "./series-tip.js";
import {ifPresent, nameOf, texts, type Value} from "./values.js";

/** Options of `errorBySeries`: the names of the data's columns, and how they are drawn. */
export interface ErrorBySeriesOptions extends ErrorOptions {
  /** What identifies the series, such as the sector. */
  series?: Value;
  /** The column "version" if there is one. */
  version?: Value | undefined;
}

/**
 * A chart of a measure for each series, the hardest to forecast first, with a dot for each version. The data has a row for
 * each forecast, from which it computes the measure; or, with `value`, a row for each version and series.
 */
export function errorBySeries(
  data: Data,
  {
    series = "series",
    version = ifPresent(data, "version"),
    measure = "wape",
    value,
    actual,
    forecast,
    lower,
    upper,
    scale,
    reference,
    width = 640,
    height,
    marks = [],
    ...options
  }: ErrorBySeriesOptions = {}
): HTMLElement {
  width = drawable(width);
  const described = description(measure);
  const {label, better} = described;
  const by = {version: versionsOf(data, version), group: texts(data, series)};
  const rows = errorRows(data, by, {measure, value, actual, forecast, lower, upper, scale});
  if (!rows.length) return emptyFrame({width, height: height ?? 200, ...options});
  const merit = betterFirst(described, reference);
  rows.sort((a, b) => merit(b, a)); // the series whose worst version is worst comes first
  const order = [...new Set(rows.map((row) => row.group))];
  const best = order.map((group) => rows.findLast((row) => row.group === group)!);
  const colors = colorsOf(
    rows.map((row) => row.version),
    options.color
  );
  const several = colors.names.length > 1;
  const {format, tick} = errorFormats(described, rows);
  const marginLeft = Math.min(room(order.map(String)) + 16, Math.round(width * 0.42));
  return frame({
    ariaLabel: `${label} by ${nameOf(series)}`,
    ariaDescription: describe(best, format),
    marginTop: 40,
    marginBottom: 8,
    marginLeft,
    marginRight: 20,
    key: several ? colorKey(colors, "dot") : [],
    ...options,
    color: colors.scale,
    width,
    height: height ?? 48 + order.length * 22,
    x: {
      axis: "top",
      label,
      labelArrow: "none",
      labelAnchor: "left",
      grid: true,
      nice: true,
      zero: better !== undefined,
      tickSize: 0,
      tickFormat: tick,
      ticks: Math.max(3, Math.floor((width - marginLeft) / 80)),
      ...options.x
    },
    y: {type: "point", axis: null, domain: order, padding: 0.5, ...options.y},
    marks: [
      Plot.axisY({label: null, tickSize: 0, lineWidth: (marginLeft - 12) / 12, textOverflow: "ellipsis"}),
      Plot.ruleY(order, {stroke: "currentColor", strokeOpacity: 0.08}),
      reference === undefined ? null : referenceMark(reference, tick),
      several
        ? Plot.ruleY(
            rows,
            Plot.groupY({x1: "min", x2: "max"}, {x: "value", y: "group", stroke: muted, strokeWidth: 1.5})
          )
        : null,
      Plot.dot(rows, {
        x: "value",
        y: "group",
        fill: "version",
        r: 5,
        stroke: "var(--plot-background)",
        strokeWidth: 1
      }),
      seriesTip(slices(rows.map(({group, version, value}) => ({at: group, name: version || label, value}))), {
        along: "y",
        names: several ? colors.names : [colors.names[0] || label],
        colored: several ? colors.names : [],
        label: capitalize(nameOf(series)),
        position: String,
        format
      }),
      ...marks
    ]
  });
}

function describe(best: ErrorRow[], format: Format<number>): string {
  const [first, last] = [best[0]!, best.at(-1)!];
  const each = ({group, version, value}: ErrorRow) =>
    `${group}, ${format(value)}${version && ` by ${version}`}`;
  return `The best of each, from the hardest, ${each(first)}, to the easiest, ${each(last)}.`;
}
