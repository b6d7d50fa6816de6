// The lines of the errors by horizon: which are in color, where they coincide, and their marks.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {extent} from "../axes.js";
import {clippedSize, drawnAt} from "../clip.js";
import {mostDots, nearness, overlaps, ringOf} from "../overlaps.js";
import {
  badnessOf,
  description,
  errorFormats,
  errorRows,
  rankedVersions,
  versionsOf,
  type ErrorRow,
  type MeasureOptions,
  type Scales
} from "./errors.js";
import {standingAlone, withGaps} from "../diagnostics/line-gaps.js";
import {gapsOfNumbers} from "../forecast/steps.js";
import {capitalize} from "../frame.js";
import {halo, highlightOf} from "../emphasis.js";
import {countFormat} from "../number-ticks.js";
import {faded, muted} from "../palette.js";
import {rowsBy} from "../rows-by.js";
import {seriesTip, slices} from "../series-tip.js";
import {textsBeside} from "../texts-beside.js";
import {ifPresent, nameOf, numbers, type Value} from "../values.js";

/** Options of `errorByHorizonMark`: the names of the data's columns, and what is shown. */
export interface ErrorByHorizonMarkOptions extends MeasureOptions {
  /** The horizon, how far ahead a forecast looks: numbers. */
  horizon?: Value;
  /** The column "version" if there is one. */
  version?: Value | undefined;
  /** What the horizon counts, such as "months". */
  unit?: string | undefined;
}

export type Lines = ReturnType<typeof linesOf>;

/** What is drawn: the versions' rows in the order of their horizons, and how they read. */
export function linesOf(
  data: Data,
  {
    horizon = "horizon",
    version = ifPresent(data, "version"),
    unit,
    reference,
    highlight,
    clip = false,
    ...options
  }: ErrorByHorizonMarkOptions,
  {color, onAxis = []}: Scales = {}
) {
  const described = description(options.measure ?? "wape");
  const by = {version: versionsOf(data, version), group: numbers(data, horizon)};
  const measured = errorRows(data, by, options).filter(({group}) => !isNaN(group as number));
  const values = measured.map(({value}) => value);
  const most = clippedSize(values, clip);
  const [first, last] = extent(measured.flatMap(({group, value}) => (isNaN(value) ? [] : [+group]))) ?? [
    -Infinity,
    Infinity
  ];
  // Where no version has a value yet, there is nothing to see; between others it is a gap.
  const rows = measured
    .map((row) => ({...row, horizon: Number(row.group), at: drawnAt(row.value, most)}))
    .filter(({horizon}) => horizon >= first && horizon <= last)
    .sort((a, b) => a.horizon - b.horizon);
  const ranked = rankedVersions(rows, described, reference);
  const {main, others, colors} = highlightOf(ranked, highlight, color);
  const {format, tick} = errorFormats(described, rows, most);
  const horizons = [...new Set(rows.map((row) => row.horizon))];
  const isMain = new Set(main);
  const drawn = withGaps(rows, {
    at: (row) => row.horizon,
    gapsOf: gapsOfNumbers,
    none: {value: NaN, at: NaN}
  });
  const name = (row: ErrorRow) => row.version || described.label;
  const several = main.length + others.length > 1;
  const mainLines = main.map((name) => drawn.filter((row) => row.version === name));
  return {
    described,
    rows,
    horizons,
    main,
    others,
    colors,
    format,
    tick,
    several,
    best: badnessOf(described, reference) && several ? ranked[0] : undefined,
    otherRows: drawn.filter((row) => !isMain.has(row.version)),
    mainLines,
    mainRows: mainLines.flat(),
    overlapping: overlaps(mainLines, {
      at: ({horizon}) => horizon,
      value: ({at}) => at,
      near: nearness([...onAxis, ...rows.map(({at}) => at)])
    }),
    slices: slices(rows.map((row) => ({at: row.horizon, name: name(row), value: row.value}))),
    tip: {
      along: "x",
      names: several ? colors.names : [main[0] || described.label],
      colored: several ? main : [],
      label: capitalize(nameOf(horizon)) + (unit ? ` (${unit})` : ""),
      position: countFormat(horizons),
      format
    } as const,
    most
  };
}

/** How far above its dot the mark of a value beyond the clip is. */
const beyond = -10;

/** The lines with a dot at each horizon, those in grey first; and the marks of values beyond the clip. */
export function drawLines(lines: Lines, reference: number | undefined, width = 640): Plot.Markish[] {
  const {rows, mainLines, mainRows, overlapping, otherRows, format, described} = lines;
  // A plot of one's own labels its axes by them.
  const x = {value: "horizon", label: lines.tip.label} as Plot.ChannelValueSpec;
  const at = {value: "at", label: described.label} as Plot.ChannelValueSpec;
  const cut = rows.filter((row) => !isNaN(row.value) && row.at !== row.value);
  cut.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const ring = (row: Lines["rows"][number]) => 3 + ringOf(overlapping.placeOf(row));
  const isDotted = dottedOf([...mainRows, ...otherRows], width);
  return [
    reference === undefined ? null : Plot.ruleY([reference], {stroke: muted, strokeDasharray: "4,3"}),
    Plot.lineY(otherRows, {
      x,
      y: at,
      z: "version",
      stroke: faded,
      strokeWidth: 1
    }),
    // Dots on grey lines would make columns of them; one that has no line needs its dot.
    Plot.dot(
      otherRows.filter((row) => isDotted(row) === "alone"),
      {x, y: at, fill: faded, r: 1.5}
    ),
    otherRows.length ? Plot.lineY(mainRows, {x, y: at, z: "version", ...halo}) : null,
    ...overlapping.marksOf(mainLines, {x, y: at, stroke: "version", strokeWidth: 2}),
    Plot.dot(
      mainRows.filter((row) => isDotted(row) !== undefined),
      {
        x,
        y: at,
        fill: "version",
        r: {value: ring, scale: null},
        sort: (row: Lines["rows"][number]) => -ring(row)
      }
    ),
    Plot.dot(cut, {
      x,
      y: at,
      symbol: "triangle",
      r: 4,
      fill: "currentColor",
      dy: beyond,
      rotate: (row: {at: number}) => (row.at < 0 ? 180 : 0)
    }),
    ...[1, -1].flatMap((sign) =>
      textsBeside(
        cut.filter((row) => Math.sign(row.at) === sign),
        (row) => row.horizon,
        (row) => format(row.value),
        {y: at, dy: beyond}
      )
    )
  ];
}

/** A function that tells whether a row has a dot: one of few on its line, or one "alone", beside which are no values to draw a line to. */
function dottedOf(rows: Lines["rows"], width: number): (row: ErrorRow) => "few" | "alone" | undefined {
  const dotted = new Map<ErrorRow, "few" | "alone">();
  for (const line of rowsBy(rows, ({version}) => version)) {
    if (line.length <= mostDots(width)) for (const row of line) dotted.set(row, "few");
    for (const row of standingAlone(line, ({value}) => value)) dotted.set(row, "alone");
  }
  return (row) => dotted.get(row);
}

export const tipOfLines = ({slices, tip, most}: Lines): Plot.CompoundMark =>
  seriesTip(slices, {
    ...tip,
    farthest: (values) =>
      drawnAt(
        values.reduce((a, b) => Math.max(a, b)),
        most
      )
  });
