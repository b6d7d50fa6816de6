// The error of each version over all its forecasts: a bar for each, the best first.
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
import type {Format} from "./format.js";
import {drawable, emptyFrame, frame, room} from "./frame.js";
import {colorsOf} from "./palette.js";
import {referenceMark} from "./reference.js";
import type {Value} from "./values.js";

/** Options of `errorByVersion`: the names of the data's columns, and how they are drawn. */
export interface ErrorByVersionOptions extends ErrorOptions {
  /** The version of each forecast; "version" if left out. */
  version?: Value;
}

/**
 * A chart of a measure for each version, the best one first. The data has a row for each forecast, from which it computes the
 * measure; or, with `value`, a row for each version.
 */
export function errorByVersion(
  data: Data,
  {
    version = "version",
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
  }: ErrorByVersionOptions = {}
): HTMLElement {
  width = drawable(width);
  const described = description(measure);
  const {label} = described;
  const names = versionsOf(data, version);
  const rows = errorRows(data, {version: names}, {measure, value, actual, forecast, lower, upper, scale});
  if (!rows.length) return emptyFrame({width, height: height ?? 120, ...options});
  rows.sort(betterFirst(described, reference));
  const {format, tick} = errorFormats(described, rows);
  const order = rows.map((row) => row.version);
  const signed = rows.some((row) => row.value < 0);
  const labelRoom = room(rows.map((row) => format(row.value))) + 8;
  return frame({
    ariaLabel: `${label} by version`,
    ariaDescription: rows.map((row) => `${row.version}: ${format(row.value)}`).join("; ") + ".",
    marginTop: 24,
    marginBottom: 4,
    marginLeft: Math.min(room(order) + 16, Math.round(width * 0.4)),
    marginRight: labelRoom,
    ...options,
    color: colorsOf(order, options.color).scale,
    width,
    height: height ?? 28 + order.length * 28,
    x: {
      axis: "top",
      ticks: 0,
      label,
      labelAnchor: "left",
      labelArrow: "none",
      insetLeft: signed ? labelRoom : 0,
      ...options.x
    },
    y: {label: null, tickSize: 0, domain: order, padding: 0.3, ...options.y},
    marks: [
      Plot.barX(rows, {x: "value", y: "version", fill: "version"}),
      Plot.ruleX([0]),
      reference === undefined ? null : referenceMark(reference, tick),
      ...valueLabels(rows, format),
      ...marks
    ]
  });
}

/** The values at the ends of the bars. */
function valueLabels(rows: ErrorRow[], format: Format<number>): Plot.RenderableMark[] {
  const label = {x: "value", y: "version", text: (row: ErrorRow) => format(row.value)};
  const halo = {fill: "currentColor", stroke: "var(--plot-background)", strokeWidth: 3};
  const above = rows.filter(({value}) => value >= 0);
  const below = rows.filter(({value}) => value < 0);
  return [
    Plot.text(above, {...label, ...halo, textAnchor: "start", dx: 6}),
    Plot.text(below, {...label, ...halo, textAnchor: "end", dx: -6})
  ];
}
