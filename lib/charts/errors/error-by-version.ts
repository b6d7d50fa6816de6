// The error of each version over all its forecasts: a bar for each, the best first.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {contentsOf} from "../contents.js";
import {divideOptions, type ErrorOptions} from "./errors.js";
import {drawable, emptyFrame, frame, room} from "../frame.js";
import {textWidth} from "../labels.js";
import {nameAxis} from "../name-axis.js";
import {moreNote} from "../more-note.js";
import {barsOf, drawBars, tipOfBars, type Bars, type ErrorByVersionMarkOptions} from "./version-bars.js";

/** Options of `errorByVersion`: those of `errorByVersionMark`, and of the figure around it. */
export interface ErrorByVersionOptions extends ErrorByVersionMarkOptions, ErrorOptions {}

/**
 * A chart of a measure for each version, the best one first. The data has a row for each forecast, from which it computes the
 * measure; or, with `value`, a row for each version. Versions without a value are listed and say so.
 */
export function errorByVersion(
  data: Data,
  {
    version = "version",
    measure = "wape",
    limit = 40,
    first = "best",
    width = 640,
    height,
    marks = [],
    ...options
  }: ErrorByVersionOptions = {}
): HTMLElement {
  width = drawable(width);
  const {shown, figure} = divideOptions(options);
  const bars = barsOf(data, {...shown, version, measure, limit, first}, figure.color);
  const {rows, order, more, described, colors} = bars;
  const name = `${described.label} by version`;
  if (!rows.length) return emptyFrame({width, height: height ?? 120, name, ...figure});
  const names = nameAxis(order, String, {width, rowHeight: 28, height});
  const signed = rows.some((row) => row.value < 0);
  const labelRoom = room(rows.map(bars.text)) + 10;
  // A long label stands above the text of the reference.
  const above = shown.reference !== undefined && textWidth(described.label) > width / 3 ? 14 : 0;
  return frame({
    name,
    ariaDescription: describe(bars),
    contents: () => contentsOf(bars.slices, {...bars.tip, label: "Version", names: [described.label]}),
    marginTop: 24 + above,
    marginBottom: more ? 28 : 4,
    marginLeft: names.marginLeft,
    marginRight: rows.every((row) => row.value < 0) ? 8 : labelRoom,
    ...figure,
    color: colors.scale,
    width,
    height: height ?? 28 + above + order.length * names.rowHeight + (more ? 24 : 0),
    x: {
      axis: "top",
      ticks: 0,
      label: described.label,
      labelAnchor: "left",
      labelArrow: "none",
      insetLeft: signed ? labelRoom : 0,
      // Of zeros alone, a scale would put zero in its middle.
      ...(rows.every((row) => !row.value) && {domain: [0, 1]}),
      ...figure.x
    },
    y: {label: null, domain: order, padding: 0.3, ...figure.y},
    marks: [
      names.axis,
      ...drawBars(bars, shown.reference),
      more ? moreNote(more) : null,
      tipOfBars(bars),
      ...marks
    ]
  });
}

/**
 * The marks of `errorByVersion`, for a plot of your own: `Plot.plot({y: {label: null}, color: colorScale(versions), marks:
 * [errorByVersionMark(forecasts)]})`.
 */
export function errorByVersionMark(
  data: Data,
  {
    version = "version",
    measure = "wape",
    limit = Infinity,
    first = "best",
    ...options
  }: ErrorByVersionMarkOptions = {}
): Plot.CompoundMark {
  const bars = barsOf(data, {version, measure, limit, first, ...options});
  if (!bars.rows.length) return Plot.marks();
  return Plot.marks(...drawBars(bars, options.reference), tipOfBars(bars));
}

/** The best version, and the values of the first ten. */
function describe({best, format, text, rows, more}: Bars): string {
  const said = rows.slice(0, 10).map((row) => `${row.version}: ${text(row)}`);
  const rest = rows.length - said.length + more;
  return (
    (best && rows.length > 1 ? `The best is ${best.version}, with ${format(best.value)}. ` : "") +
    `${said.join("; ")}${rest ? `; and ${rest.toLocaleString("en-US")} more` : ""}.`
  );
}
