// A dot with its interval for each of some names, beside a rule at zero: differences, and values added.
import * as Plot from "@observablehq/plot";
import {extent} from "../axes.js";
import type {TickFormat} from "../format.js";
import {emptyFrame, frame, room, type FrameOptions} from "../frame.js";
import type {KeyItem} from "../key.js";
import {distinctLabels} from "../labels.js";
import {nameAxis} from "../name-axis.js";
import {moreNote} from "../more-note.js";
import {muted} from "../palette.js";
import {rowTip} from "../row-tip.js";

/** A value with its interval; NaN is what isn't known. */
export interface IntervalDot {
  name: string;
  value: number;
  lower: number;
  upper: number;
  /** Whether it differs from zero by more than chance. */
  isSure: boolean;
  color: string;
  /** The value beside the dot. */
  text: string;
  /** A text for each column of the table, beginning with the name; also the lines of the tip. */
  cells: string[];
}

interface IntervalDotsOptions extends FrameOptions {
  name: string;
  /** What the axis shows. */
  label: string;
  /** The heads of the cells. */
  columns: string[];
  tick: TickFormat;
  /** How many there are beyond those that are drawn. */
  more: number;
  /** What a filled dot means, and a ring. */
  sure: [string, string];
  /** What a line means, such as "95% interval". */
  interval: string;
  /** The least width of an axis when all values are zero. */
  unit: number;
}

/** The figure; its dots are in the order of the rows. */
export function intervalDots(
  rows: IntervalDot[],
  {
    name,
    label,
    columns,
    tick,
    more,
    sure,
    interval,
    unit,
    width = 640,
    height,
    marks = [],
    ...options
  }: IntervalDotsOptions
): HTMLElement {
  if (!rows.length) return emptyFrame({name, width, height: height ?? 120, ...options});
  const order = rows.map((row) => row.name);
  const {axis, marginLeft, rowHeight} = nameAxis(order, String, {width, rowHeight: 26, height});
  const marginRight = room(rows.map(({text}) => text)) + 16;
  const known = rows.filter(({value}) => !isNaN(value));
  const isFlat = known.every(({value, lower, upper}) => !value && !(lower < 0) && !(upper > 0));
  return frame({
    name,
    contents: () => ({columns, rows: rows.map((row) => ({cells: row.cells, y: row.name}))}),
    marginTop: 44,
    marginBottom: more ? 28 : 8,
    marginLeft,
    marginRight,
    // A dot at the axis's start would touch its name, and one at its end its value.
    insetLeft: 8,
    insetRight: 8,
    key: [
      ...keyOf(rows, sure),
      ...(areSeen(known, width - marginLeft - marginRight)
        ? [{label: interval, color: "currentColor", kind: "line" as const}]
        : [])
    ],
    ...options,
    width,
    height: height ?? 52 + order.length * rowHeight + (more ? 20 : 0),
    x: {
      axis: "top",
      label: distinctLabels([label], width - 24).get(label)!,
      labelAnchor: "left",
      labelArrow: "none",
      labelOffset: 40,
      grid: true,
      nice: true,
      tickSize: 0,
      tickFormat: tick,
      ticks: Math.max(2, Math.floor((width - marginLeft - marginRight) / 80)),
      // Zeros alone have no scale: any tick but theirs would be made up.
      ...(isFlat && {domain: [-unit, unit], ticks: [0]}),
      ...options.x
    },
    y: {type: "point", axis: null, domain: order, padding: 0.5, ...options.y},
    marks: [
      axis,
      Plot.ruleX([0], {stroke: muted, strokeWidth: 1.5}),
      ...drawDots(rows, known),
      more ? moreNote(more) : null,
      rowTip(rows, columns, {x: ({value}) => value || 0, y: "name"}),
      ...marks
    ]
  });
}

const dotSize = 12;

/** Whether an interval on an axis of so many pixels is longer than its dot, below which others aren't seen. */
function areSeen(rows: IntervalDot[], pixels: number): boolean {
  const ends = rows.flatMap(({lower, value, upper}) => [lower, value, upper]);
  const [low, high] = extent([0, ...ends])!;
  return rows.some(({lower, upper}) => ((upper - lower) / (high - low)) * pixels > dotSize);
}

const drawDots = (rows: IntervalDot[], known: IntervalDot[]): Plot.Markish[] => [
  Plot.link(
    known.filter(({lower, upper}) => !isNaN(lower) && !isNaN(upper)),
    {x1: "lower", x2: "upper", y: "name", stroke: {value: "color", scale: null}, strokeWidth: 2}
  ),
  Plot.dot(known, {
    x: "value",
    y: "name",
    // A border of a grey that lets through would be seen on its own dot: so only rings have one.
    r: {value: ({isSure}: IntervalDot) => (isSure ? dotSize / 2 : dotSize / 2 - 1), scale: null},
    fill: {value: (row: IntervalDot) => (row.isSure ? row.color : "var(--plot-background)"), scale: null},
    stroke: {value: (row: IntervalDot) => (row.isSure ? "none" : row.color), scale: null},
    strokeWidth: 2
  }),
  Plot.text(rows, {y: "name", text: "text", frameAnchor: "right", textAnchor: "start", dx: 10})
];

const keyOf = (rows: IntervalDot[], [differs, maybe]: [string, string]): KeyItem[] => [
  ...(rows.some(({isSure}) => isSure) ? [{label: differs, color: "currentColor", kind: "dot" as const}] : []),
  ...(rows.some(({isSure}) => !isSure) ? [{label: maybe, color: "currentColor", kind: "ring" as const}] : [])
];
