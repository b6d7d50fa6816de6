// How often the intervals of one level hold: a row for each version, since a diagonal of one point would be empty.
import * as Plot from "@observablehq/plot";
import type {Highlight} from "../emphasis.js";
import {levelFormat, locale, measureTick, percentFormat} from "../format.js";
import {frame, room, type FrameOptions} from "../frame.js";
import {moreNote} from "../more-note.js";
import {nameAxis} from "../name-axis.js";
import {muted} from "../palette.js";
import {rowTip} from "../row-tip.js";
import type {CalibrationPoint} from "./calibration-points.js";
import {confidenceText, shareLabel} from "./calibration-text.js";

interface CalibrationRowsOptions extends FrameOptions {
  name: string;
  nominal: number;
  confidence: number | undefined;
  width: number;
  /** The versions in their order. */
  versions: string[];
  colors: Highlight["colors"];
}

/** How many versions are drawn at most. */
const most = 40;

/** The figure: a dot at the share, with its interval, and a rule at the nominal one. */
export function calibrationRows(
  points: CalibrationPoint[],
  {name, nominal, confidence, width, height, versions, colors, marks = [], ...options}: CalibrationRowsOptions
): HTMLElement {
  const format = percentFormat([0.5]);
  const columns = ["Version", "Share", confidenceText(confidence), "Forecasts"];
  // A note that one more is hidden takes as much room as that one.
  const order = versions.length > most + 1 ? versions.slice(0, most) : versions;
  const more = versions.length - order.length;
  const of = new Map(points.map((point) => [point.version, point]));
  const rows = order.map((version) => {
    const {share, lower, upper, pairs} = of.get(version)!;
    const text = format(share);
    const interval = `${format(lower)} to ${format(upper)}`;
    const color = colors.of(version);
    return {
      version,
      share,
      lower,
      upper,
      color,
      text,
      cells: [version, text, interval, pairs.toLocaleString(locale)]
    };
  });
  const {axis, marginLeft, rowHeight} = nameAxis(order, String, {width, rowHeight: 26, height});
  const marginRight = room(rows.map(({text}) => text)) + 16;
  const low = rows.reduce((least, {lower}) => Math.min(least, lower), nominal);
  return frame({
    name,
    contents: () => ({columns, rows: rows.map(({cells, version}) => ({cells, y: version}))}),
    marginTop: 44,
    marginBottom: more ? 28 : 8,
    marginLeft,
    marginRight,
    insetLeft: 8, // a dot at an end of the axis would cover the name or the share
    insetRight: 8,
    key: [
      {label: `Nominal ${levelFormat(nominal)}`, color: muted, kind: "dashed"},
      {label: confidenceText(confidence), color: muted, kind: "line"}
    ],
    ...options,
    width,
    height: height ?? 52 + rowHeight * rows.length + (more ? 20 : 0),
    x: {
      axis: "top",
      label: shareLabel(points),
      labelAnchor: "left",
      labelArrow: "none",
      labelOffset: 40,
      grid: true,
      tickSize: 0,
      tickFormat: measureTick("share"),
      ticks: Math.max(2, Math.floor((width - marginLeft - marginRight) / 80)),
      domain: [Math.max(0, Math.floor(10 * low) / 10), 1], // rounding makes an interval end below zero
      ...options.x
    },
    y: {type: "point", axis: null, domain: order, padding: 0.5, ...options.y},
    marks: [
      axis,
      Plot.ruleX([nominal], {stroke: muted, strokeDasharray: "4,3"}),
      Plot.link(rows, {
        x1: "lower",
        x2: "upper",
        y: "version",
        stroke: {value: "color", scale: null},
        strokeWidth: 2
      }),
      Plot.dot(rows, {x: "share", y: "version", r: 5, fill: {value: "color", scale: null}}),
      Plot.text(rows, {y: "version", text: "text", frameAnchor: "right", textAnchor: "start", dx: 10}),
      more ? moreNote(more) : null,
      rowTip(rows, columns, {x: "share", y: "version"}),
      ...marks
    ]
  });
}
